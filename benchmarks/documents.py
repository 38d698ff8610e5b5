"""How long a report takes: 60 pages with 30 figures as PDF and Word, cold and warm.

./serai bench documents
"""

import io
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import django
import pypdf
from benchmarks._figures import Board

if TYPE_CHECKING:
    from serai.base import blocks as b

T = TypeVar("T")

FIGURES, SECTIONS, PARAGRAPHS, ROWS = 30, 30, 9, 22
WORDS = (
    "The initiative helps members to hold meetings without travel and to record what was agreed. "
    "Agencies answered the questionnaire, the answers were scored against the requirements of each "
    "kind of event, and the gaps were turned into recommendations with their costs. "
)


@dataclass(frozen=True)
class Figures:
    """Seconds, pages and megabytes of one run; Word and HTML in seconds of the processor."""

    pages: int
    pdf_cold: float
    pdf_warm: float
    pdf_changed: float
    docx: float
    html: float
    typesetter_mb: float
    house_mb: float


def long_report() -> "b.Document":
    """A report of about 60 pages with 30 figures and 30 tables."""
    from serai.base import blocks as b
    from serai.base.charts.bars import Bar, bars

    columns = (
        b.Column(b.words("No."), b.ColumnKind.SHORT),
        b.Column(b.words("Milestone"), weight=2),
        b.Column(b.words("Date in words")),
        b.Column(b.words("Days"), b.ColumnKind.NUMBER),
    )
    blocks: list[b.Block] = [b.Contents(depth=2)]
    for section in range(1, SECTIONS + 1):
        blocks.append(b.Heading(1, b.words(f"Part {section}"), f"part-{section}", str(section)))
        for number in range(1, PARAGRAPHS + 1):
            note = b.Footnote(b.words(f"Note {section}.{number}."))
            tail = (note,) if number == 1 else ()
            blocks.append(b.Paragraph((*b.words(f"{section}.{number} {WORDS}"), *tail)))
        chart = bars(
            tuple(Bar(f"Member {n}", (n * section) % 97) for n in range(1, 12)), title="Replies"
        )
        blocks.append(b.Figure(chart.svg, b.words("Replies by member"), chart.summary))
        rows = tuple(
            b.Row((b.cell(str(n)), b.cell("Survey sent"), b.cell("mid-July 2021"), b.cell("8")))
            for n in range(ROWS)
        )
        blocks.append(b.Table(b.words("Milestones"), columns, rows))
    day = date(2021, 6, 30)
    return b.Document("Long report", "Measured", "en", day, "", tuple(blocks), sample=True)


def timed(work: Callable[[], T], clock: Callable[[], float] = time.perf_counter) -> tuple[float, T]:
    """Seconds and result."""
    start = clock()
    found = work()
    return clock() - start, found


def megabytes(process: int) -> float:
    """The most memory a running process has held."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def measure() -> Figures:
    """Make everything once cold, then warm, then with one word changed."""
    from serai.base import typst
    from serai.base.html import html_file
    from serai.base.word import docx

    report = long_report()
    changed = replace(report, subtitle="Measured again")
    typst.compiler(()).stop()
    pdf_cold, content = timed(lambda: typst.pdf(report))
    pdf_warm, _ = timed(lambda: typst.pdf(report))
    pdf_changed, _ = timed(lambda: typst.pdf(changed))
    seconds_docx, _ = timed(lambda: docx(report), time.process_time)
    seconds_html, _ = timed(lambda: html_file(report), time.process_time)
    process = typst.compiler(()).process_id or 0
    return Figures(
        pages=len(pypdf.PdfReader(io.BytesIO(content)).pages),
        pdf_cold=pdf_cold,
        pdf_warm=pdf_warm,
        pdf_changed=pdf_changed,
        docx=seconds_docx,
        html=seconds_html,
        typesetter_mb=megabytes(process),
        house_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def main() -> None:
    """Judge the figures; Word is judged by the time of the PDF, which people wait for likewise."""
    with tempfile.TemporaryDirectory(prefix="serai-bench-documents-") as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serai.config.settings_test")
        os.environ.setdefault("SERAI_DATA", folder)
        django.setup()
        found, board = measure(), Board()
        board.say("report with 30 figures: pages", found.pages, "", least=60)
        board.say("PDF, cold", found.pdf_cold, "s", most=5)
        board.say("PDF, warm", found.pdf_warm, "s", most=1)
        board.say("PDF, one word changed", found.pdf_changed, "s")
        board.say("Word, processor", found.docx, "s", most=5)
        board.say("HTML, processor", found.html, "s")
        board.say("typesetter's memory", found.typesetter_mb, "MB", most=400)
        board.say("house's memory", found.house_mb, "MB")
        board.end()


if __name__ == "__main__":
    main()

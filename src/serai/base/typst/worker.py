"""The typesetter's own process: reads one request a line, answers one line.

Started by `compiler`, never imported by the rest of the house. It sees a folder made for the
request (template, figures, data) and the fonts; it may use so much memory and no more.
"""

import json
import resource
import sys
from pathlib import Path

import typst

STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
MAX_FILE_BYTES = 200_000_000


def limit(memory_bytes: int) -> None:
    """Give the process its bounds."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE_BYTES, MAX_FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def set_pdf(compiler: typst.Compiler, request: dict[str, object]) -> int:
    """Set one PDF; answer how many files were written."""
    folder = Path(str(request["folder"]))
    compiler.compile(
        input=folder / "main.typ",
        root=folder,
        output=folder / "out.pdf",
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=int(str(request["timestamp"])),
    )
    return 1


def set_png(compiler: typst.Compiler, request: dict[str, object]) -> int:
    """Set one picture for each page."""
    folder = Path(str(request["folder"]))
    pages = compiler.compile(
        input=folder / "main.typ", root=folder, format="png", ppi=float(str(request["ppi"]))
    )
    pictures = pages if isinstance(pages, list) else [pages or b""]
    for number, picture in enumerate(pictures):
        (folder / f"out-{number}.png").write_bytes(picture)
    return len(pictures)


def count_pages(fonts: typst.Fonts, request: dict[str, object]) -> list[int]:
    """Lay a document out and say on which page each heading stands."""
    folder = Path(str(request["folder"]))
    compiler = typst.Compiler(
        input=folder / "main.typ", root=folder, font_paths=fonts, ignore_system_fonts=True
    )
    found = json.loads(compiler.query("<heading-pages>", field="value", one=True))
    return [int(page) for page in found]


def answer(compiler: typst.Compiler, fonts: typst.Fonts, line: str) -> dict[str, object]:
    """Do one request; a fault in the document is an answer, not an end."""
    request = json.loads(line)
    work = set_pdf if request["kind"] == "pdf" else set_png
    try:
        if request["kind"] == "pages":
            return {"pages": count_pages(fonts, request)}
        return {"files": work(compiler, request)}
    except typst.TypstError as error:
        return {"fault": " ".join([error.message, *error.hints])}


def main(memory_bytes: int, font_paths: list[str]) -> None:
    """Answer requests until the other side closes."""
    limit(memory_bytes)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(font_paths)
    )
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(compiler, fonts, line)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

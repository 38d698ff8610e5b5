"""The facts an assessment report is made from, as plain JSON for snapshots and the list of keys."""

from serai.readiness.queries.agency_page import AgencyPage
from serai.readiness.queries.report import ReadinessReport
from serai.reports.kinds.kind import Facts
from serai.reports.kinds.readiness.traces import Book


def as_json(report: ReadinessReport, book: Book) -> Facts:
    """Write what the report says as plain values: its offices, and each number with its trace."""
    whose = report.whose
    return {
        "edition": {
            "of": whose.edition.value, "country": whose.iso3,
            "organisation": whose.organisation_id,
        },
        "framework": report.edition,
        "plan": report.plan.public_id if report.plan else "",
        "offices": {page.office: _office(page) for page in report.agencies},
        "waiting": [one.office for one in report.waiting],
        "numbers": {
            key: {
                "value": book.values.get(key, ""), "formula": trace.formula,
                "version": trace.version, "facts": list(trace.facts),
                "sources": list(trace.sources),
            }
            for key, trace in sorted(book.traces.items())
            if trace.formula not in {"name", "day"}
        },
    }  # fmt: skip


def _office(page: AgencyPage) -> dict[str, object]:
    """Write what one office's page rests on: where `assessment:…` leads."""
    line = page.line
    return {
        "name": page.name, "assessment": page.assessment, "state": page.state,
        "as_of": page.as_of.isoformat(), "framework": page.edition,
        "attends": page.attends, "hosts": page.hosts, "answers": page.answers,
        "facts": list(page.fact_keys), "tests": list(line.runs) if line else [],
        "files": list(line.files) if line else [],
    }  # fmt: skip

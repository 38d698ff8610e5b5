"""What reports keep about a person, for the copy of their data."""

from serai.members.queries import OwnPart
from serai.reports.models import CountryRemark, Narrative, Run


def own_parts(person_id: int) -> list[OwnPart]:
    """Return what a person remarked and wrote, and the reports they started, cleared, issued."""
    remarks = CountryRemark.objects.filter(by_id=person_id).select_related("run", "country")
    texts = Narrative.objects.filter(author_id=person_id).select_related("run").order_by("id")
    return [
        OwnPart(
            "remarks",
            [
                {
                    "report": row.run.number,
                    "country": row.country.iso3,
                    "block": row.block,
                    "text": row.text,
                    "at": row.at,
                    "answer": row.answer,
                }
                for row in remarks.order_by("at", "id")
            ],
        ),
        OwnPart(
            "report_texts",
            [
                {
                    "report": row.run.number,
                    "block": row.block,
                    "text": row.text.to_json(),
                    "written_on": row.written_on,
                }
                for row in texts
            ],
        ),
        *(
            OwnPart(
                f"reports_{act}",
                list(
                    Run.objects.filter(**{f"{act}_by_id": person_id})
                    .order_by("id")
                    .values("number", "as_of", "state")
                ),
            )
            for act in ("started", "cleared", "issued")
        ),
    ]

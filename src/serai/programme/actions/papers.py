"""Papers on an agenda: a stored file, or a report that was issued."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.text import TranslatedText
from serai.members.queries import viewer_of_person_id
from serai.members.states import Audience
from serai.members.states.words import AUDIENCE_NAMES
from serai.programme import access
from serai.programme.actions.facts import Refused, as_text, note_audit, required
from serai.programme.actions.finding import index_paper
from serai.programme.models import AgendaItem, Meeting, Paper


@transaction.atomic
def add_paper(
    *,
    item: AgendaItem,
    title: str | TranslatedText,
    file_id: int,
    languages: tuple[str, ...] = ("en",),
    due_on: date | None = None,
    audience: str = Audience.SECRETARIAT.value,
    by: Viewer,
    now: datetime,
) -> Paper:
    """Put a stored file on an item, for the participants and the secretariat.

    Whoever sets the programme up may give a wider audience; everybody else widens it by an act of
    release.
    """
    require(access.may_keep_agenda, by, item)
    if Audience(audience).is_wider_than(Audience.SECRETARIAT):
        require(access.may_set_up, by)
    required(title, _("The title"))
    paper = Paper(
        item=item, title=as_text(title, by.language), file_id=file_id, languages=list(languages),
        due_on=due_on, audience=Audience(audience).value,
    )  # fmt: skip
    return _put(paper, by, now)


@transaction.atomic
def add_report(
    *,
    item: AgendaItem,
    title: str | TranslatedText,
    run_number: int,
    readers: str,
    languages: tuple[str, ...],
    by: Viewer,
    now: datetime,
) -> Paper:
    """Put an issued report on an item; who reads it was settled when it was cleared.

    Raises:
        Refused: if the meeting is read by more people than the report, or it lies there already.
    """
    require(access.may_keep_agenda, by, item)
    required(title, _("The title"))
    _check_readers(item.meeting, run_number, Audience(readers), now)
    if item.papers.filter(run_number=str(run_number)).exists():
        raise Refused(
            _("Report %(n)d is a paper of this item already.") % {"n": run_number}, "item"
        )
    paper = Paper(
        item=item, title=as_text(title, by.language), run_number=str(run_number),
        languages=list(languages), audience=Audience(readers).value,
    )  # fmt: skip
    return _put(paper, by, now)


def _check_readers(meeting: Meeting, number: int, readers: Audience, now: datetime) -> None:
    """Refuse a report that some of a meeting's readers or participants may not read."""
    if Audience(meeting.audience).is_wider_than(readers):
        raise Refused(
            _(
                "Fewer people may read report %(n)d than know of this meeting (%(readers)s). "
                "Build the report for them, or choose another meeting."
            )
            % {"n": number, "readers": AUDIENCE_NAMES[meeting.audience]},
            "item",
        )
    for one in meeting.attendances.select_related("person").order_by("id"):
        if readers.value not in viewer_of_person_id(one.person_id, now).keys | {"public"}:
            raise Refused(
                _("%(name)s takes part in the meeting and may not read report %(n)d.")
                % {"name": one.person.full_name, "n": number},
                "item",
            )


def _put(paper: Paper, by: Viewer, now: datetime) -> Paper:
    paper.save()
    index_paper(paper, now)
    note_audit(
        "add_paper", paper, by=by, now=now,
        after={"audience": paper.audience, "report": paper.run_number},
    )  # fmt: skip
    return paper

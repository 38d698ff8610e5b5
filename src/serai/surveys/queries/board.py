"""How far the answers of a wave have come: states and shares alone, never an answer."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.utils.translation import get_language, override

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.calc.xforms import CompiledForm, Env, Progress, open_form
from serai.surveys import access
from serai.surveys.models import Invitation, Response, SectionMark, Wave
from serai.surveys.queries.days import ends_at, programme_zone, zone_of
from serai.surveys.queries.forms import KEPT_FORMS, compiled, heading, language_of, parts_of
from serai.surveys.queries.waves import place_of
from serai.surveys.states import (
    HANDED,
    WRITTEN_TO,
    AnswerRequestState,
    InvitationState,
    ResponseState,
)

# The least of a section's entries speaks for the section.
FURTHER = (
    Progress.NOT_VISITED, Progress.UNANSWERED, Progress.REQUIRED_MISSING, Progress.REQUIRED_DONE,
    Progress.ALL_ANSWERED,
)  # fmt: skip


@dataclass(frozen=True)
class BoardRow:
    """One body on the board.

    Attributes:
        percent: how much is answered, by weight; None before it is opened.
        marks, shares: of each section; None where it is not opened or nothing is asked.
        is_late: its day has ended on its own clock, and nothing is handed in.
    """

    public_id: str
    iso3: str
    country: str
    place: str
    lead: str
    due_on: date
    invitation_state: InvitationState
    state: ResponseState | None
    percent: int | None
    is_signed: bool
    is_cleared: bool
    is_late: bool
    open_requests: int
    marks: tuple[Progress | None, ...]
    shares: tuple[float | None, ...]
    sample: bool

    @property
    def is_done(self) -> bool:
        """Tell whether it was handed in."""
        return self.state in HANDED

    @property
    def is_opened(self) -> bool:
        """Tell whether somebody has begun to answer."""
        return self.state is not None

    @property
    def may_be_reminded(self) -> bool:
        """Tell whether its answers are waited for."""
        asked = {InvitationState.SENT, InvitationState.OPENED}
        return self.invitation_state in asked and not self.is_done


@dataclass(frozen=True)
class Board:
    """A wave's rows, in the order of its sections' titles."""

    sections: tuple[str, ...]
    rows: tuple[BoardRow, ...]

    def only(self, rows: Iterable[BoardRow]) -> "Board":
        """Return the same board with some of its rows."""
        return replace(self, rows=tuple(rows))

    def count(self, name: str) -> int:
        """Return how many rows are so: `is_opened`, `is_done`, `is_signed`, `is_cleared` and so on."""
        return sum(bool(getattr(row, name)) for row in self.rows)

    @property
    def bounced_count(self) -> int:
        """Return how many letters came back."""
        return sum(row.invitation_state is InvitationState.BOUNCED for row in self.rows)


@dataclass(frozen=True)
class CountryRow:
    """One country on the board: the mean of its bodies."""

    iso3: str
    name: str
    percent: float
    done_count: int
    body_count: int
    shares: tuple[float | None, ...]


def board(viewer: Viewer, wave: Wave, now: datetime) -> Board:
    """Return a wave's board as far as a viewer sees it; three queries."""
    found = (
        Invitation.objects.filter(wave=wave, state__in=[state.value for state in WRITTEN_TO])
        .select_related("country", "organisation", "lead")
        .order_by("country__order", "organisation__name_key", "unit_label", "id")
    )
    codes = access.board_countries(viewer, wave)
    if codes is not None:
        found = found.filter(country__iso3__in=codes)
    asked = list(found)
    given = _given(asked)
    form = compiled(wave.version)
    slugs = [part.slug for part in parts_of(form)]
    marks = _marks([int(str(row["id"])) for row in given.values()])
    otherwise = programme_zone()
    rows = []
    for one in asked:
        one.wave = wave
        response = given.get(one.pk, {})
        due_on = one.due_on or wave.due_on
        is_over = ends_at(due_on, zone_of(one, otherwise)) <= now
        rows.append(_row(one, response, marks, slugs, due_on, is_over=is_over))
    titles = section_titles(form, get_language() or "en")
    return Board(titles, tuple(rows))


def _given(asked: Sequence[Invitation]) -> dict[int, dict[str, object]]:
    waiting = Q(requests__state=AnswerRequestState.ASKED.value)
    rows = (
        Response.objects.filter(invitation_id__in=[one.pk for one in asked])
        .order_by("-id")
        .annotate(n=Count("requests", filter=waiting))
        .values(
            "id", "invitation_id", "state", "completeness", "signed_through", "cleared_through", "n"
        )
    )
    return {row["invitation_id"]: dict(row) for row in rows}


def _marks(responses: Sequence[int]) -> dict[tuple[object, str], list[tuple[str, float | None]]]:
    rows = SectionMark.objects.filter(response_id__in=responses).values_list(
        "response_id", "section", "mark", "completeness"
    )
    found: dict[tuple[object, str], list[tuple[str, float | None]]] = {}
    for response, section, mark, share in rows:
        found.setdefault((response, section), []).append((mark, share))
    return found


def _row(
    one: Invitation,
    response: dict[str, object],
    marks: dict[tuple[object, str], list[tuple[str, float | None]]],
    slugs: Sequence[str],
    due_on: date,
    *,
    is_over: bool,
) -> BoardRow:
    state = ResponseState(str(response["state"])) if response else None
    share = response.get("completeness")
    of_section = [marks.get((response.get("id"), slug), []) for slug in slugs]
    cleared = {ResponseState.CLEARED, ResponseState.ACCEPTED}
    return BoardRow(
        public_id=one.public_id,
        iso3=one.country.iso3 if one.country else "",
        country=_said(one.country.shown_name) if one.country else "",
        place=place_of(one),
        lead=str(one.lead) if one.lead else "",
        due_on=due_on,
        invitation_state=InvitationState(one.state),
        state=state,
        percent=None if not isinstance(share, float) else int(100 * share),
        is_signed=bool(response.get("signed_through")) or state in {ResponseState.SIGNED, *cleared},
        is_cleared=bool(response.get("cleared_through")) or state in cleared,
        is_late=is_over and state not in HANDED and one.state in access.MAY_DECLINE,
        open_requests=int(str(response.get("n", 0))),
        marks=tuple(least(mark for mark, _share in found) for found in of_section),
        shares=tuple(_mean([100 * s for _m, s in found if s is not None]) for found in of_section),
        sample=one.sample,
    )


def _said(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def least(marks: Iterable[str]) -> Progress | None:
    """Return how far a section has come: as far as the least of its entries that are asked."""
    known = [Progress(mark) for mark in marks]
    asked = [mark for mark in known if mark in FURTHER]
    if asked:
        return min(asked, key=FURTHER.index)
    return Progress.NOT_APPLICABLE if known else None


def by_country(board: Board) -> list[CountryRow]:
    """Return the countries of a board in their order: the mean over their bodies; unopened is 0."""
    places: dict[str, list[BoardRow]] = {}
    for row in board.rows:
        if row.iso3:
            places.setdefault(row.iso3, []).append(row)
    return [
        CountryRow(
            iso3=iso3,
            name=rows[0].country,
            percent=sum(row.percent or 0 for row in rows) / len(rows),
            done_count=sum(row.is_done for row in rows),
            body_count=len(rows),
            shares=tuple(
                _mean([share for row in rows if (share := row.shares[n]) is not None])
                for n in range(len(board.sections))
            ),
        )
        for iso3, rows in places.items()
    ]


@lru_cache(maxsize=4 * KEPT_FORMS)
def section_titles(form: CompiledForm, language: str) -> tuple[str, ...]:
    """Return the titles of a form's sections in a language, as an empty form shows them."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    env = Env(
        now=start, zone=ZoneInfo("UTC"), language=language_of(form, language),
        random=lambda: 0.0, new_uuid=lambda: str(uuid.UUID(int=0)), user={},
    )  # fmt: skip
    state = open_form(form, {}, None, env, first=True)
    with override(language):
        return tuple(heading(state, part) or part.slug.replace("-", " ") for part in parts_of(form))

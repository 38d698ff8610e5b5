"""What several reads share: the programme, its day, and who sees what as of a day."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, Subquery

from serai.base.access import NotFound, ServedRequest, Viewer
from serai.base.ready import Ready
from serai.base.text import TranslatedText
from serai.members.access import MEMBERS, visible
from serai.members.states import Audience
from serai.programme.models import Initiative, Programme, Step

EMPTY = TranslatedText()
# A column read as of a day is the same for every viewer: so many days' columns are kept built.
KEPT_DAYS = 32


@dataclass(frozen=True)
class ProgrammeView:
    """The programme as pages and reports name it."""

    code: str
    name: TranslatedText
    short_name: TranslatedText
    secretariat: TranslatedText
    time_zone: str
    languages: tuple[str, ...]
    technical_assistance: TranslatedText
    technical_assistance_number: str
    opens_as_of: date | None

    def today(self, now: datetime) -> date:
        """Return the programme's own day at a moment."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()

    def day(self, now: datetime) -> date:
        """Return the day pages are shown as of when none is asked for."""
        return self.opens_as_of or self.today(now)


NO_PROGRAMME = ProgrammeView("", EMPTY, EMPTY, EMPTY, "UTC", ("en",), EMPTY, "", None)


@lru_cache(maxsize=1)
def _ready() -> Ready[Programme]:
    return Ready(Programme.objects.select_related("secretariat").order_by("id")[:1])


def programme(viewer: Viewer) -> ProgrammeView:  # noqa: ARG001  everybody may know it
    """Return the installation's programme; an empty one before a preset is loaded."""
    rows = _ready().rows()
    if not rows:
        return NO_PROGRAMME
    row = rows[0]
    return ProgrammeView(
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        secretariat=row.secretariat.names if row.secretariat else EMPTY,
        time_zone=row.time_zone,
        languages=tuple(row.languages),
        technical_assistance=row.technical_assistance,
        technical_assistance_number=row.technical_assistance_number,
        opens_as_of=row.opens_as_of,
    )


def programme_of(request: ServedRequest) -> ProgrammeView:
    """Return the programme as the page's door, its parts and its frame share it: read once."""
    kept: ProgrammeView | None = getattr(request, "programme", None)
    if kept is None:
        kept = programme(request.viewer)
        request.programme = kept  # type: ignore[attr-defined]
    return kept


def opening_day(viewer: Viewer, now: datetime) -> date:
    """Return the day pages and reports begin with when none is asked for."""
    return programme(viewer).day(now)


def not_sample(viewer: Viewer, prefix: str = "") -> Q:
    """Return the filter that keeps demonstration data from the public, at a path."""
    return Q() if reads_sample(viewer) else Q(**{f"{prefix}sample": False})


def reads_sample(viewer: Viewer) -> bool:
    """Tell whether the viewer is shown demonstration data: those signed in, members' reports."""
    return viewer.is_signed_in or MEMBERS in viewer.keys


def sees_initiative(viewer: Viewer, prefix: str = "") -> Q:
    """Return the filter for initiatives a viewer may see, at a path such as `initiative__`."""
    return not_sample(viewer, prefix) & visible(
        viewer,
        audience=f"{prefix}audience",
        country=None,
        organisation=None,
        initiative=f"{prefix}code",
    )


def within_initiative(viewer: Viewer, own: Q) -> Q:
    """Let a wide audience of a thing be no wider than its initiative's."""
    wide = Q(audience__in=[Audience.MEMBERS.value, Audience.PUBLIC.value])
    return (
        not_sample(viewer)
        & own
        & (sees_initiative(viewer, "initiative__") | ~wide | Q(initiative=None))
    )


def initiative(viewer: Viewer, code: str) -> Initiative:
    """Return one initiative by its code.

    Raises:
        NotFound: if there is none this viewer may see.
    """
    row = (
        Initiative.objects.filter(sees_initiative(viewer), code=code)
        .select_related("programme", "keeper")
        .first()
    )
    if row is None:
        raise NotFound(code)
    return row


@lru_cache(maxsize=16 * KEPT_DAYS)
def states_by(day: date, thing: str, with_sample: bool) -> dict[str, Subquery]:
    """Return the state a thing had reached by a day, as columns to be read with it.

    They are `known_state`, and `is_trial`: whether a sample step decided it.

    Args:
        day: the day.
        thing: the field of a step that names such things, such as `request`.
        with_sample: whether the steps of sample people count, as `reads_sample` says.
    """
    steps = Step.objects.filter(**{thing: OuterRef("pk")}, known_from__lte=day)
    if not with_sample:
        steps = steps.filter(sample=False)
    latest = steps.order_by("-known_from", "-id")
    return {
        "known_state": Subquery(latest.values("state")[:1]),
        "is_trial": Subquery(latest.values("sample")[:1]),
    }


def state_of(thing: object) -> str:
    """Return the state reached by the day of `states_by`; empty if it was not known."""
    return getattr(thing, "known_state", None) or ""


def is_trial(thing: object) -> bool:
    """Tell whether a sample step decided the state of `states_by`."""
    return bool(getattr(thing, "is_trial", None))


def reads_names(viewer: Viewer) -> bool:
    """Tell whether the viewer reads the names of people: those signed in, and members' reports."""
    return viewer.is_signed_in or MEMBERS in viewer.keys


def is_entered_later(known_from: date, recorded_at: datetime, time_zone: str) -> bool:
    """Tell whether a fact was entered after the day from which it was known."""
    return recorded_at.astimezone(ZoneInfo(time_zone)).date() > known_from


def place_name(member: object) -> TranslatedText:
    """Return a member's short name, else the full one."""
    short: TranslatedText = member.short_name  # type: ignore[attr-defined]
    return short if str(short) else member.names  # type: ignore[attr-defined]

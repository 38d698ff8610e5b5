"""What each person is asked to do with surveys: one verb each, by due time; one query."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from serai.base.access import Viewer
from serai.base.pages import Todo
from serai.base.text import TranslatedText
from serai.members.access import (
    acts_for_country,
    is_coordinator,
    is_officer,
    is_programme_coordinator,
    is_programme_officer,
    keys_after,
)
from serai.members.states import Clearance, Role
from serai.surveys.access import ASKED
from serai.surveys.models import AnswerRequest, Delegation, Invitation, Response, Wave
from serai.surveys.states import (
    AnswerRequestState,
    DelegationState,
    InvitationState,
    ReleaseOf,
    ReleaseStep,
    ResponseState,
    SubmissionState,
    WaveState,
)

COLUMNS = ("act", "number", "about", "said", "due", "place", "is_sample", "n", "m")
PAGES = {
    "fill": "asked", "sign": "asked", "again": "asked", "offer": "part", "part": "part",
    "offers": "response", "parts": "response", "clear": "response", "read": "board", "wrong": "wave", "time": "wave", "look": "submissions", "freeze": "release_wave",
}  # fmt: skip
PARTS = {"offer": "offers", "part": "parts"}


class Found(NamedTuple):
    """One row of what waits, of whichever table."""

    act: str
    number: str
    about: TranslatedText
    said: TranslatedText
    due: date | None
    place: TranslatedText | None
    is_sample: bool
    n: int
    m: int


def todos(viewer: Viewer) -> list[Todo]:
    """Return what the viewer is asked to do with surveys, soonest due first; one query."""
    if viewer.person_id is None:
        return []
    rows = _asked(viewer.person_id).union(
        _parts(viewer.person_id), *_of_country(viewer), *_of_officer(viewer),
        *_of_coordinator(viewer), all=True,
    )  # fmt: skip
    found = [todo for row in rows for todo in _todos(Found(*row))]
    return sorted(found, key=lambda todo: (todo.due_at is None, str(todo.due_at or "")))


def _columns(rows: "QuerySet[Any]", **columns: object) -> "QuerySet[Any, Any]":
    zero = Value(0, output_field=IntegerField())
    defaults = {"number": F("public_id"), "is_sample": F("sample"), "n": zero, "m": zero}
    given = {name: value for name, value in defaults.items() if name not in columns} | columns
    found: QuerySet[Any, Any] = rows.annotate(**given).order_by()
    return found.values_list(*COLUMNS)


def _word(text: str) -> Value:
    return Value(text, output_field=CharField())


def _asked(person: int) -> "QuerySet[Any, Any]":
    """Ask those who are invited to fill in, to sign, to answer what was asked back."""
    given = Response.objects.filter(invitation=OuterRef("pk")).order_by("id").values("state")[:1]
    asked = AnswerRequest.objects.filter(
        response__invitation=OuterRef("pk"), state=AnswerRequestState.ASKED, due_on__isnull=False
    )
    soonest = asked.order_by("due_on").values("due_on")[:1]
    leads = Q(lead_id=person)
    signs = Q(signer_id=person) | (leads & Q(signer=None))
    unanswered = Q(given="") | Q(given=ResponseState.FILLING)
    act = Case(
        When(
            leads & unanswered & (Q(wave__state=WaveState.OPEN) | Q(has_late_day=True)),
            then=_word("fill"),
        ),
        When(
            signs & Q(given=ResponseState.HANDED_IN, wave__survey__has_signature=True),
            then=_word("sign"),
        ),
        When(leads & Q(given=ResponseState.CORRECTING), then=_word("again")),
        default=_word(""),
    )
    rows = (
        Invitation.objects.filter(
            Q(lead_id=person) | Q(signer_id=person),
            state__in=[state.value for state in ASKED],
            wave__state__in=[WaveState.OPEN, WaveState.CLOSED],
        )
        .annotate(given=Coalesce(Subquery(given), _word("")))
        .annotate(act=act)
        .exclude(act="")
    )
    return _columns(
        rows,
        about=F("wave__survey__title"),
        said=F("wave__title"),
        due=Case(
            When(act="again", then=Subquery(soonest)), default=Coalesce("due_on", "wave__due_on")
        ),
        place=F("organisation__names"),
    )


def _parts(person: int) -> "QuerySet[Any, Any]":
    """Ask those who hold parts of somebody's response, or are offered some: one thing for all."""
    is_offer = When(state=DelegationState.OFFERED, then=_word("offer"))
    rows = Delegation.objects.filter(
        person_id=person, state__in=[DelegationState.OFFERED, DelegationState.ACCEPTED]
    ).values("response", "state", "sample")
    return _columns(
        rows,
        n=Count("pk"),
        number=Case(When(n=1, then=Min("public_id")), default=F("response__public_id")),
        act=Case(is_offer, default=_word("part")),
        about=F("response__wave__survey__title"),
        said=F("response__wave__title"),
        due=Min(Coalesce("due_on", "response__wave__due_on")),
        place=F("response__invitation__organisation__names"),
    )


def _of_country(viewer: Viewer) -> "Iterable[QuerySet[Any, Any]]":
    """Ask a country's focal point and deputies to clear what its agencies have signed."""
    if acts_for_country(viewer):
        rows = Response.objects.filter(
            state=ResponseState.SIGNED,
            wave__survey__has_clearance=True,
            invitation__country__iso3__in=keys_after(viewer, "country"),
        ).exclude(invitation__country__clearance=Clearance.DIRECT)
        yield _columns(
            rows,
            act=_word("clear"),
            about=F("wave__survey__title"),
            said=F("wave__title"),
            due=F("wave__due_on"),
            place=F("invitation__organisation__names"),
        )


def _of_officer(viewer: Viewer) -> "Iterable[QuerySet[Any, Any]]":
    """Tell officers of answers that wait to be read, and of letters that went wrong."""
    if not is_officer(viewer):
        return
    unsigned = Q(responses__state=ResponseState.HANDED_IN, survey__has_signature=False)
    cleared = Q(responses__state=ResponseState.CLEARED)
    wrong = Q(
        invitations__state__in=[InvitationState.BOUNCED, InvitationState.DECLINED],
        state=WaveState.OPEN,
    )
    waves = Wave.objects.exclude(state=WaveState.PLANNED)
    if not is_programme_officer(viewer):
        codes = viewer.scopes(Role.OFFICER) | viewer.scopes(Role.COORDINATOR)
        waves = waves.filter(survey__initiative__code__in=sorted(codes))
    asking = Q(
        responses__more_time_asked_at__isnull=False, responses__state=ResponseState.FILLING,
        state=WaveState.CLOSED,
    )  # fmt: skip
    undecided = Q(
        responses__invitation=None, responses__state=ResponseState.FILLING,
        responses__submissions__state=SubmissionState.FLAGGED,
    )  # fmt: skip
    yield _counted(waves, "time", asking)
    yield _counted(waves, "look", undecided)
    rows = waves.annotate(
        unread=Count("responses", filter=cleared | unsigned, distinct=True),
        lost=Count("invitations", filter=wrong, distinct=True),
    ).filter(Q(unread__gt=0) | Q(lost__gt=0))
    yield _columns(
        rows,
        act=_word("read"),
        about=F("survey__title"),
        said=F("title"),
        due=F("due_on"),
        place=F("title"),
        n=F("unread"),
        m=F("lost"),
    )


def _counted(waves: "QuerySet[Wave]", act: str, wanted: Q) -> "QuerySet[Any, Any]":
    """Ask for one thing about the responses of each wave that are meant."""
    rows = waves.annotate(count=Count("responses", filter=wanted, distinct=True))
    return _columns(
        rows.filter(count__gt=0),
        act=_word(act),
        about=F("survey__title"),
        said=F("title"),
        due=F("due_on"),
        place=F("title"),
        n=F("count"),
    )


def _of_coordinator(viewer: Viewer) -> "Iterable[QuerySet[Any, Any]]":
    """Ask coordinators to make the figures of which every country has given its word."""
    if not is_coordinator(viewer):
        return
    rows = Wave.objects.all()
    if not is_programme_coordinator(viewer):
        rows = rows.filter(survey__initiative__code__in=sorted(viewer.scopes(Role.COORDINATOR)))
    rows = rows.annotate(
        waiting=Count(
            "releases",
            filter=Q(releases__of=ReleaseOf.FIGURES, releases__state=ReleaseStep.ASKED),
        ),
        given=Count(
            "releases",
            filter=Q(
                releases__of=ReleaseOf.FIGURES,
                releases__state=ReleaseStep.CONSENTED,
                releases__frozen_at=None,
            ),
        ),
    ).filter(waiting=0, given__gt=0)
    yield _columns(
        rows,
        act=_word("freeze"),
        about=F("survey__title"),
        said=F("title"),
        due=F("due_on"),
        place=F("title"),
        n=F("given"),
    )


# ---------------------------------------------------------------- words
def _todos(row: Found) -> Iterable[Todo]:
    if row.act in {"freeze", "time", "look"}:
        yield _todo(row, row.act, _counted_words(row.act, row.n) % {"n": row.n}, None)
        return
    if row.act != "read":
        act = PARTS[row.act] if row.act in PARTS and row.n > 1 else row.act
        yield _todo(row, act, _said(row.place) if row.place else "", row.due)
        return
    if row.n:
        words = ngettext("%(n)d answer waits to be read", "%(n)d answers wait to be read", row.n)
        yield _todo(row, "read", words % {"n": row.n}, None)
    if row.m:
        words = ngettext(
            "%(n)d letter came back or was declined",
            "%(n)d letters came back or were declined",
            row.m,
        )
        yield _todo(row, "wrong", words % {"n": row.m}, None)


def _counted_words(act: str, n: int) -> str:
    if act == "freeze":
        return ngettext("%(n)d country consented", "%(n)d countries consented", n)
    if act == "time":
        return ngettext("%(n)d asks for more time", "%(n)d ask for more time", n)
    return ngettext(
        "%(n)d submission from a device is not decided on",
        "%(n)d submissions from devices are not decided on",
        n,
    )


def _todo(row: Found, act: str, note: str, due: date | None) -> Todo:
    verbs = {
        "fill": _("Fill in"),
        "sign": pgettext("to do", "Sign"),
        "again": _("Answer what is asked back"),
        "offer": _("Take or decline a part"),
        "part": _("Fill in your part"),
        "offers": ngettext("Take or decline %(n)d part", "Take or decline %(n)d parts", row.n)
        % {"n": row.n},
        "parts": ngettext("Fill in your %(n)d part", "Fill in your %(n)d parts", row.n)
        % {"n": row.n},
        "clear": pgettext("to do", "Clear"),
        "read": pgettext("to do", "Read"),
        "wrong": _("Name somebody else"),
        "time": _("Give more time"),
        "look": _("Take in or leave out"),
        "freeze": _("Make the figures"),
    }
    return Todo(
        title=f"{_said(row.about)}: {_said(row.said)}",
        verb=verbs[act],
        address=reverse(f"surveys:{PAGES[act]}", args=[row.number]),
        due_at=due,
        note=note,
        is_sample=bool(row.is_sample),
    )


def _said(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]

"""What each person is asked to do with surveys: one verb each, by due time."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from serai.base.access import Viewer
from serai.base.pages import Todo
from serai.base.text import TranslatedText
from serai.members.access import acts_for_country, is_officer, keys_after
from serai.members.states import Clearance
from serai.surveys.access import is_staff
from serai.surveys.models import Response, Wave
from serai.surveys.queries.invitations import Asked, own_invitations
from serai.surveys.queries.surveys import looked_after
from serai.surveys.states import InvitationState, ResponseState, WaveState


def todos(viewer: Viewer) -> list[Todo]:
    """Return what the viewer is asked to do with surveys, soonest due first; at most four queries."""
    if not viewer.is_signed_in:
        return []
    found = [*_answers(viewer), *_to_clear(viewer), *_to_read(viewer)]
    return sorted(found, key=lambda todo: (todo.due_at is None, str(todo.due_at or "")))


def _said(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]


def _answers(viewer: Viewer) -> Iterable[Todo]:
    """Ask those who are invited to fill in, to sign, to answer what was asked back."""
    for row in own_invitations(viewer):
        verb = _verb(row)
        if verb:
            yield Todo(
                title=_said(row.title),
                verb=verb,
                address=reverse("surveys:asked", args=[row.public_id]),
                due_at=row.due_on,
                note=row.place,
                is_sample=row.sample,
            )


def _verb(row: Asked) -> str:
    if row.is_open and row.is_lead:
        return _("Fill in")
    if row.response_state is ResponseState.HANDED_IN and row.signs:
        return pgettext("to do", "Sign")
    if row.response_state is ResponseState.CORRECTING and row.is_lead:
        return _("Answer what is asked back")
    return ""


def _to_clear(viewer: Viewer) -> Iterable[Todo]:
    """Ask a country's focal point and deputies to clear what its agencies have signed."""
    if not acts_for_country(viewer):
        return
    rows = (
        Response.objects.filter(
            state=ResponseState.SIGNED,
            wave__survey__has_clearance=True,
            invitation__country__iso3__in=keys_after(viewer, "country"),
        )
        .exclude(invitation__country__clearance=Clearance.DIRECT)
        .select_related("wave", "invitation__organisation")
        .order_by("id")
    )
    for one in rows:
        place = one.invitation.organisation if one.invitation else None
        yield Todo(
            title=_said(one.wave.title),
            verb=pgettext("to do", "Clear"),
            address=reverse("surveys:response", args=[one.public_id]),
            due_at=one.wave.due_on,
            note=_said(place.names) if place else "",
            is_sample=one.sample,
        )


def _to_read(viewer: Viewer) -> Iterable[Todo]:
    """Tell officers of answers that wait to be read, and of invitations that went wrong."""
    if not is_officer(viewer):
        return
    unsigned = Q(responses__state=ResponseState.HANDED_IN, survey__has_signature=False)
    cleared = Q(responses__state=ResponseState.CLEARED)
    wrong = Q(invitations__state__in=[InvitationState.BOUNCED, InvitationState.DECLINED])
    rows = (
        Wave.objects.filter(survey__in=looked_after(viewer))
        .exclude(state=WaveState.PLANNED)
        .select_related("survey__initiative")
        .annotate(
            unread=Count("responses", filter=cleared | unsigned, distinct=True),
            wrong=Count("invitations", filter=wrong, distinct=True),
        )
        .filter(Q(unread__gt=0) | Q(wrong__gt=0, state=WaveState.OPEN))
        .order_by("due_on", "id")
    )
    for one in rows:
        if is_staff(viewer, one.survey):
            yield from _of_wave(one, one.unread, one.wrong)


def _of_wave(wave: Wave, unread: int, wrong: int) -> Iterable[Todo]:
    title = _said(wave.title)
    if unread:
        words = ngettext("%(n)d answer waits to be read", "%(n)d answers wait to be read", unread)
        yield Todo(
            title=title,
            verb=pgettext("to do", "Read"),
            address=reverse("surveys:board", args=[wave.public_id]),
            note=words % {"n": unread},
            is_sample=wave.sample,
        )
    if wrong and wave.state == WaveState.OPEN:
        words = ngettext(
            "%(n)d letter came back or was declined",
            "%(n)d letters came back or were declined",
            wrong,
        )
        yield Todo(
            title=title,
            verb=_("Name somebody else"),
            address=reverse("surveys:wave", args=[wave.public_id]),
            note=words % {"n": wrong},
            is_sample=wave.sample,
        )

"""Steps of a response that several acts take: its state, its readers, its invitation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from serai.base.access import Viewer
from serai.calc.xforms import Issue
from serai.members.states import Audience
from serai.surveys.actions.acts import Refused, note_audit, take_step
from serai.surveys.actions.finding import index_response
from serai.surveys.models import EntryAct, Response
from serai.surveys.states import InvitationState, ResponseState, may_follow

READ_UP_TO = (
    "audience", "signed_through", "cleared_through", "signed_acts", "cleared_acts"
)  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """How far readers read: number of the newest answer, and of the newest act on an entry."""

    answer: int
    act: int


def newest_act(response_pk: int) -> int:
    """Return the number of the newest act on an entry of a response; 0 for none."""
    acts = EntryAct.objects.filter(entry__response=response_pk).order_by("-pk")
    return next(iter(acts.values_list("pk", flat=True)[:1]), 0)


class NotReady(Refused):
    """A response cannot be handed in yet.

    Attributes:
        issues: what is missing or wrong, in the order of the form.
    """

    def __init__(self, issues: list[Issue]) -> None:
        self.issues = issues
        super().__init__(_("It cannot be handed in yet: some answers are missing or not right."))


def move(
    response: Response, wanted: ResponseState, by: Viewer, now: datetime, verb: str,
    changed: Sequence[str] = (), **after: object,
) -> Response:  # fmt: skip
    """Move a response to a state, and store the fields that were changed with it."""
    before = response.state
    if not may_follow(ResponseState(before), wanted):
        take_step(response, wanted)  # refuses, in words
    response.state = wanted.value
    response.revision += 1
    response.save(update_fields=["state", "revision", *changed])
    note_audit(
        verb, response, by=by, now=now,
        before={"state": before}, after={"state": wanted.value, **after},
    )  # fmt: skip
    return response


def read_from_now(
    response: Response, audience: Audience, now: datetime, *, signed: Reach | None = None,
    cleared: Reach | None = None,
) -> None:  # fmt: skip
    """Let the next readers in, up to an answer and an act; who read it already goes on reading."""
    let_read(response, audience, signed=signed, cleared=cleared)
    response.save(update_fields=READ_UP_TO)
    index_response(response, now)


def let_read(
    response: Response, audience: Audience, *, signed: Reach | None = None,
    cleared: Reach | None = None,
) -> None:  # fmt: skip
    """Set who reads up to which answer and act, to be stored along with a step."""
    if audience.is_wider_than(Audience(response.audience)):
        response.audience = audience.value
    if signed is not None:
        response.signed_through, response.signed_acts = signed.answer, signed.act
    if cleared is not None:
        response.cleared_through, response.cleared_acts = cleared.answer, cleared.act


def end_invitation(response: Response) -> None:
    """Note that an invitation is answered."""
    asked = response.invitation
    if asked is not None and asked.state in {InvitationState.SENT, InvitationState.OPENED}:
        asked.state = InvitationState.DONE.value
        asked.save(update_fields=["state"])

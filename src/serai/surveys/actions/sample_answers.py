"""Answers of the sample: entered whole, as its agencies would have signed and cleared them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from serai.base.access import ANONYMOUS
from serai.calc.xforms import Ref
from serai.members.states import Audience
from serai.surveys.actions.acts import note_audit
from serai.surveys.actions.finding import index_response
from serai.surveys.actions.responses import start_response
from serai.surveys.actions.saving import Draft, Given, Pen, write_draft
from serai.surveys.actions.steps import READ_UP_TO, Reach, let_read, newest_act
from serai.surveys.models import Invitation, Response
from serai.surveys.queries.filling import Filling, opened
from serai.surveys.queries.responses import locked_response
from serai.surveys.states import InvitationState, ResponseState, Source

CLEARED = frozenset({ResponseState.CLEARED, ResponseState.ACCEPTED})


@transaction.atomic
def put_sample_response(
    *,
    invitation: Invitation,
    values: Mapping[str, str],
    now: datetime,
    more: Sequence[Mapping[str, str]] = (),
    state: ResponseState = ResponseState.ACCEPTED,
) -> Response:
    """Enter a response of the sample, cleared and accepted unless told otherwise.

    Args:
        invitation: whose it is.
        values: by path, in one entry of each repeat.
        now: when it was all done.
        more: further entries, each with its values by path.
        state: where it stands: whoever reads from there on reads all of it.
    """
    begun = start_response(invitation=invitation, by=ANONYMOUS, now=now, is_late=True)
    found = locked_response(begun.pk)
    filling = opened(found, now)
    write_draft(found, filling, _drafted(filling, values, more), Pen(None, Source.TEST, now))
    newest = found.answers.order_by("-pk").values_list("pk", flat=True)[0]
    found.state = state.value
    reach = Reach(newest, newest_act(found.pk))
    if state in CLEARED:
        let_read(found, Audience.SECRETARIAT, signed=reach, cleared=reach)
    elif state is ResponseState.SIGNED:
        let_read(found, Audience.COUNTRY, signed=reach)
    found.save(update_fields=["state", *READ_UP_TO])
    is_answered = state is not ResponseState.FILLING
    invitation.state = (InvitationState.DONE if is_answered else InvitationState.OPENED).value
    invitation.opened_at = now
    invitation.save(update_fields=["state", "opened_at"])
    index_response(found, now)
    note_audit("put_sample_response", found, by=None, now=now, after={"cleared_through": newest})
    return found


def _drafted(
    filling: Filling, values: Mapping[str, str], more: Sequence[Mapping[str, str]]
) -> Draft:
    """Give each answer in the engine; note what followed from them."""
    state, draft = filling.state, Draft()
    before = {one.key for one in state.all_entries()}
    counts: dict[str, int] = {}
    for given in (values, *more):
        places: dict[str, str] = {}
        for path, value in given.items():
            spec = filling.form.spec(path)
            entry = ""
            if spec.repeat >= 0:
                repeat = filling.form.specs[filling.form.repeats[spec.repeat].spec].path
                if repeat not in places:
                    counts[repeat] = counts.get(repeat, 0) + 1
                    while len(state.entries(repeat)) < counts[repeat]:
                        state.add_entry(repeat)
                    places[repeat] = state.entries(repeat)[counts[repeat] - 1]
                entry = places[repeat]
            ref = Ref(path, entry)
            state.set(ref, value)
            draft.given[ref] = Given(ref, value)
    draft.came += [one for one in state.all_entries() if one.key not in before]
    draft.calculated = {
        ref: text
        for ref, text in state.answers().items()
        if ref not in draft.given and (ref not in filling.heads or filling.heads[ref].value != text)
    }
    return draft

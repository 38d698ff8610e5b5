"""Answers of the sample: entered whole, as its agencies would have signed and cleared them."""

from collections.abc import Mapping
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


@transaction.atomic
def put_sample_response(
    *, invitation: Invitation, values: Mapping[str, str], now: datetime
) -> Response:
    """Enter a cleared and accepted response of the sample; `values` by path, one entry a repeat."""
    begun = start_response(invitation=invitation, by=ANONYMOUS, now=now, is_late=True)
    found = locked_response(begun.pk)
    filling = opened(found, now)
    write_draft(found, filling, _drafted(filling, values), Pen(None, Source.TEST, now))
    newest = found.answers.order_by("-pk").values_list("pk", flat=True)[0]
    found.state = ResponseState.ACCEPTED.value
    reach = Reach(newest, newest_act(found.pk))
    let_read(found, Audience.SECRETARIAT, signed=reach, cleared=reach)
    found.save(update_fields=["state", *READ_UP_TO])
    invitation.state, invitation.opened_at = InvitationState.DONE.value, now
    invitation.save(update_fields=["state", "opened_at"])
    index_response(found, now)
    note_audit("put_sample_response", found, by=None, now=now, after={"cleared_through": newest})
    return found


def _drafted(filling: Filling, values: Mapping[str, str]) -> Draft:
    """Give each answer in the engine; note what followed from them."""
    state, draft = filling.state, Draft()
    for path, value in values.items():
        spec = filling.form.spec(path)
        entry = ""
        if spec.repeat >= 0:
            repeat = filling.form.specs[filling.form.repeats[spec.repeat].spec].path
            if not state.entries(repeat):
                state.add_entry(repeat)
                draft.came += [one for one in state.all_entries() if one.repeat_path == repeat]
            entry = state.entries(repeat)[0]
        ref = Ref(path, entry)
        state.set(ref, value)
        draft.given[ref] = Given(ref, value)
    draft.calculated = {
        ref: text
        for ref, text in state.answers().items()
        if ref not in draft.given and (ref not in filling.heads or filling.heads[ref].value != text)
    }
    return draft

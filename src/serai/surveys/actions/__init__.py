"""Every change of the room surveys."""

from serai.surveys.actions.acts import Refused
from serai.surveys.actions.invitations import (
    Change,
    Office,
    Wanted,
    ask_new_link,
    cancel_invitation,
    change_invitation,
    decline,
    extend_invitation,
    invite,
    note_bounces,
    open_invitation,
    send_again,
    send_invitation,
    trust_address,
)
from serai.surveys.actions.reminding import close_due, remind, remind_chosen
from serai.surveys.actions.responses import start_response
from serai.surveys.actions.surveys import SurveyFacts, edit_survey, make_survey, move_survey
from serai.surveys.actions.upward import note_answered
from serai.surveys.actions.waves import (
    WaveFacts,
    close_wave,
    edit_wave,
    extend_wave,
    open_when_sent,
    plan_wave,
    reopen_wave,
    send_wave,
    waiting_letters,
)

__all__ = [
    "Change",
    "Office",
    "Refused",
    "SurveyFacts",
    "Wanted",
    "WaveFacts",
    "ask_new_link",
    "cancel_invitation",
    "change_invitation",
    "close_due",
    "close_wave",
    "decline",
    "edit_survey",
    "edit_wave",
    "extend_invitation",
    "extend_wave",
    "invite",
    "make_survey",
    "move_survey",
    "note_answered",
    "note_bounces",
    "open_invitation",
    "open_when_sent",
    "plan_wave",
    "remind",
    "remind_chosen",
    "reopen_wave",
    "send_again",
    "send_invitation",
    "send_wave",
    "start_response",
    "trust_address",
    "waiting_letters",
]

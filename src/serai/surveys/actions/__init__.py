"""Every change of the room surveys."""

from serai.surveys.actions.acts import Refused
from serai.surveys.actions.answers import (
    LONGEST_BASE,
    MOST_CHANGES,
    Change,
    Kept,
    Outcome,
    Written,
    write_answers,
)
from serai.surveys.actions.delegations import (
    Given,
    answer_offer,
    decline_suggestion,
    delegate,
    end_delegation,
    expire_delegations,
    give_back,
    take_suggestion,
)
from serai.surveys.actions.entries import add_entry, move_entry, remove_entry, restore_entry
from serai.surveys.actions.responses import (
    NotReady,
    accept,
    clear,
    hand_in,
    is_direct,
    return_to_agency,
    sign,
    start_response,
    take_up_again,
    withdraw,
)
from serai.surveys.actions.uploads import keep_uploads

__all__ = [
    "LONGEST_BASE",
    "MOST_CHANGES",
    "keep_uploads",
    "Change",
    "Given",
    "Kept",
    "NotReady",
    "Outcome",
    "Refused",
    "Written",
    "accept",
    "add_entry",
    "answer_offer",
    "clear",
    "decline_suggestion",
    "delegate",
    "end_delegation",
    "expire_delegations",
    "give_back",
    "hand_in",
    "is_direct",
    "move_entry",
    "remove_entry",
    "restore_entry",
    "return_to_agency",
    "sign",
    "start_response",
    "take_suggestion",
    "take_up_again",
    "withdraw",
    "write_answers",
]

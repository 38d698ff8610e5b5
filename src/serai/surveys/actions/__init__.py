"""Every change of the room surveys."""

from serai.surveys.actions.acts import Refused
from serai.surveys.actions.answers import Change, Kept, Outcome, Written, write_answers
from serai.surveys.actions.carrying import Following, follow_wave
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
from serai.surveys.actions.forms import acknowledge, confirm_moves, publish, refuse
from serai.surveys.actions.phrases import (
    OtherQuotes,
    OthersText,
    import_phrases,
    undo_import,
    write_phrases,
)
from serai.surveys.actions.phrases import Written as PhraseWritten
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
from serai.surveys.actions.translating import (
    BadTranslation,
    FormMoved,
    add_translator,
    ask_to_put,
    keep_remade,
    put_key,
    remake,
    remove_translator,
)
from serai.surveys.actions.uploads import (
    add_file,
    compile_key,
    keep_version,
    read_upload,
    upload_version,
)

__all__ = [
    "BadTranslation", "Following", "FormMoved", "OtherQuotes", "OthersText", "PhraseWritten",
    "acknowledge", "add_file", "add_translator", "ask_to_put", "compile_key", "confirm_moves",
    "follow_wave", "import_phrases", "keep_remade", "keep_version", "publish", "put_key",
    "read_upload", "refuse", "remake", "remove_translator", "undo_import", "upload_version",
    "write_phrases",
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

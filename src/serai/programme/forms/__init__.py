"""What people write into the programme's pages; nothing is saved here."""

from serai.programme.forms.files import FeedForm, ImportForm
from serai.programme.forms.following import (
    ActionForm,
    AnswerForm,
    RequestForm,
    ReviewForm,
    RiskForm,
    VerifyForm,
    WorkForm,
)
from serai.programme.forms.initiatives import (
    BaselineForm,
    InitiativeForm,
    MoveInitiativeForm,
    NoteForm,
    OpenInitiativeForm,
)
from serai.programme.forms.meetings import (
    ComesForm,
    DecisionForm,
    InviteForm,
    ItemForm,
    MeetingForm,
    MinutesForm,
    PaperForm,
)
from serai.programme.forms.milestones import (
    AfterForm,
    CompleteForm,
    DecideForm,
    FlagForm,
    MilestoneEditForm,
    MilestoneForm,
    ReplanForm,
)
from serai.programme.forms.programme import ProgrammeForm
from serai.programme.forms.shared import (
    ConsentForm,
    ReadersForm,
    ReasonForm,
    audience_choices,
    read_texts,
    texts_of,
)

__all__ = [
    "ActionForm",
    "AfterForm",
    "AnswerForm",
    "BaselineForm",
    "ComesForm",
    "CompleteForm",
    "ConsentForm",
    "DecideForm",
    "DecisionForm",
    "FeedForm",
    "FlagForm",
    "ImportForm",
    "InitiativeForm",
    "InviteForm",
    "ItemForm",
    "MeetingForm",
    "MilestoneEditForm",
    "MilestoneForm",
    "MinutesForm",
    "MoveInitiativeForm",
    "NoteForm",
    "OpenInitiativeForm",
    "PaperForm",
    "ProgrammeForm",
    "ReadersForm",
    "ReasonForm",
    "ReplanForm",
    "RequestForm",
    "ReviewForm",
    "RiskForm",
    "VerifyForm",
    "WorkForm",
    "audience_choices",
    "read_texts",
    "texts_of",
]

"""What people write into the programme's pages; nothing is saved here."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    OneOfField,
    PickField,
    SeveralOfField,
    UploadField,
    WholeNumberField,
    YesField,
)
from serai.base.zones import known_zones
from serai.members.states.words import AUDIENCE_NAMES
from serai.programme.states import AddresseeState
from serai.programme.states.words import choices

Choices = Sequence[tuple[str, object]]
EVIDENCE = ("pdf", "docx", "xlsx", "odt", "ods", "csv", "txt", "png", "jpg")
WORDS_HELP = _("As you would say it: 15 March 2021, end of June 2021, Q3 2021, May to June 2021.")
AUDIENCES = [(str(k), v) for k, v in AUDIENCE_NAMES.items()]
ONE_TO_FIVE = [(str(n), str(n)) for n in range(1, 6)]


def with_none(rows: Choices, said: object) -> list[tuple[str, object]]:
    """Put an empty choice first."""
    return [("", said), *rows]


class ToldForm(forms.Form):
    """When and from where a fact was known; both are asked for only where it was not today."""

    known_from = DayField(
        label=_("Known from"), required=False, help_text=_("Leave empty if it is known from today.")
    )
    source_note = LineField(
        label=_("Where this is written"),
        required=False,
        max_length=500,
        help_text=_("Needed if it was known before today: a letter, minutes, a report."),
    )


class ReplanForm(ToldForm):
    """A new date with its reason."""

    field_order = ("words", "reason", "reason_text", "known_from", "source_note")
    words = LineField(label=_("New date"), width=40, help_text=WORDS_HELP)
    reason = PickField(
        label=_("Why the date changes"), required=False, choices=[], widget=forms.Select
    )
    reason_text = LongTextField(
        label=_("In a sentence"), required=False, rows=3, help_text=_("Needed for “other”.")
    )

    def __init__(self, *args: Any, is_first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"], self.fields["reason_text"]
        else:
            rows = with_none(choices("reason"), _("Choose a reason"))
            self.fields["reason"].choices = rows  # type: ignore[attr-defined]


class CompleteForm(ToldForm):
    """When a milestone was reached, and what shows it."""

    field_order = ("words", "link", "evidence", "known_from", "source_note")
    words = LineField(
        label=_("Reached on or by"),
        width=40,
        help_text=_("Such as 22 June 2021, or by 30 June 2021."),
    )
    link = forms.URLField(
        label=_("Link to what shows it"), required=False, assume_scheme="https", max_length=500
    )
    evidence = UploadField(label=_("Or a file that shows it"), required=False, kinds=EVIDENCE)


class ReasonForm(forms.Form):
    """A reason in a sentence."""

    reason = LongTextField(label=_("Reason"), rows=3)


class DecideForm(forms.Form):
    """Whether a proposed date holds."""

    verdict = OneOfField(
        label=_("Your decision"),
        choices=[("approve", _("Approve")), ("reject", _("Do not approve"))],
    )
    reason = LongTextField(
        label=_("Reason"), rows=3, required=False, help_text=_("Needed if you do not approve.")
    )


class FlagForm(forms.Form):
    """A keeper's warning."""

    level = OneOfField(label=_("Level"), choices=choices("flag"))
    reason = LongTextField(label=_("Why"), rows=3)
    expires_on = DayField(label=_("Until"), help_text=_("At most 60 days from today."))


class AfterForm(forms.Form):
    """A dependency on another milestone."""

    after = PickField(label=_("Comes after"), choices=[], widget=forms.Select)
    kind = PickField(label=_("How"), choices=choices("link"), widget=forms.Select, initial="FS")
    lag_days = WholeNumberField(label=_("Days between"), initial=0, least=-366, most=366)

    def __init__(self, *args: Any, others: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = with_none(others, _("Choose a milestone"))  # type: ignore[attr-defined]


class MilestoneForm(ToldForm):
    """A new milestone."""

    field_order = ("name", "kind", "words", "known_from", "source_note")
    name = LineField(label=_("Name"), max_length=300)
    kind = OneOfField(label=_("Kind"), choices=choices("milestone_kind"), initial="deliverable")
    words = LineField(label=_("Date"), required=False, width=40, help_text=WORDS_HELP)


class BaselineForm(forms.Form):
    """A baseline's name."""

    name = LineField(label=_("Name"), help_text=_("Such as: as agreed by senior officials."))
    decision = PickField(label=_("Decided by"), required=False, choices=[], widget=forms.Select)

    def __init__(self, *args: Any, decisions: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = with_none(decisions, _("No decision"))  # type: ignore[attr-defined]


class MoveInitiativeForm(forms.Form):
    """A new state of an initiative, citing a decision."""

    state = OneOfField(label=_("New state"), choices=[])
    decision = PickField(label=_("Decided by"), choices=[], widget=forms.Select)

    def __init__(
        self, *args: Any, states: Choices = (), decisions: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = list(states)  # type: ignore[attr-defined]
        self.fields["decision"].choices = with_none(decisions, _("Choose a decision"))  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A status note."""

    part = OneOfField(label=_("Part"), choices=choices("part"), initial="current_status")
    text = LongTextField(label=_("Text"), rows=10)


class TextForm(forms.Form):
    """One long text."""

    text = LongTextField(label=_("Text"), rows=14)


class MeetingForm(forms.Form):
    """A meeting's time and place."""

    title = LineField(label=_("Title"), max_length=300)
    kind = PickField(label=_("Kind"), choices=choices("meeting_kind"), widget=forms.Select)
    initiative = PickField(label=_("Initiative"), required=False, choices=[], widget=forms.Select)
    on = DayField(label=_("Day"))
    at = forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Write a time such as 14:30."),
            "invalid": _("Write a time such as 14:30."),
        },
    )
    minutes = WholeNumberField(
        label=_("Lasts"), unit=_("minutes"), least=5, most=14_400, initial=120
    )
    zone = PickField(label=_("On the clock of"), choices=[], widget=forms.Select)
    mode = OneOfField(label=_("Mode"), choices=choices("mode"), initial="virtual")
    place = LineField(label=_("Place"), required=False)
    join_link = forms.URLField(
        label=_("Link to join"), required=False, assume_scheme="https", max_length=500,
        help_text=_("Only participants see it."),
    )  # fmt: skip
    audience = PickField(
        label=_("Who may know of it"), choices=AUDIENCES[2:], widget=forms.Select, initial="members"
    )

    def __init__(self, *args: Any, initiatives: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = with_none(initiatives, _("The whole programme"))
        self.fields["initiative"].choices = whole  # type: ignore[attr-defined]
        zones = [(z, z.replace("_", " ")) for z in sorted(known_zones()) if "/" in z]
        self.fields["zone"].choices = [("UTC", "UTC"), *zones]  # type: ignore[attr-defined]

    def moments(self) -> tuple[datetime, datetime]:
        """Return the begin and end as moments."""
        zone = ZoneInfo(self.cleaned_data["zone"])
        begin = datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], zone)
        return begin, begin + timedelta(minutes=self.cleaned_data["minutes"])


class ItemForm(forms.Form):
    """An agenda item."""

    title = LineField(label=_("Title"), max_length=300)
    purpose = OneOfField(label=_("Purpose"), choices=choices("purpose"), initial="information")


class PaperForm(forms.Form):
    """A paper: a file, or a report's number."""

    title = LineField(label=_("Title"), max_length=300)
    file = UploadField(label=_("File"), required=False, kinds=("pdf", "docx", "xlsx", "odt", "ods"))
    run_number = LineField(label=_("Or a report's number"), required=False, width=20, max_length=40)
    due_on = DayField(label=_("Due on"), required=False)
    audience = PickField(
        label=_("Who may read it"), choices=AUDIENCES[2:], widget=forms.Select, initial="members"
    )


class InviteForm(forms.Form):
    """A participant."""

    person = PickField(label=_("Person"), choices=[], widget=forms.Select)
    role = PickField(
        label=_("Role"), choices=choices("attendance_role"), widget=forms.Select, initial="delegate"
    )

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = with_none(people, _("Choose a person"))  # type: ignore[attr-defined]


class ComesForm(forms.Form):
    """Whether one comes."""

    answer = OneOfField(label=_("Do you come?"), choices=choices("answer")[1:])


class DecisionForm(forms.Form):
    """A decision of a meeting."""

    text = LongTextField(label=_("Decision"), rows=4)
    item = PickField(label=_("Agenda item"), required=False, choices=[], widget=forms.Select)
    addressees = SeveralOfField(label=_("Addressed to members"), required=False, choices=[])
    to_secretariat = YesField(label=_("Addressed to the secretariat"), required=False)
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(
        self, *args: Any, items: Choices = (), members: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = with_none(items, _("None"))  # type: ignore[attr-defined]
        self.fields["addressees"].choices = list(members)  # type: ignore[attr-defined]


class ActionForm(forms.Form):
    """An action item."""

    text = LongTextField(label=_("What is to be done"), rows=3)
    decision = PickField(label=_("Follows from"), required=False, choices=[], widget=forms.Select)
    owner = PickField(label=_("Organisation"), required=False, choices=[], widget=forms.Select)
    countries = SeveralOfField(label=_("Members"), required=False, choices=[])
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(
        self,
        *args: Any,
        decisions: Choices = (),
        owners: Choices = (),
        members: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = with_none(decisions, _("No decision"))  # type: ignore[attr-defined]
        self.fields["owner"].choices = with_none(owners, _("No organisation"))  # type: ignore[attr-defined]
        self.fields["countries"].choices = list(members)  # type: ignore[attr-defined]


class WorkForm(forms.Form):
    """What became of an action item."""

    verdict = OneOfField(
        label=_("What became of it"),
        choices=[("done", _("It is done")), ("dropped", _("It will not be done")), ("note", _("A note only"))],
    )  # fmt: skip
    text = LongTextField(
        label=_("In a sentence"), rows=3, required=False,
        help_text=_("Needed for a note, and if it will not be done."),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Link to what shows it"), required=False, assume_scheme="https", max_length=500
    )


class VerifyForm(forms.Form):
    """Whether a done action item is verified."""

    verdict = OneOfField(
        label=_("Your decision"), choices=[("yes", _("Verified")), ("no", _("Open it again"))]
    )


class RequestForm(forms.Form):
    """A request to members."""

    initiative = PickField(label=_("Initiative"), required=False, choices=[], widget=forms.Select)
    text = LongTextField(label=_("What you ask for"), rows=4)
    countries = SeveralOfField(label=_("Addressed to"), choices=[])
    due_on = DayField(label=_("Due on"), required=False)

    def __init__(
        self, *args: Any, initiatives: Choices = (), members: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        whole = with_none(initiatives, _("The whole programme"))
        self.fields["initiative"].choices = whole  # type: ignore[attr-defined]
        self.fields["countries"].choices = list(members)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """An answer to a request."""

    state = OneOfField(
        label=_("Your answer"),
        choices=[
            (AddresseeState.SEEN.value, _("Seen; the answer follows")),
            (AddresseeState.ANSWERED.value, _("Answered or done")),
            (AddresseeState.DECLINED.value, _("Declined")),
            (AddresseeState.NOT_APPLICABLE.value, _("Does not apply to us")),
        ],
    )
    note = LongTextField(
        label=_("Note"), rows=4, required=False, help_text=_("Needed if you decline: why.")
    )


class RiskForm(forms.Form):
    """A risk, assumption or issue."""

    initiative = PickField(label=_("Initiative"), choices=[], widget=forms.Select)
    kind = OneOfField(label=_("Kind"), choices=choices("risk_kind"), initial="risk")
    text = LongTextField(label=_("What may happen, or must hold"), rows=3)
    cause = LongTextField(label=_("Cause"), rows=2, required=False)
    consequence = LongTextField(label=_("Consequence"), rows=2, required=False)
    probability = PickField(
        label=_("Probability, 1 (rare) to 5"), choices=ONE_TO_FIVE, widget=forms.Select, initial="3"
    )
    impact = PickField(
        label=_("Impact, 1 (slight) to 5"), choices=ONE_TO_FIVE, widget=forms.Select, initial="3"
    )
    response = OneOfField(label=_("Response"), choices=choices("response"), initial="reduce")
    response_text = LongTextField(label=_("What is done about it"), rows=3, required=False)
    review_on = DayField(label=_("Next review on"), required=False)

    def __init__(self, *args: Any, initiatives: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiative"].choices = with_none(initiatives, _("Choose an initiative"))  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """A review of a risk."""

    probability = PickField(
        label=_("Probability, 1 (rare) to 5"), choices=ONE_TO_FIVE, widget=forms.Select
    )
    impact = PickField(label=_("Impact, 1 (slight) to 5"), choices=ONE_TO_FIVE, widget=forms.Select)
    note = LongTextField(label=_("Note"), rows=3, required=False)
    review_on = DayField(label=_("Next review on"), required=False)


class FeedForm(forms.Form):
    """A calendar link's scope."""

    scope = PickField(label=_("What it shows"), choices=[], widget=forms.Select)

    def __init__(self, *args: Any, initiatives: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [("all", _("The whole programme")), *initiatives]
        self.fields["scope"].choices = rows  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A file of dates."""

    initiative = PickField(label=_("Initiative"), choices=[], widget=forms.Select)
    file = UploadField(
        label=_("File"), accept=".csv,.xlsx,.ods,.xml",
        help_text=_("CSV, XLSX or ODS with the columns of the export, or XML saved by Microsoft Project."),
    )  # fmt: skip

    def __init__(self, *args: Any, initiatives: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initiative"].choices = list(initiatives)  # type: ignore[attr-defined]

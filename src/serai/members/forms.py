"""Clean input of the room; nothing is saved here."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import DateField, Field, Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    MailField,
    OneOfField,
    SeveralOfField,
    UploadField,
    WholeNumberField,
    YesField,
)
from serai.base.forms.texts import ask_for_text, put_texts
from serai.base.text import TranslatedText
from serai.base.zones import zone_choices
from serai.members.states import (
    MEMBER_ROLES,
    ORGANISATION_ROLES,
    DataRequestKind,
    OrganisationKind,
    Role,
)
from serai.members.states.words import (
    CLEARANCES,
    DATA_REQUESTS,
    DIGESTS,
    KINDS,
    ROLE_NAMES,
    ROLE_SENTENCES,
    TEXT_SIZES,
    THEMES,
    TOPICS,
)

Choices = Sequence[tuple[str, object]]
LateChoices = Callable[[], list[tuple[str, str]]]
NOTHING: list[tuple[str, object]] = [("", "–")]


class SignInForm(forms.Form):
    """Who wants to sign in, and on whose computer."""

    email = MailField(label=_("E-mail address"))
    own_computer = YesField(
        label=_("This is my own computer"),
        required=False,
        help_text=_("You stay signed in for 14 days. Otherwise 2 hours without use sign you out."),
    )


class CodeForm(forms.Form):
    """The code from the letter."""

    code = LineField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            {"size": 12, "autocomplete": "one-time-code", "autocapitalize": "characters",
             "spellcheck": "false"}
        ),
    )  # fmt: skip


class IntroductionForm(forms.Form):
    """Name, language and time zone of somebody who joins."""

    full_name = LineField(label=_("Your full name"))
    address_as = LineField(
        label=_("How we should address you"),
        required=False,
        max_length=100,
        help_text=_("For example: Ms Karimova"),
    )
    language = OneOfField(label=_("Language of letters and pages"))
    time_zone = OneOfField(label=_("Time zone"), widget=forms.Select())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _choose(self, "language", settings.LANGUAGES)
        _choose(self, "time_zone", zone_choices)


class ProfileForm(IntroductionForm):
    """What a person sets about themselves."""

    theme = OneOfField(label=_("Colours"), choices=THEMES)
    text_size = OneOfField(label=_("Size of text"), choices=TEXT_SIZES)
    digest = OneOfField(
        label=_("List of what waits for me, by mail"),
        choices=DIGESTS,
    )
    topics = SeveralOfField(
        label=_("Letters I want to receive"),
        choices=TOPICS,
        required=False,
        help_text=_(
            "Letters about signing in, your roles, your data and what needs your consent always come."
        ),
    )


def _choose(form: forms.Form, name: str, choices: Choices | LateChoices) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        # Some 500 zones are listed only where they are shown or compared.
        field.choices = choices if callable(choices) else list(choices)


class RoleForm(forms.Form):
    """A role with its scope and its end."""

    role = OneOfField(label=_("Role"))
    member = OneOfField(
        label=_("Member"),
        required=False,
        widget=forms.Select(),
        help_text=_("For focal point, deputy, committee and expert."),
    )
    organisation = OneOfField(
        label=_("Organisation"),
        required=False,
        widget=forms.Select(),
        help_text=_("For lead, contributor and partner."),
    )
    initiatives = SeveralOfField(
        label=_("Initiatives"),
        required=False,
        help_text=_("For officers and coordinators none means the whole programme."),
    )
    until_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Experts need one, at most a year ahead."),
    )
    reason = LongTextField(label=_("Reason"), rows=2, required=False, max_length=1000)

    def __init__(
        self,
        *args: object,
        roles: Sequence[Role],
        members: Choices,
        organisations: Choices,
        initiatives: Choices,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        named = [(role.value, ROLE_NAMES[role]) for role in roles]
        _choose(self, "role", named)
        _choose(self, "member", [*NOTHING, *members])
        _choose(self, "organisation", [*NOTHING, *organisations])
        _choose(self, "initiatives", initiatives)
        if not initiatives:
            del self.fields["initiatives"]
        if not organisations:
            del self.fields["organisation"]
        if not members:
            del self.fields["member"]
        self._choose_the_only_ones(roles, members, organisations)
        if Role.EXPERT not in roles:
            self.fields["until_on"].help_text = ""
        self.sentences = [(ROLE_NAMES[role], ROLE_SENTENCES[role]) for role in roles]

    def _choose_the_only_ones(
        self, roles: Sequence[Role], members: Choices, organisations: Choices
    ) -> None:
        """Begin with the only role, member or organisation where there is no choice."""
        if len(roles) == 1:
            self.initial.setdefault("role", roles[0].value)
        if len(members) == 1 and set(roles) <= MEMBER_ROLES | {Role.EXPERT}:
            self.initial.setdefault("member", members[0][0])
        if len(organisations) == 1 and set(roles) <= ORGANISATION_ROLES:
            self.initial.setdefault("organisation", organisations[0][0])


class InvitationForm(RoleForm):
    """Whom to invite, and to what."""

    email = MailField(label=_("E-mail address"))
    language = OneOfField(label=_("Language of the letter"))
    field_order = ("email", "role")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _choose(self, "language", settings.LANGUAGES)
        if len(settings.LANGUAGES) == 1:
            self.fields["language"].initial = settings.LANGUAGES[0][0]


class ReasonForm(forms.Form):
    """A reason that stays on record."""

    reason = LongTextField(label=_("Reason"), rows=3, max_length=1000)


class EndMemberForm(ReasonForm):
    """The last day of a membership, and why."""

    until_on = DayField(label=_("Last day as a member"))
    field_order = ("until_on", "reason")


class OrganisationForm(forms.Form):
    """An organisation's names, kind, member and domains."""

    kind = OneOfField(label=_("Kind"), choices=KINDS, widget=forms.Select())
    member = OneOfField(label=_("Member"), required=False, widget=forms.Select())
    parent = OneOfField(
        label=_("Belongs to"),
        required=False,
        widget=forms.Select(),
        help_text=_("The organisation above it, such as a ministry over an agency."),
    )
    domains = LineField(
        label=_("Mail domains"),
        required=False,
        help_text=_("Separated by commas, such as ministry.example, agency.example"),
    )

    def __init__(
        self, *args: object, members: Choices, organisations: Choices, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _choose(self, "member", [*NOTHING, *members])
        _choose(self, "parent", [*NOTHING, *organisations])
        self.names = put_texts(self, "name", _("Name"), is_needed=True)
        self.order_fields([*self.names, "kind"])

    def clean(self) -> dict[str, object]:
        """Ask for one name at least, and for the member of a government organisation."""
        found = super().clean() or {}
        ask_for_text(self, self.names)
        if found.get("kind") == OrganisationKind.GOVERNMENT and not found.get("member"):
            self.add_error("member", _("A government organisation belongs to a member. Choose it."))
        return found

    def text(self) -> TranslatedText:
        """Return the names as one translated text; the first filled language is the source."""
        filled = [
            (code, self.cleaned_data[f"name_{code}"])
            for code, _name in settings.LANGUAGES
            if self.cleaned_data.get(f"name_{code}")
        ]
        return TranslatedText(
            tuple(
                (code, text, "source" if number == 0 else "checked")
                for number, (code, text) in enumerate(filled)
            )
        )


class MergeForm(forms.Form):
    """The organisation that stays."""

    into = OneOfField(label=_("Merge into"), widget=forms.Select())

    def __init__(self, *args: object, organisations: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _choose(self, "into", [*NOTHING, *organisations])


class RepairForm(forms.Form):
    """The fields of one row that may be set right, and why."""

    reason = LongTextField(label=_("What is set right, and why"), rows=2, max_length=1000)

    def __init__(
        self, *args: object, model: type[Model], names: Sequence[str], row: Model, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.names = tuple(names)
        for name in self.names:
            field = cast("Field[object, object]", model._meta.get_field(name))
            is_day = isinstance(field, DateField)
            made = DayField if is_day else LineField
            self.fields[name] = made(
                label=capfirst(str(field.verbose_name)), required=not field.blank
            )
            self.initial[name] = getattr(row, name)
        self.order_fields([*self.names, "reason"])

    def values(self) -> dict[str, object]:
        """Return what was given for each field of the row."""
        return {name: self.cleaned_data[name] for name in self.names}


class SheetForm(forms.Form):
    """A sheet to import."""

    sheet = UploadField(
        label=_("Sheet"),
        accept=".csv,.xlsx,.ods",
        help_text=_("CSV or XLSX, one organisation a row, names of columns in the first row."),
    )


class MapForm(forms.Form):
    """Which column of the sheet is what."""

    def __init__(
        self, *args: object, columns: Sequence[str], wanted: Choices, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        heads = [("", _("not in the sheet")), *((str(n), head) for n, head in enumerate(columns))]
        for key, label in wanted:
            self.fields[f"column_{key}"] = OneOfField(
                label=label, choices=heads, required=False, widget=forms.Select()
            )


class MemberForm(forms.Form):
    """A member's code, names and facts."""

    iso3 = LineField(
        label=_("Code"),
        max_length=3,
        help_text=_("Three letters, such as KAZ; it stays once anything refers to the member."),
    )
    languages = LineField(
        label=_("Working languages"),
        help_text=_("Codes separated by commas, such as kk, ru"),
    )
    time_zone = OneOfField(label=_("Time zone of the capital"), widget=forms.Select())
    tile_column = WholeNumberField(label=_("Tile: column"), least=1, most=12, required=False)
    tile_row = WholeNumberField(label=_("Tile: row"), least=1, most=12, required=False)
    order = WholeNumberField(label=_("Place in the programme's order"), least=0, most=999)
    clearance = OneOfField(label=_("Who sends answers to the secretariat"), choices=CLEARANCES)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _choose(self, "time_zone", zone_choices)
        self.names = put_texts(self, "name", _("Name"), is_needed=True)
        short = put_texts(self, "short", _("Short name"))
        self.fields[short[0]].help_text = _("For lists and maps; empty where it is the name.")
        self.order_fields(["iso3", *self.names, *short])

    def clean_iso3(self) -> str:
        """Read the code in capitals."""
        code = str(self.cleaned_data["iso3"]).upper()
        if not re.fullmatch("[A-Z]{3}", code):
            raise ValidationError(_("Write three Latin letters, such as KAZ."))
        return code

    def clean(self) -> dict[str, object]:
        """A name is written in one language at least; a tile has column and row, or neither."""
        found = super().clean() or {}
        ask_for_text(self, self.names)
        if (found.get("tile_column") is None) != (found.get("tile_row") is None):
            self.add_error("tile_row", _("Give both the column and the row, or neither."))
        return found


class UnlockForm(forms.Form):
    """What to open, why, for how long."""

    scope = OneOfField(label=_("What to open"))
    minutes = OneOfField(
        label=_("For how long"),
        choices=[("15", _("15 minutes")), ("30", _("30 minutes")), ("60", _("60 minutes"))],
    )
    reason = LongTextField(label=_("Reason"), rows=3, max_length=1000)

    def __init__(self, *args: object, scopes: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        _choose(self, "scope", scopes)


class ApiKeyForm(forms.Form):
    """What a new key for the open API is called, and until when it works."""

    name = LineField(
        label=_("What the key is for"),
        help_text=_("Such as the name of the program that will use it."),
        max_length=100,
    )
    expires_on = DayField(label=_("Works until"), help_text=_("At most one year from today."))


class DataRequestForm(forms.Form):
    """What a person asks about their own data."""

    kind = OneOfField(label=_("What you ask for"), choices=DATA_REQUESTS)
    note = LongTextField(
        label=_("What to correct, or why"), rows=3, required=False, max_length=2000
    )

    def clean(self) -> dict[str, object]:
        """A correction says what is wrong."""
        found = super().clean() or {}
        if found.get("kind") == DataRequestKind.CORRECT and not found.get("note"):
            self.add_error("note", _("Say what is wrong and what it should be."))
        return found


class AnswerForm(forms.Form):
    """An administrator's answer to a request about data."""

    decision = OneOfField(
        label=_("Answer"), choices=[("done", _("Done")), ("refused", _("Refused"))]
    )
    answer = LongTextField(
        label=_("Sentence to the person"), rows=3, required=False, max_length=2000
    )

    def clean(self) -> dict[str, object]:
        """A refusal says why."""
        found = super().clean() or {}
        if found.get("decision") == "refused" and not found.get("answer"):
            self.add_error("answer", _("Say why it is refused: the person reads this sentence."))
        return found


class PasskeyForm(forms.Form):
    """A passkey's name and what the browser made of it."""

    name = LineField(
        label=_("Name of this passkey"),
        max_length=80,
        help_text=_("Such as: office laptop"),
    )
    credential = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=20_000)

    def clean_credential(self) -> str:
        """Ask again when the browser gave nothing."""
        text = str(self.cleaned_data["credential"])
        if not text:
            raise ValidationError(
                _("The browser made no passkey. Try again, or use an authenticator app.")
            )
        return text


def last_day(form: forms.Form) -> date | None:
    """Return the last day of a role form."""
    found = form.cleaned_data.get("until_on")
    return found if isinstance(found, date) else None

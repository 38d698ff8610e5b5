"""What people answer, delegate and sign."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from serai.base.forms.fields import (
    DayField,
    LineField,
    LongTextField,
    MailField,
    OneOfField,
    SeveralOfField,
    UploadField,
    YesField,
)
from serai.surveys.actions import Change
from serai.surveys.queries.sections import ref_of
from serai.surveys.states import DelegationScope
from serai.surveys.states.words import SCOPES


class Posted(Protocol):
    """The fields of a form that was sent."""

    def get(self, name: str, default: Any = None, /) -> Any: ...

    def getlist(self, name: str, /) -> list[Any]: ...


BASE, REASON = "base:", "reason:"
LETTERS = ("pdf", "docx", "png", "jpg")
LONGEST_BASE = 18


def posted_changes(post: Posted, known: Iterable[str]) -> list[Change]:
    """Read the answers of a page that was sent whole.

    Args:
        post: what came; a question counts where its base came, a choice by all its values.
        known: names of the questions the page offers; anything else is left unread.
    Returns:
        One change a question. The same sending again gives the same names of changes.
    """
    receipt = post.get("receipt") or secrets.token_hex(16)
    found = []
    for name in known:
        base = post.get(f"{BASE}{name}")
        if base is None:
            continue
        value = " ".join(one for one in post.getlist(name) if one)
        reason = "" if value else post.get(f"{REASON}{name}", "")
        number = int(base) if base.isdigit() and len(base) <= LONGEST_BASE else 0
        client_id = hashlib.sha256(f"{receipt} {name}".encode()).hexdigest()[:32]
        found.append(Change(client_id, ref_of(name), number, value, reason))
    return found


class WorkbookForm(forms.Form):
    """A workbook that comes back."""

    workbook = UploadField(
        label=_("Workbook"), accept=".xlsx,.ods",
        help_text=_("The one you downloaded here, filled in."),
    )  # fmt: skip


class SignForm(forms.Form):
    """Who signs."""

    name = LineField(label=_("Your name"), max_length=200)
    position = LineField(label=_("Your position"), max_length=200)
    letter = UploadField(
        label=_("A signed letter, where there is one"), required=False, kinds=LETTERS,
        help_text=_("Read by your own people, by who clears, and by the secretariat once cleared."),
    )  # fmt: skip


class ClearForm(forms.Form):
    """A country's word on a signed response."""

    note = LongTextField(
        label=_("Note"), required=False, help_text=_("Needed when you return it: what to mend.")
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = LongTextField(label=_("Reason"), required=False)


class ReplyForm(forms.Form):
    """What a delegate says."""

    reply = LongTextField(label=_("Note to your lead"), required=False)


class DelegateForm(forms.Form):
    """Which parts to whom."""

    part = SeveralOfField(label=_("Parts"), choices=[])
    person = OneOfField(label=_("To whom"))
    scope = OneOfField(
        label=_("What they may do"),
        choices=[
            (DelegationScope.EDIT.value, SCOPES[DelegationScope.EDIT]),
            (DelegationScope.SUGGEST.value, SCOPES[DelegationScope.SUGGEST]),
            (DelegationScope.VIEW.value, SCOPES[DelegationScope.VIEW]),
        ],
        initial=DelegationScope.EDIT.value,
    )
    sees_rest = YesField(label=_("They may read the other sections too"), required=False)
    due_on = DayField(label=_("Until when"), required=False)
    note = LongTextField(label=_("Note"), required=False)

    def __init__(
        self,
        data: Any | None = None,
        *,
        parts: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["part"].choices = list(parts)  # type: ignore[attr-defined]
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]


class AddressForm(forms.Form):
    """Where the private link of somebody who came by an open one goes."""

    email = MailField(
        label=_("Your e-mail address"),
        help_text=_(
            "The link goes there; the address itself is shown only to who reads the answers."
        ),
    )


class DeviceForm(forms.Form):
    """What a device is called."""

    name = LineField(
        label=_("Name of the device"),
        max_length=100,
        help_text=_("Such as “Tablet of the network team”."),
    )

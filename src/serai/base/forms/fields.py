"""Form fields in the house's words: every error says what is wrong and what to do."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serai.base import removed
from serai.base.characters import clean
from serai.base.files import Refused, check_file
from serai.base.forms.widgets import (
    LONG,
    MEDIUM,
    Choices,
    DayInput,
    ManyChoices,
    SingleChoice,
    UnitInput,
)

NUMBER_LENGTH = 40


class CleanText(forms.CharField):
    """Text without control signs and hidden changes of direction; once saved its writer is told.

    Attributes:
        one_of: of how many fields one is needed; 0 where it stands for itself.
    """

    one_of = 0

    def to_python(self, value: object) -> str:
        """Take out what may not enter the house."""
        found = clean(super().to_python(value) or "")
        removed.note(self, found)
        return found.text


class LineField(CleanText):
    """One line of text; the input is as wide as the answer."""

    def __init__(self, *, width: int = LONG, max_length: int = 200, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"size": width}))
        super().__init__(max_length=max_length, **with_errors(kwargs, LINE_ERRORS))


class LongTextField(CleanText):
    """Several lines of text."""

    def __init__(self, *, rows: int = 5, max_length: int = 20_000, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea({"rows": rows}))
        super().__init__(max_length=max_length, **with_errors(kwargs, LINE_ERRORS))


class MailField(forms.EmailField):
    """An e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.EmailInput({"size": LONG, "autocomplete": "email"}))
        super().__init__(
            **with_errors(kwargs, {"required": _("Enter an e-mail address."), "invalid": MAIL})
        )


class NumberField(forms.Field):
    """A number with its unit; accepts 1 234,5 and 1,234.5, refuses what could mean two things."""

    def __init__(
        self,
        *,
        unit: str = "",
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        places: int = 6,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("widget", UnitInput(unit))
        super().__init__(**with_errors(kwargs, {"required": _("Enter a number.")}))
        self.least, self.most, self.places = least, most, places

    def to_python(self, value: object) -> Decimal | None:
        """Read the digits as they are written in the programme's countries."""
        text = str(value or "").strip()
        return read_number(text) if text else None

    def validate(self, value: object) -> None:
        """Hold the number to its bounds."""
        super().validate(value)
        if not isinstance(value, Decimal):
            return
        if self.least is not None and value < self.least:
            raise ValidationError(_("Enter %(least)s or more."), "least", {"least": self.least})
        if self.most is not None and value > self.most:
            raise ValidationError(_("Enter %(most)s or less."), "most", {"most": self.most})
        if -int(value.as_tuple().exponent) > self.places:
            raise ValidationError(
                _("Write at most %(n)s digits after the point."), "places", {"n": self.places}
            )

    def prepare_value(self, value: object) -> object:
        """Show a stored number without needless zeros."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def read_number(text: str) -> Decimal:
    """Read a number with spaces or one kind of sign between thousands.

    Raises:
        ValidationError: what was written, and an example.
    """
    squeezed = "".join(text.split()).replace("\u2212", "-")
    if squeezed.count(",") == 1 and "." not in squeezed:
        whole, _comma, rest = squeezed.partition(",")
        if len(rest) == 3 and len(whole.lstrip("-")) <= 3 and whole.lstrip("-") != "0":
            raise ValidationError(
                _("'%(text)s' could mean two numbers. Write %(a)s or %(b)s."),
                "ambiguous",
                {"text": text[:NUMBER_LENGTH], "a": f"{whole}{rest}", "b": f"{whole}.{rest}"},
            )
        squeezed = squeezed.replace(",", ".")
    elif _is_grouped(squeezed):
        squeezed = squeezed.replace(",", "")
    if len(squeezed) > NUMBER_LENGTH or not _is_plain(squeezed):
        raise ValidationError(
            _("'%(text)s' is not a number. Write digits only, such as 50."),
            "invalid",
            {"text": text[:NUMBER_LENGTH]},
        )
    return Decimal(squeezed)


def _is_plain(text: str) -> bool:
    whole, _point, rest = text.removeprefix("-").partition(".")
    return (whole + rest).isascii() and (whole + rest).isdigit() and bool(whole)


def _is_grouped(text: str) -> bool:
    first, *groups = text.removeprefix("-").partition(".")[0].split(",")
    return bool(groups) and 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)


class WholeNumberField(NumberField):
    """A whole number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(places=0, **kwargs)

    def clean(self, value: object) -> int | None:
        """Return an int."""
        number: Decimal | None = super().clean(value)
        return None if number is None else int(number)


class DayField(forms.DateField):
    """An exact day. Days in words are the programme's `WordsDateField`."""

    def __init__(
        self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", DayInput())
        super().__init__(**with_errors(kwargs, {"required": _("Enter a day."), "invalid": DAY}))
        self.earliest, self.latest = earliest, latest

    def validate(self, value: date | None) -> None:
        """Hold the day to its bounds."""
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise ValidationError(_("Enter %(day)s or later."), "earliest", {"day": self.earliest})
        if value and self.latest and value > self.latest:
            raise ValidationError(_("Enter %(day)s or earlier."), "latest", {"day": self.latest})


class WordsField(LineField):
    """Words that are read into something: the form says how it read them.

    Args:
        read: turns the words into a value; raises ValueError with a sentence for the reader.
    """

    def __init__(self, *, read: Callable[[str], object], **kwargs: Any) -> None:
        super().__init__(width=kwargs.pop("width", MEDIUM + 10), **kwargs)
        self.read = read

    def clean(self, value: object) -> object:
        """Return what the words mean; nothing for no words."""
        words = super().clean(value)
        if not words:
            return None
        try:
            return self.read(words)
        except ValueError as error:
            raise ValidationError(str(error), "not_understood") from error


class OneOfField(forms.ChoiceField):
    """One of a few choices, as rows; use a `forms.Select` widget for more than seven."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", Choices())
        super().__init__(
            **with_errors(kwargs, {"required": _("Choose one."), "invalid_choice": CHOICE})
        )


class PickField(forms.ChoiceField):
    """One of many choices, as a list to open; the first choice is the empty one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **with_errors(kwargs, {"required": _("Choose one."), "invalid_choice": CHOICE})
        )


class SeveralOfField(forms.MultipleChoiceField):
    """Several of a few choices, as rows."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ManyChoices())
        errors = {"required": _("Choose at least one."), "invalid_choice": CHOICE}
        super().__init__(**with_errors(kwargs, errors))


class YesField(forms.BooleanField):
    """A row that says yes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", SingleChoice())
        super().__init__(**with_errors(kwargs, {"required": _("Confirm this to go on.")}))


class UploadField(forms.FileField):
    """A file; with `kinds` (endings such as "pdf") it is looked into, and `file.checked` kept."""

    def __init__(self, *, accept: str = "", kinds: Sequence[str] = (), **kwargs: Any) -> None:
        self.kinds = tuple(kinds)
        accept = accept or ",".join(f".{kind}" for kind in self.kinds)
        kwargs.setdefault("widget", forms.FileInput({"accept": accept} if accept else {}))
        errors = {
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another."),
        }
        super().__init__(**with_errors(kwargs, errors))

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse an unsafe file by name, with the remedy."""
        file = super().clean(data, initial)
        if self.kinds and file:
            try:
                file.checked = check_file(file, file.name, kinds=self.kinds)
            except Refused as refused:
                raise ValidationError(str(refused)) from refused
            file.seek(0)
        return file


LINE_ERRORS = {
    "required": _("Write an answer here."),
    "max_length": _("Shorten this to %(limit_value)d signs; it has %(show_value)d."),
}
MAIL = _("Write an e-mail address such as name@example.org.")
DAY = _("This is not a day. Write it as 2021-06-30.")
CHOICE = _("'%(value)s' is not one of the choices. Choose again.")


def with_errors(kwargs: dict[str, Any], errors: dict[str, Any]) -> dict[str, Any]:
    """Put the house's error sentences under those the form gives itself."""
    return kwargs | {"error_messages": errors | kwargs.get("error_messages", {})}

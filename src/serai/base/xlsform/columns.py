"""The columns a questionnaire may have, under one name each."""

import re
from dataclasses import dataclass

from serai.base.xlsform.sheets import CHOICES, SETTINGS, SURVEY

OWN = ("weight", "was", "audience", "widget")
OWN_PREFIX = "bind::serai:"
NO_INFORMATION = "no_information"
TRANSLATED = (
    "label", "hint", "guidance_hint", "constraint_message", "required_message",
    "media::image", "media::big-image", "media::audio", "media::video",
)  # fmt: skip
TRANSLATED_CHOICES = ("label", "media::image", "media::big-image", "media::audio", "media::video")
EXPRESSIONS = (
    "relevant", "constraint", "calculation", "required", "readonly", "choice_filter",
    "repeat_count",
)  # fmt: skip
TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
KNOWN = {
    SURVEY: (
        "type", "name", *TRANSLATED, *EXPRESSIONS, "default", "appearance", "parameters",
        "trigger", "autoplay", *(OWN_PREFIX + one for one in OWN),
    ),
    CHOICES: ("list_name", "name", *TRANSLATED_CHOICES, NO_INFORMATION),
    SETTINGS: (
        "form_title", "form_id", "version", "default_language", "namespaces", "instance_name",
        "style", "name", "allow_choice_duplicates",
    ),
}  # fmt: skip
UNSUPPORTED = {
    SURVEY: {
        "save_to": "entities", "bind::entities:saveto": "entities", "intent": "programs",
        "body::intent": "programs", "control::intent": "programs",
    },
    CHOICES: {},
    SETTINGS: {
        "public_key": "encryption", "submission_url": "servers", "auto_send": "servers",
        "auto_delete": "servers", "omit_instanceid": "identity",
        "client_editable": "servers", "sms_keyword": "messages",
    },
}  # fmt: skip
# Names that XLSForm knew before, or knows too.
_OTHER_NAMES = {
    "command": "type", "tag": "name", "caption": "label", "relevance": "relevant",
    "read_only": "readonly", "calculate": "calculation", "count": "repeat_count",
    "jr:count": "repeat_count", "constraining_message": "constraint_message",
    "requiredmsg": "required_message", "image": "media::image", "big-image": "media::big-image",
    "audio": "media::audio", "video": "media::video", "bind::relevant": "relevant",
    "bind::required": "required", "bind::constraint": "constraint", "bind::readonly": "readonly",
    "bind::calculate": "calculation", "bind::jr:constraintmsg": "constraint_message",
    "bind::jr:requiredmsg": "required_message", "control::appearance": "appearance",
    "body::appearance": "appearance", "control::jr:count": "repeat_count",
    "body::jr:count": "repeat_count",
}  # fmt: skip
_OTHER_CHOICE_NAMES = {
    "list": "list_name", "list name": "list_name", "caption": "label", "value": "name",
    "image": "media::image", "big-image": "media::big-image", "audio": "media::audio",
    "video": "media::video",
}  # fmt: skip
_OTHER_SETTINGS = {
    "title": "form_title", "set_form_title": "form_title", "id_string": "form_id",
    "set_form_id": "form_id",
}  # fmt: skip
_ALIASES = {SURVEY: _OTHER_NAMES, CHOICES: _OTHER_CHOICE_NAMES, SETTINGS: _OTHER_SETTINGS}
FREE = re.compile(r"(?:bind|instance)::[\w.-]+:[\w.-]+|(?:body|control)::[\w.:-]+")
_CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)\s*$")


@dataclass(frozen=True)
class Heading:
    """A column's one name: `base`, and `base::language` where texts are translated."""

    base: str
    language: str = ""

    @property
    def title(self) -> str:
        """Return the name as it is written above the column."""
        return f"{self.base}::{self.language}" if self.language else self.base


def heading(title: str, sheet: str) -> Heading:
    """Return what a column's title means: capitals, blanks and older names do not matter."""
    tokens = [" ".join(token.split()) for token in title.split("::")]
    translated = TRANSLATED_CHOICES if sheet == CHOICES else TRANSLATED
    # The longest beginning that is a name: media::image::English (en) is an image in English.
    for length in range(min(2, len(tokens)), 0, -1):
        base = _base("::".join(tokens[:length]), sheet)
        rest = "::".join(tokens[length:])
        if base in KNOWN[sheet] and (not rest or base in translated):
            return Heading(base, rest)
    return Heading("::".join(tokens))


def heading_of(title: str) -> Heading:
    """Return what a column's one name consists of."""
    for base in TRANSLATED:
        if title.startswith(base + "::"):
            return Heading(base, title[len(base) + 2 :])
    return Heading(title)


def language_code(language: str) -> str:
    """Return the code that a language names in brackets: `ru` of “Русский (ru)”; "" for none."""
    found = _CODE.search(language)
    return found[1] if found else ""


def _base(written: str, sheet: str) -> str:
    aliases = _ALIASES[sheet]
    snake = "_".join(written.split()).lower()
    for name in (written.lower(), snake):
        if name in aliases:
            return aliases[name]
    return snake if snake in KNOWN[sheet] or snake in UNSUPPORTED[sheet] else written

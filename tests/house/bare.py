"""What a reader of the pseudo-language sees outside its brackets, and what of it is no sentence of ours."""

import re
from collections.abc import Iterator
from zoneinfo import available_timezones

import lxml.html
from django.apps import apps
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib.sessions.models import Session
from django.db.models import CharField, JSONField, Model, TextField
from django.utils import dates, translation

from serai.base.languages import OTHERS

# Attributes that are read aloud or shown.
SPOKEN = (
    "title", "alt", "aria-label", "aria-description", "aria-valuetext", "placeholder", "label",
)  # fmt: skip
BUTTONS = {"submit", "button", "reset"}
# Codes are the same in every language; what a browser never shows is no text.
UNREAD = {"script", "style", "code", "kbd"}
PRODUCT = "Serai"
BREAK = "\x00"
# The innermost first: a message may stand in another's gap.
BRACKETED = re.compile(r"\[[^\[\]]*\]")
# Content without words in the reader's language comes in Russian: what is Cyrillic is content, and
# what is Latin beside it is looked at like everything else.
CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
WORD = re.compile(r"[A-Za-z]{2}")
# Short names in capitals, numbers of things, addresses and fingerprints: GEO, CSV, SOM-2021-06.
CODE = re.compile(r"[A-Z]+[A-Z0-9/-]*|\S+@\S+|https?://\S+|[0-9a-f]{64}|[0-9.,]+ [kKMG]B")
# A lower-case word alone is a code of the database; shown bare it is no name.
INNER_CODE = re.compile(r"[a-z_]+")
EDGES = " \xa0.,;:·–—-()«»“”\"'→←/+%"
NUMBERED, COUNTED = re.compile(r"^\d+\.?\s+"), re.compile(r"\s+\d+$")
JOINTS = re.compile(r"[,;:()·]\s*|\s[–—·]\s|\s*→\s*")


def bare_pieces(page: str) -> list[str]:
    """Return the texts of a page that stand outside brackets, as the reader meets them."""
    return _outside("".join(_spoken(lxml.html.document_fromstring(page))))


def _spoken(element: lxml.html.HtmlElement) -> Iterator[str]:
    """Give all texts of an element; what names another language is content in that language."""
    if not isinstance(element.tag, str) or element.tag in UNREAD or _is_content(element):
        return
    names = SPOKEN
    if element.tag == "input" and element.get("type") in BUTTONS:
        names = (*SPOKEN, "value")
    if element.tag == "meta" and element.get("name") == "description":
        names = (*SPOKEN, "content")
    for name in names:
        yield BREAK + element.get(name, "") + BREAK
    yield element.text or ""
    for child in element:
        yield BREAK
        yield from _spoken(child)
        yield BREAK + (child.tail or "")


def _is_content(element: lxml.html.HtmlElement) -> bool:
    return element.tag != "html" and bool(element.get("lang"))


def _contents(page: str) -> set[str]:
    """Return the texts that stand on a page in elements naming their language."""
    marked = lxml.html.document_fromstring(page).xpath("//*[@lang][name() != 'html']")
    return {" ".join(element.text_content().split()) for element in marked}


def _outside(text: str) -> list[str]:
    before = ""
    while before != text:
        before, text = text, BRACKETED.sub(BREAK, text)
    pieces = [" ".join(piece.split()) for piece in re.split(rf"{BREAK}|\n\s*\n", text)]
    return [piece for piece in pieces if WORD.search(piece)]


class Known:
    """What may stand bare: texts of this house's database, names of months, languages and zones."""

    def __init__(self, *left_out: type[Model]) -> None:
        self.texts = {PRODUCT, *_of_calendars_and_languages(), *_of_zones()}
        for model in apps.get_models():
            if model not in {Session, *left_out}:
                self.texts |= set(_texts_of(model))

    def strangers_on(self, page: str) -> list[str]:
        """Return what stands bare on a page and is no data."""
        # A page's title may repeat what the page shows as content of another language.
        contents = _contents(page)
        return [
            piece
            for piece in bare_pieces(page)
            if not self.is_data(piece) and piece.partition(" – ")[0] not in contents
        ]

    def strangers_in(self, letter: str) -> list[str]:
        """Return the paragraphs of a plain letter that stand bare and are no data."""
        return [piece for piece in _outside(letter) if not self.is_data(piece)]

    def is_data(self, piece: str) -> bool:
        """Tell whether a text is one of the house's own, or several between commas."""
        if self._is_one(piece):
            return True
        latin = CYRILLIC.sub(",", piece)
        return any(
            self._is_one(latin[: joint.start()]) and self.is_data(latin[joint.end() :])
            for joint in JOINTS.finditer(latin)
        )

    def _is_one(self, part: str) -> bool:
        trimmed = part.strip(EDGES)
        whole = NUMBERED.sub("", trimmed)
        kinds = {trimmed, whole, COUNTED.sub("", whole).strip(EDGES)}
        written = {f"{kind}{end}" for kind in kinds for end in ("", ".", ")")}
        return (
            not WORD.search(part)
            or not self.texts.isdisjoint({part, *written})
            or any(CODE.fullmatch(kind) for kind in kinds)
        )


def _of_zones() -> set[str]:
    zones = available_timezones()
    return zones | {zone.replace("_", " ") for zone in zones}


def _of_calendars_and_languages() -> Iterator[str]:
    with translation.override("en"):
        for names in (dates.MONTHS, dates.MONTHS_3, dates.WEEKDAYS):
            yield from (str(name).capitalize() for name in names.values())
        for found in LANG_INFO.values():
            yield from (found[key] for key in ("name", "name_local") if key in found)
        yield from map(str, OTHERS.values())
        yield from (str(name) for _code, name in settings.LANGUAGES)


def _texts_of(model: type[Model]) -> Iterator[str]:
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
    ]
    for row in model._base_manager.values_list(*names) if names else ():
        for value in row:
            yield from _pieces_of(value)


def _pieces_of(value: object) -> Iterator[str]:
    """Give a text whole and by its lines; a page shows either."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from _pieces_of(each)
    elif value is not None:
        paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", str(value))]
        lines = [" ".join(line.split()) for line in str(value).splitlines()]
        found = {" ".join(str(value).split()), *paragraphs, *lines}
        # A sample's letter says so in brackets of its own.
        found |= {" ".join(BRACKETED.sub("", text).split()) for text in found}
        yield from (text for text in found if text and not INNER_CODE.fullmatch(text))

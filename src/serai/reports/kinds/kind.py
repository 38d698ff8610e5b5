"""What a report kind is: the form of the folders on this shelf."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from serai.base.access import Viewer
from serai.base.blocks import Document
from serai.base.text import TranslatedText

Facts = Mapping[str, object]
"""Plain JSON: what a run was made from, compared between runs, never read back."""


@dataclass(frozen=True)
class Offer:
    """A narrative block of a report, with the latest cleared text if there is one."""

    block: str
    title: str
    group: str
    text: TranslatedText = TranslatedText()
    author_id: int | None = None
    author_name: str = ""
    written_on: date | None = None
    is_sample: bool = False


@dataclass(frozen=True)
class Ask:
    """What a report is asked for.

    `viewer` is the audience's, so nothing its readers may not see can enter; `dated` is the
    day printed on the cover; `languages` are all in which it is made; `audit_head` names the end
    of the audit log at issue and is empty before.
    """

    viewer: Viewer
    as_of: date
    dated: date
    language: str
    audience: str
    narratives: Mapping[str, TranslatedText]
    meeting_id: int | None = None
    reference: str = ""
    sample: bool = False
    languages: tuple[str, ...] = ()
    audit_head: str = ""


@dataclass(frozen=True)
class Built:
    """A document and the facts behind it."""

    document: Document
    facts: Facts
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of report."""

    code: str
    title: str | Promise
    sentence: str | Promise
    offers: Callable[[Viewer, date, str], tuple[Offer, ...]]
    build: Callable[[Ask], Built]

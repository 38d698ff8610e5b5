"""A form filled in on trial: its rules live, nothing stored; the page carries what was typed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.core import signing
from django.utils.translation import get_language

from serai.base.access import ANONYMOUS, NotFound, Viewer
from serai.calc.xforms import CannotChange, EntryAt, Ref, open_form
from serai.surveys import access
from serai.surveys.access import Place
from serai.surveys.models import FormVersion, Response, Wave
from serai.surveys.queries.browser import logic_of
from serai.surveys.queries.changes import Missing, missing_in
from serai.surveys.queries.filling import Filling, Stands, env_of, normal, page_entry
from serai.surveys.queries.forms import Part, compiled, heading, parts_of
from serai.surveys.queries.sections import SectionPage, section_page
from serai.surveys.states import Source, VersionState, WaveState

TRIED_FOR = timedelta(days=30)
SALT = "serai.surveys.trying"
MOST_KEPT = 5_000
LONGEST = 20_000
NOBODY = "trial"


def try_token(version: FormVersion, now: datetime) -> str:
    """Return what opens a form for trial, for 30 days; no row is kept of it."""
    until = int((now + TRIED_FOR).timestamp())
    return signing.dumps([version.public_id, until], salt=SALT)


def version_to_try(token: str, now: datetime) -> FormVersion:
    """Return the version that a link lets anybody try.

    Raises:
        NotFound: the link is wrong, its time is over, or the version was put aside.
    """
    try:
        number, until = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound(token) from error
    rows = FormVersion.objects.select_related("survey__initiative")
    found = rows.exclude(state=VersionState.REFUSED).filter(public_id=number).first()
    if found is None or until <= now.timestamp() or not found.xform:
        raise NotFound(token)
    return found


@dataclass(frozen=True)
class TrialPage:
    """One page of the trial, to be gone to; `is_repeat` a head under which entries are added."""

    name: str
    label: str
    is_current: bool = False
    is_repeat: bool = False
    repeat_path: str = ""


class Trial:
    """One form that is being tried; it lives as long as its page is made."""

    def __init__(self, version: FormVersion, kept: str, now: datetime) -> None:
        wave = Wave(survey=version.survey, version=version, state=WaveState.OPEN.value)
        self.now = now
        self.response = Response(
            pk=0, version=version, wave=wave, holder_hash=NOBODY, language=get_language() or "en"
        )
        self.viewer: Viewer = access.with_held(ANONYMOUS, [access.holder_key(NOBODY)])
        form = compiled(version)
        answers, reasons, entries = _read(kept)
        known = {ref: text for ref, text in answers.items() if ref.path in form.by_path}
        state = open_form(
            form, known, entries, env_of(self.response, now), first=entries is None
        )  # fmt: skip
        heads = {
            ref: Stands(0, "", reason, None, Source.WEB, None) for ref, reason in reasons.items()
        }
        self.filling = Filling(0, 0, form, state, heads)

    def take(self, answers: Iterable[tuple[Ref, str, str]]) -> None:
        """Take over what was typed: (place, text, reason); what cannot be an answer is left out."""
        for ref, text, reason in answers:
            try:
                cell = self.filling.state.cell(ref)
                if cell.spec.is_group or cell.spec.control is None or cell.readonly:
                    continue
                value = normal(self.filling.form, ref.path, text[:LONGEST])
                self.filling.state.set(ref, value)
            except (CannotChange, KeyError):
                continue
            self.filling.heads.pop(ref, None)
            if reason and not value:
                self.filling.heads[ref] = Stands(0, "", reason, None, Source.WEB, None)

    def add(self, ref: Ref) -> str:
        """Add an entry to the repeat of a place; return its key, "" where the form fixes them."""
        key = uuid4().hex
        try:
            self.filling.state.add_entry(ref.path, ref.entry, key)
        except (CannotChange, KeyError):
            return ""
        return key

    def remove(self, key: str) -> None:
        """Take an entry out, where the form lets people."""
        try:
            self.filling.state.remove_entry(key)
        except (CannotChange, KeyError):
            return

    def kept(self) -> str:
        """Return all that was typed, as the page carries it on."""
        state = self.filling.state
        reasons = {ref: one.reason for ref, one in self.filling.heads.items() if one.reason}
        rows = [[*ref, text, ""] for ref, text in state.answers().items()]
        rows += [[*ref, "", reason] for ref, reason in reasons.items()]
        return json.dumps([rows, [list(one) for one in state.all_entries()]], ensure_ascii=False)

    def pages(self, current: str) -> list[TrialPage]:
        """Return the pages of the form; of a repeat its head, then its entries."""
        found = []
        for part in parts_of(self.filling.form):
            label = self.label(part)
            if not part.repeat_path:
                found.append(TrialPage(part.slug, label, part.slug == current))
                continue
            found.append(TrialPage("", label, is_repeat=True, repeat_path=part.repeat_path))
            for number, key in enumerate(self.filling.state.entries(part.repeat_path), 1):
                name = f"{part.slug}@{key}"
                found.append(TrialPage(name, f"{label} {number}", name == current))
        return found

    def label(self, part: Part) -> str:
        """Return the heading of a page."""
        return heading(self.filling.state, part)

    def page(self, name: str) -> SectionPage | None:
        """Return one page with its questions; None where there is none of the name."""
        if name not in {one.name for one in self.pages("") if one.name}:
            return None
        slug, _sep, entry = name.partition("@")
        here = Place(self.response, slug, entry)
        return section_page(self.viewer, here, self.now, self.filling)

    def logic(self, page: SectionPage) -> dict[str, object]:
        """Return what the browser needs to follow the rules of a page."""
        return logic_of(page)

    def missing(self) -> list[tuple[str, Missing]]:
        """Return what would keep it from being handed in, each with the page it stands on."""
        return [
            (f"{one.slug}@{one.entry}" if one.entry else one.slug, one)
            for one in missing_in(self.filling)
        ]

    def page_of_entry(self, key: str) -> str:
        """Return the page on which an entry is filled in; "" where it is inside another page."""
        for part in parts_of(self.filling.form):
            if part.repeat_path and page_entry(self.filling, key) in self.filling.state.entries(
                part.repeat_path
            ):
                return f"{part.slug}@{page_entry(self.filling, key)}"
        return ""


def _read(kept: str) -> tuple[dict[Ref, str], dict[Ref, str], list[EntryAt] | None]:
    """Read what a page carried; what is none begins anew."""
    try:
        rows, entries = json.loads(kept)
        answers = [
            (Ref(str(row[0]), str(row[1])), str(row[2])[:LONGEST], str(row[3])) for row in rows
        ]
        placed = [EntryAt(str(one[0]), str(one[1]), str(one[2])) for one in entries]
    except (ValueError, TypeError, IndexError, KeyError):
        return {}, {}, None
    if len(answers) + len(placed) > MOST_KEPT:
        return {}, {}, None
    return (
        {ref: text for ref, text, _reason in answers if text},
        {ref: reason for ref, _text, reason in answers if reason},
        placed,
    )

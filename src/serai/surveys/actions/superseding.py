"""What a corrected submission replaces: texts and entries of those before it that nobody touched."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from serai.calc.xforms import EntryAt, read_instance
from serai.surveys.actions.acts import take_step
from serai.surveys.models import Entry, Response, Submission
from serai.surveys.queries.filling import Stands
from serai.surveys.queries.forms import compiled
from serai.surveys.queries.set_aside import CARRIED
from serai.surveys.states import Source, SuggestionOrigin, SuggestionState


def text_name(instance_id: str, number: object) -> str:
    """Return the name under which one text of an instance is taken, now and again."""
    return hashlib.sha256(f"{instance_id} {number}".encode()).hexdigest()[:32]


def entry_key(instance_id: str, at: EntryAt) -> str:
    """Return the key under which one entry of an instance is added, now and again."""
    named = f"{instance_id} {at.repeat_path} {at.parent} {at.key}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def origin_of(client_id: str) -> int:
    """Return the answer from which a carried one comes; 0 where its name says none."""
    mark, _colon, rest = client_id.partition(":")
    origin = rest.partition(":")[0].partition(".")[2]
    return int(origin) if mark == CARRIED and origin else 0


class Earlier:
    """What the submissions that one corrects brought into its response."""

    def __init__(self, response: Response, found: Submission) -> None:
        self.response = response
        self.names: set[str] = set()
        self.keys: set[str] = set()
        self.answers: set[int] = set()
        chain = [one for one in _before(found) if one.xml]  # of what is erased nothing is known
        rows = list(response.entries.all()) if chain else []
        for one in chain:
            instance = read_instance(compiled(one.form_version), bytes(one.xml))
            for number in range(len(instance.answers)):
                self.names.add(text_name(one.instance_id, number))
                self.names.add(text_name(one.instance_id, f"{number} file"))
            self.keys |= {
                entry_key(one.instance_id, EntryAt(row.repeat_path, row.parent, at.key))
                for row in rows
                for at in instance.entries
                if at.repeat_path == row.repeat_path
            }
        if chain:
            came = response.answers.filter(source=Source.COLLECT).order_by()
            self.answers = {
                number for number, name in came.values_list("pk", "client_id") if name in self.names
            }
            self.answers |= self.carried_on()

    def carried_on(self) -> set[int]:
        """Return the rows by which a later version of the form took these answers along."""
        found: set[int] = set()
        rows = self.response.answers.filter(source=Source.MIGRATION).order_by("pk")
        for number, name in rows.values_list("pk", "client_id"):
            origin = origin_of(name)
            if origin in self.answers or origin in found:
                found.add(number)
        return found

    def wrote(self, stands: Stands) -> bool:
        """Tell whether an answer stands as an earlier submission brought it."""
        return stands.answer_id in self.answers

    def entries_without(self, kept: set[str]) -> list[Entry]:
        """Return the entries that were brought, and that the correction has no more."""
        if not self.keys:
            return []
        rows = self.response.entries.filter(is_removed=False)
        return [
            row
            for row in rows
            if row.key in self.keys and row.key not in kept and (row.parent or "") in kept
        ]

    def close_texts(self, now: datetime) -> None:
        """Take back the texts that still wait beside answers: the correction says them anew."""
        if not self.names:
            return
        waiting = self.response.suggestions.filter(
            state=SuggestionState.OPEN, origin=SuggestionOrigin.COLLECT
        )
        for one in waiting:
            if one.client_id in self.names:
                take_step(one, SuggestionState.DECLINED, closed_at=now)


def _before(found: Submission) -> Iterator[Submission]:
    """Yield what a submission corrects, and what that corrected; each once."""
    seen = {found.instance_id}
    wanted = found.deprecated_id
    while wanted and wanted not in seen:
        seen.add(wanted)
        one = Submission.objects.select_related("form_version").filter(instance_id=wanted).first()
        if one is None:
            return
        yield one
        wanted = one.deprecated_id

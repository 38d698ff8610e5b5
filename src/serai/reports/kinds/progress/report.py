"""The progress report: three numbered initiatives, their requests, and annexes."""

from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from serai.base.access import Viewer
from serai.base.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    ColumnKind,
    Contents,
    Document,
    Footnote,
    Foreign,
    Heading,
    Inline,
    KeyFigure,
    KeyFigures,
    List,
    ListItem,
    Number,
    Paragraph,
    Row,
    Table,
    Text,
    cell,
    paragraph,
    words,
)
from serai.base.text import TranslatedText, markdown_blocks
from serai.calc.schedule import Status
from serai.members import queries as members
from serai.programme.queries import (
    InitiativeReport,
    MeetingRow,
    ProgrammeReport,
    RequestRow,
    initiative_report,
    meetings,
)
from serai.programme.states import NotePart
from serai.reports.kinds.kind import Ask, Built, Kind, Offer
from serai.reports.kinds.progress import words as say
from serai.reports.kinds.progress.about import about
from serai.reports.kinds.progress.annex import annexes
from serai.reports.kinds.progress.facts import (
    PARTS,
    STATUSES,
    as_json,
    has_annex,
    has_sample,
    with_status,
)


def offers(viewer: Viewer, as_of: date, language: str) -> tuple[Offer, ...]:
    """Return the narrative blocks with the latest cleared notes; next steps only if written."""
    with translation.override(language):
        found = []
        for chapter in initiative_report(viewer, as_of).initiatives:
            for part in PARTS:
                note = chapter.notes.get(part)
                if note is None and part is NotePart.NEXT_STEPS:
                    continue
                found.append(
                    Offer(
                        block=f"{chapter.code}/{part}",
                        title=part_title(part),
                        group=chapter.name.pick(language)[0],
                        text=note.text if note else TranslatedText(),
                        author_id=note.author_id if note else None,
                        author_name=note.author if note else "",
                        written_on=note.written_on if note else None,
                        is_sample=note.sample if note else False,
                    )
                )
        return tuple(found)


def part_title(part: NotePart) -> str:
    """Return the heading of a part."""
    return {
        NotePart.OBJECTIVE: _("Objective"),
        NotePart.APPROACH: _("Approach"),
        NotePart.CURRENT_STATUS: _("Current status"),
        NotePart.NEXT_STEPS: _("Next steps"),
    }[part]


def build(ask: Ask) -> Built:
    """Build the report in one language from the facts its readers may see."""
    with translation.override(ask.language):
        progress = initiative_report(ask.viewer, ask.as_of)
        narratives = {key: text for key, text in ask.narratives.items() if str(text)}
        writer = _Writer(ask, progress)
        blocks: list[Block] = [Contents(depth=2)]
        if progress.initiatives:
            blocks += [*writer.introduction(), *writer.chapters(), *annexes(ask, progress)]
        else:
            sentence = _(
                "Nothing that these readers may see was recorded by %(day)s. Choose a later day, or let them read an initiative."
            )
            blocks = [paragraph(sentence % {"day": say.day(ask.as_of)})]
        blocks += about(ask, progress)
        document = Document(
            title=_("%(programme)s digital initiatives: progress report")
            % {"programme": progress.programme.short_name.pick(ask.language)[0]},
            subtitle=writer.subtitle(),
            language=ask.language,
            date=ask.dated,
            audience=say.audience(ask.audience),
            blocks=tuple(blocks),
            publisher=progress.programme.name.pick(ask.language)[0],
            reference=ask.reference,
            sample=ask.sample or has_sample(progress, writer.meeting),
        )
    return Built(document, as_json(progress, narratives), tuple(writer.warnings))


class _Writer:
    """Writes the parts, remembering what has to be told to the editor."""

    def __init__(self, ask: Ask, progress: ProgrammeReport) -> None:
        self.ask, self.progress = ask, progress
        self.language = ask.language
        self.warnings: list[str] = []
        self.member_count = len(members.members(ask.viewer, on=ask.as_of))

    def subtitle(self) -> str:
        """Return the meeting and the day, or the day alone."""
        day = _("As of %(day)s") % {"day": say.day(self.progress.as_of)}
        meeting = self.meeting
        return f"{meeting.title.pick(self.language)[0]}\n{day}" if meeting else day

    @cached_property
    def meeting(self) -> MeetingRow | None:
        """Return the meeting the report is made for, if its readers may know of it."""
        if self.ask.meeting_id is None:
            return None
        known = {row.id: row for row in meetings(self.ask.viewer)}
        return known.get(self.ask.meeting_id)

    def introduction(self) -> list[Block]:
        """Say what the report covers, with all milestones by status."""
        chapters = self.progress.initiatives
        sentence = ngettext(
            "%(programme)s works on %(n)s digital initiative.",
            "%(programme)s works on %(n)s digital initiatives.",
            len(chapters),
        ) % {
            "programme": self.progress.programme.name.pick(self.language)[0],
            "n": len(chapters),
        }
        children: tuple[Inline, ...] = (Text(sentence),)
        number = self.progress.programme.technical_assistance_number
        if number:
            title = self.progress.programme.technical_assistance.pick(self.language)[0]
            note = _("These initiatives are supported by %(number)s: %(title)s.")
            children += (Footnote(words(note % {"number": number, "title": title})),)
        as_of = _("This report shows where they stand as of %(day)s.")
        children += (Text(" " + as_of % {"day": say.day(self.progress.as_of)}),)
        blocks: list[Block] = [
            Heading(1, words(_("Where the initiatives stand")), key="summary"),
            Paragraph(children),
        ]
        if any(chapter.milestones for chapter in chapters):
            blocks += [self._figures(), self._summary()]
        return blocks

    def _figures(self) -> Block:
        """Return done, overdue, due and all as key figures."""

        def total(*statuses: Status) -> int:
            return sum(self.progress.counts[status] for status in statuses)

        shown = (
            (total(*STATUSES), _("milestones")),
            (total(Status.DONE), _("done")),
            (total(Status.OVERDUE), _("overdue")),
            (total(Status.DUE, Status.DUE_SOON), _("due now or within 30 days")),
        )
        return KeyFigures(tuple(KeyFigure(Number(Decimal(n)), label) for n, label in shown))

    def _summary(self) -> Block:
        """Return the table of initiatives by status."""
        chapters = [chapter for chapter in self.progress.initiatives if chapter.milestones]
        counts = [chapter.counts for chapter in chapters]
        shown = [s for s in STATUSES if any(count[s] for count in counts)]
        rows = [
            Row((cell(chapter.name.pick(self.language)[0]), *(_count(count[s]) for s in shown)))
            for chapter, count in zip(chapters, counts, strict=True)
        ]
        if len(rows) > 1:
            totals = (_count(self.progress.counts[s]) for s in shown)
            rows.append(Row((cell(_("All")), *totals), is_total=True))
        return Table(
            caption=words(
                _("Milestones by status as of %(day)s") % {"day": say.day(self.ask.as_of)}
            ),
            columns=(
                Column(words(_("Initiative")), weight=2),
                *(Column(words(say.status_title(s)), ColumnKind.NUMBER) for s in shown),
            ),
            rows=tuple(rows),
            key="milestones-by-status",
        )

    def chapters(self) -> list[Block]:
        """Write one numbered chapter an initiative."""
        blocks: list[Block] = []
        annex = 0
        for number, chapter in enumerate(self.progress.initiatives, 1):
            annex += has_annex(chapter)
            blocks += self._chapter(number, chapter, annex if has_annex(chapter) else 0)
        return blocks

    def _chapter(self, number: int, chapter: InitiativeReport, annex: int) -> list[Block]:
        row = chapter.row
        name, purpose = row.name.pick(self.language)[0], row.purpose.pick(self.language)[0]
        blocks: list[Block] = [Heading(1, words(name), key=row.code, number=str(number))]
        if purpose:
            blocks.append(paragraph(f"{purpose}."))
        steps = self.ask.narratives.get(f"{row.code}/{NotePart.NEXT_STEPS}")
        parts = [NotePart.OBJECTIVE, NotePart.APPROACH, NotePart.CURRENT_STATUS]
        parts += [NotePart.NEXT_STEPS] if steps and str(steps) else []
        place = 0
        for place, part in enumerate(parts, 1):
            title = words(part_title(part))
            blocks.append(Heading(2, title, key=f"{row.code}-{part}", number=f"{number}.{place}"))
            blocks += self._narrative(f"{row.code}/{part}")
            if part is NotePart.CURRENT_STATUS:
                blocks += self._status(chapter, annex)
        blocks.append(
            Heading(
                2,
                words(_("Requests to members")),
                key=f"{row.code}-requests",
                number=f"{number}.{place + 1}",
            )
        )
        blocks += self._requests(row.open_requests)
        return blocks

    def _narrative(self, block: str) -> list[Block]:
        """Write a narrative block; a fallback keeps its own language, an empty one says so."""
        text = self.ask.narratives.get(block, TranslatedText())
        said, language = text.pick(self.language)
        if not said:
            self.warnings.append(_("%(block)s has no text yet.") % {"block": block})
            return [paragraph(_("Not written yet."))]
        blocks, dropped = markdown_blocks(said)
        left_out = _("Left out of %(block)s: %(what)s.")
        self.warnings += [left_out % {"block": block, "what": what} for what in dropped]
        return list(blocks if language == self.language else marked_as(blocks, language))

    def _status(self, chapter: InitiativeReport, annex: int) -> list[Block]:
        """Write what the records say: done, overdue, next; or that no dates are set."""
        known = _counted(chapter, annex)
        studies = [name.pick(self.language)[0] for name in chapter.row.national_studies]
        if studies:
            named = _("National studies are being made for: %(names)s.")
            known += " " + named % {"names": ", ".join(studies)}
        blocks: list[Block] = [paragraph(known)]
        late = [say.late_sentence(m) for m in chapter.row.late]
        if late:
            blocks += [Heading(3, words(_("Past their latest date"))), _bullets(late)]
        coming = with_status(chapter, Status.DUE, Status.DUE_SOON)
        if coming:
            sentences = [say.next_sentence(m) for m in coming]
            blocks += [Heading(3, words(_("Due now or within 30 days"))), _bullets(sentences)]
        return blocks

    def _requests(self, rows: tuple[RequestRow, ...]) -> list[Block]:
        if not rows:
            return [paragraph(_("Nothing is asked of members now."))]
        blocks: list[Block] = []
        for row in rows:
            text = row.text.pick(self.language)[0]
            due = row.due_words.pick(self.language)[0] or (
                say.day(row.due_on) if row.due_on else ""
            )
            sentence = say.waiting_sentence(row, self.member_count)
            if due:
                sentence += " " + _("Answers are expected: %(due)s.") % {"due": due}
            blocks.append(Callout("", (paragraph(text), paragraph(sentence))))
        return blocks


def _counted(chapter: InitiativeReport, annex: int) -> str:
    """Say how many milestones are done and where all stand; or that no dates are set."""
    if not chapter.has_dates:
        sentence = _("No dates are set.")
    else:
        count = len(chapter.milestones)
        sentence = ngettext(
            "%(done)s of %(n)s milestone is done.", "%(done)s of %(n)s milestones are done.", count
        ) % {"done": len(with_status(chapter, Status.DONE)), "n": count}
    if annex:
        joined = _annexed(chapter) % {"n": annex}
        sentence += " " + joined.replace(f" {annex}", f"\u00a0{annex}")
    return sentence


def _annexed(chapter: InitiativeReport) -> str:
    """Say what stands in the annex."""
    if chapter.outline is None:
        return _("The timeline and all milestones stand in Annex %(n)s.")
    if not chapter.milestones:
        return _("The draft outline stands in Annex %(n)s.")
    return _("The timeline, all milestones and the draft outline stand in Annex %(n)s.")


def _bullets(sentences: list[str]) -> Block:
    return List(tuple(ListItem((paragraph(sentence),)) for sentence in sentences))


def _count(value: int) -> Cell:
    return Cell((Number(Decimal(value)),))


def marked_as(blocks: tuple[Block, ...], language: str) -> tuple[Block, ...]:
    """Return blocks whose paragraphs say that they are in another language."""
    return tuple(_marked(block, language) for block in blocks)


def _marked(block: Block, language: str) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph((Foreign(block.children, language),))
    if isinstance(block, List):
        items = (ListItem(marked_as(item.blocks, language)) for item in block.items)
        return List(tuple(items), block.is_ordered, block.start)
    return block


PROGRESS = Kind(
    code="progress",
    title=gettext_lazy("Progress report"),
    sentence=gettext_lazy(
        "Objective, approach, current status and requests of each initiative, with its milestones."
    ),
    offers=offers,
    build=build,
)

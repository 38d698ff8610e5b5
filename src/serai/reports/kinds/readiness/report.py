"""The assessment report on readiness: five chapters, a page for each office, annexes."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serai.base.access import Viewer
from serai.base.blocks import Block, Contents, Document
from serai.members.states import Audience
from serai.programme.queries import ProgrammeReport, initiative_report
from serai.programme.states import NotePart
from serai.readiness.queries.report import readiness_report
from serai.readiness.queries.reported import Whose, edition_choices
from serai.readiness.states import Edition
from serai.reports.kinds.kind import Ask, Built, CannotBuild, Kind, Offer
from serai.reports.kinds.progress import words as progress_words
from serai.reports.kinds.progress.about import about
from serai.reports.kinds.readiness.advice import recommendations, security
from serai.reports.kinds.readiness.agency import agencies
from serai.reports.kinds.readiness.annexes import before_after, sources, training, unknown
from serai.reports.kinds.readiness.budget import budget
from serai.reports.kinds.readiness.chapters import framework, purpose
from serai.reports.kinds.readiness.closing import closing
from serai.reports.kinds.readiness.each_advice import each_advice
from serai.reports.kinds.readiness.facts import as_json
from serai.reports.kinds.readiness.heat import heat
from serai.reports.kinds.readiness.let_out import let_out
from serai.reports.kinds.readiness.pen import Pen
from serai.reports.kinds.readiness.traces import Trace, check

INITIATIVE = "virtual-carec"
BLOCKS = ("objective", "framework", "recommendations", "security", "conclusion")
EDITIONS = {
    Audience.ORGANISATION: Edition.AGENCY,
    Audience.COUNTRY: Edition.COUNTRY,
    Audience.SECRETARIAT: Edition.SECRETARIAT,
    Audience.MEMBERS: Edition.RELEASED,
    Audience.PUBLIC: Edition.PUBLIC,
}
Annex = Callable[[Pen, str], list[Block]]
ANNEXES: tuple[Annex, ...] = (
    agencies, each_advice, heat, budget, unknown, training, before_after, sources,
)  # fmt: skip
OTHERS: Mapping[Edition, tuple[Annex, ...]] = {
    Edition.RELEASED: (let_out, heat, budget, sources),
    Edition.PUBLIC: (let_out, sources),
}
"""Annexes of what was let out; an edition leaves out what it never tells."""


def offers(viewer: Viewer, as_of: date, language: str) -> tuple[Offer, ...]:
    """Return the narrative blocks; the initiative's latest objective is offered for the first."""
    with translation.override(language):
        found = initiative_report(viewer, as_of).initiatives
        own = next((one for one in found if one.code == INITIATIVE), None)
        note = own.notes.get(NotePart.OBJECTIVE) if own else None
        group = _("Assessment report")
        titles = _titles()
        first = Offer(block="objective", title=titles["objective"], group=group)
        if note is not None:
            first = Offer(
                block="objective", title=titles["objective"], group=group, text=note.text,
                author_id=note.author_id, author_name=note.author, written_on=note.written_on,
                is_sample=note.sample,
            )  # fmt: skip
        others = (Offer(block=one, title=titles[one], group=group) for one in BLOCKS[1:])
        return (first, *others)


def _titles() -> dict[str, str]:
    return {
        "objective": _("Objective and purpose"),
        "framework": _("Evaluation framework"),
        "recommendations": _("Recommendations"),
        "security": _("Data security and risks"),
        "conclusion": _("Conclusion"),
    }


def editions(viewer: Viewer, language: str) -> tuple[tuple[str, str], ...]:
    """Return the countries and agencies that editions can be made for."""
    with translation.override(language):
        return edition_choices(viewer)


def whose_results(audience: str, scope: Mapping[str, str]) -> Whose:
    """Say whose results an edition shows.

    Raises:
        CannotBuild: if an edition for one country or agency does not say which.
    """
    edition = EDITIONS[Audience(audience)]
    if edition is Edition.AGENCY:
        if not scope.get("organisation", "").isdigit():
            raise CannotBuild(_("Say for which agency this edition is made."))
        return Whose(edition, organisation_id=int(scope["organisation"]))
    if edition is Edition.COUNTRY:
        if not scope.get("country"):
            raise CannotBuild(_("Say for which country this edition is made."))
        return Whose(edition, iso3=scope["country"])
    return Whose(edition)


def build(ask: Ask) -> Built:
    """Build one edition in one language.

    Raises:
        UntracedNumber: if a number of it comes from nowhere.
        CannotBuild: if it does not say whose edition it is.
    """
    with translation.override(ask.language):
        whose = whose_results(ask.audience, ask.scope)
        progress = initiative_report(ask.viewer, ask.as_of)
        pen = Pen(ask, readiness_report(ask.viewer, ask.as_of, whose))
        blocks: list[Block] = [Contents(depth=2), *purpose(pen), *framework(pen)]
        blocks += [*recommendations(pen), *security(pen), *closing(pen)]
        for place, annex in enumerate(OTHERS.get(whose.edition, ANNEXES), 1):
            blocks += annex(pen, _("Annex %(n)s") % {"n": place})
        blocks += _about(pen, progress)
        document = _document(pen, progress, blocks)
        check(document, pen.book)
    return Built(document, as_json(pen.report, pen.book), tuple(dict.fromkeys(pen.warnings)))


def _about(pen: Pen, progress: ProgrammeReport) -> list[Block]:
    found = about(pen.ask, progress)
    return list(pen.book.blocks(found, "about", Trace("name")))


def _document(pen: Pen, progress: ProgrammeReport, blocks: list[Block]) -> Document:
    ask, row = pen.ask, progress.programme
    named = row.short_name.pick(ask.language)[0]
    title = _("%(programme)s virtual assessment report") % {"programme": named}
    as_of = _("As of %(day)s") % {"day": pen.days()}
    subtitle = "\n".join(one for one in (_of(pen), as_of) if one)
    return Document(
        title=pen.name(title), subtitle=pen.book.whole("cover/subtitle", subtitle, Trace("day")),
        language=ask.language, date=ask.dated,
        audience=pen.name(progress_words.audience(ask.audience)), blocks=tuple(blocks),
        publisher=pen.name(row.name.pick(ask.language)[0]), reference=pen.name(ask.reference),
        sample=ask.sample or pen.report.sample,
    )  # fmt: skip


def _of(pen: Pen) -> str:
    """Name the agency or country of an edition, as far as it has offices."""
    whose, pages = pen.report.whose, pen.report.agencies
    if not pages:
        return ""
    names = {Edition.AGENCY: pages[0].organisation, Edition.COUNTRY: pages[0].country}
    return names.get(whose.edition, "")


READINESS = Kind(
    code="readiness",
    title=gettext_lazy("Assessment report on virtual events"),
    sentence=gettext_lazy(
        "Framework, recommendations, security and risks, with a page for each office: for one "
        "agency, one country, the secretariat, or as far as results were let out."
    ),
    offers=offers,
    build=build,
    editions=editions,
)

"""What to look at before a run is cleared: stale or missing text, languages, signs without font."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from serai.base.fonts.coverage import missing_glyphs
from serai.reports import access
from serai.reports.actions.documents import build
from serai.reports.kinds import KINDS
from serai.reports.kinds.kind import Offer
from serai.reports.models import Narrative, Run
from serai.reports.queries import narrative_texts
from serai.reports.states import STALE_DAYS


@dataclass(frozen=True)
class Finding:
    """Something to know before a report is cleared; `is_blocking` stops the issue."""

    sentence: str
    block: str = ""
    is_blocking: bool = False


def findings(run: Run, *, today: date) -> list[Finding]:
    """Return what to look at, in the reader's language; the last ones stop the issue."""
    texts = narrative_texts(run)
    viewer = access.audience_viewer(run.audience)
    found: list[Finding] = []
    language = get_language() or run.languages[0]
    for offer in KINDS[run.kind].offers(viewer, run.as_of, language):
        found += _of_text(run, offer, texts.get(offer.block))
    for language in run.languages:
        found += _of_signs(run, language, today)
    return found


def _of_text(run: Run, offer: Offer, narrative: Narrative | None) -> Iterator[Finding]:
    """Yield what is to be said of one narrative block."""
    title = f"{offer.group}: {offer.title}"
    if narrative is None or not str(narrative.text):
        yield Finding(_("%(block)s has no text yet.") % {"block": title}, offer.block)
        return
    age = (run.as_of - narrative.written_on).days
    if age > STALE_DAYS:
        sentence = ngettext(
            "%(block)s was written %(days)s day before the report's day. Is it still true?",
            "%(block)s was written %(days)s days before the report's day. Is it still true?",
            age,
        )
        yield Finding(sentence % {"block": title, "days": age}, offer.block)
    names = dict(settings.LANGUAGES)
    for language in run.languages:
        if narrative.text.is_fallback(language):
            sentence = _("%(block)s is not written in %(language)s; the report will say so.")
            values = {"block": title, "language": names.get(language, language)}
            yield Finding(sentence % values, offer.block)
        if narrative.text.state(language) == "behind":
            sentence = _(
                "%(block)s was changed in another language and left as it was in %(language)s. "
                "Bring it up to date, or save it as it stands if it still says the same."
            )
            values = {"block": title, "language": names.get(language, language)}
            yield Finding(sentence % values, offer.block)


def _of_signs(run: Run, language: str, today: date) -> Iterator[Finding]:
    """Yield each sign that would be printed as an empty box."""
    document = build(run, language=language, dated=today).document
    sentence = _("No font has the sign %(sign)s in %(place)s. Replace it.")
    for missing in missing_glyphs(document, tuple(settings.FONT_DIRS)):
        yield Finding(sentence % {"sign": missing.code, "place": missing.where}, is_blocking=True)

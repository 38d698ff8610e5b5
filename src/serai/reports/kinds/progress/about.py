"""The colophon: what the report was built from, for whom, and how a copy is verified."""

from django.conf import settings
from django.utils.translation import gettext as _

from serai.base.blocks import Block, Heading, paragraph, words
from serai.base.zones import city
from serai.programme.queries import ProgrammeReport
from serai.reports.kinds.kind import Ask
from serai.reports.kinds.progress import words as say


def about(ask: Ask, progress: ProgrammeReport) -> list[Block]:
    """Write the last part of the report."""
    names = dict(settings.LANGUAGES)
    spoken = ", ".join(names.get(code, code) for code in ask.languages or (ask.language,))
    day = _("Its facts are those the programme knew at the end of %(day)s (%(zone)s).")
    readers = _(
        "It is built with its readers' rights: %(readers)s. What they may not see is left out."
    )
    made = _("Made in: %(languages)s.")
    sentences = (
        day % {"day": say.day(ask.as_of), "zone": city(progress.programme.time_zone)},
        readers % {"readers": say.audience(ask.audience).lower()},
        made % {"languages": spoken},
    )
    blocks: list[Block] = [
        Heading(1, words(_("About this report")), key="about"),
        paragraph(" ".join(sentences)),
    ]
    if ask.audit_head:
        verified = _(
            "A copy can be verified in the library of reports, which tells whether a single sign "
            "was changed."
        )
        sealed = _(
            "The seal of the programme's log of changes when this report was issued is %(head)s. "
            "With it one can show later that no earlier entry of the log was altered."
        )
        blocks += [paragraph(verified), paragraph(sealed % {"head": ask.audit_head})]
    return blocks

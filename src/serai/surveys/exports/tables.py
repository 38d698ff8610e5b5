"""Surveys, waves, who is asked, and the board as tables."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from serai.base.shown import Linked, Mark
from serai.base.tables import Column, Table
from serai.base.text import TranslatedText
from serai.surveys.queries import Board, InvitationRow, SurveyRow
from serai.surveys.queries.waves import WaveRow
from serai.surveys.states import HANDED
from serai.surveys.states.words import invitation_mark, state_mark, word


def said(text: TranslatedText) -> str:
    """Write a text plainly in the page's language."""
    return text.pick(get_language() or "en")[0]


def _of(count: int, asked: int) -> str:
    """Write "3 of 11"; nothing where nobody is asked."""
    return _("%(n)d of %(all)d") % {"n": count, "all": asked} if asked else ""


def surveys_table(rows: Sequence[SurveyRow]) -> Table:
    """Return the surveys as their page lists them."""
    columns = (
        Column("title", _("Survey")),
        Column("kind", _("Kind")),
        Column("initiative", _("Initiative")),
        Column("state", _("State"), "state"),
        Column("waves", _("Waves"), "number"),
        Column("due", _("Latest due day"), "day"),
        Column("answers", _("Answers in")),
        Column("percent", _("Share"), "percent"),
    )
    shown = [
        (
            Linked(
                said(row.title), reverse("surveys:survey", args=[row.public_id]),
                is_sample=row.sample,
            ),
            word(row.kind), said(row.initiative) or _("Whole programme"), state_mark(row.state),
            row.wave_count, row.due_on or "", _of(row.answered_count, row.asked_count),
            row.answered_percent if row.answered_percent is not None else "",
        )
        for row in rows
    ]  # fmt: skip
    return Table(_("Surveys"), columns, shown)


def waves_table(rows: Sequence[WaveRow]) -> Table:
    """Return a survey's waves."""
    columns = (
        Column("title", _("Wave")),
        Column("version", _("Version")),
        Column("opens", _("Opens"), "day"),
        Column("due", _("Due"), "day"),
        Column("state", _("State"), "state"),
        Column("answers", _("Answers in")),
    )
    shown = [
        (
            Linked(
                said(row.title), reverse("surveys:wave", args=[row.public_id]),
                is_sample=row.sample,
            ),
            row.version, row.opens_on, row.due_on, state_mark(row.state),
            _of(row.answered_count, row.asked_count),
        )
        for row in rows
    ]  # fmt: skip
    return Table(_("Waves"), columns, shown)


def invitations_table(rows: Sequence[InvitationRow]) -> Table:
    """Return who is asked in a wave."""
    languages = {code: str(name) for code, name in settings.LANGUAGES}
    columns = (
        Column("place", _("Who is asked")),
        Column("country", _("Member")),
        Column("lead", _("Who answers")),
        Column("signer", _("Who signs")),
        Column("language", _("Language")),
        Column("due", _("Due"), "day"),
        Column("state", _("Invitation"), "state"),
        Column("answer", _("Answer"), "state"),
    )
    shown = [
        (
            Linked(
                row.place, reverse("surveys:invitation", args=[row.public_id]),
                is_sample=row.sample,
            ),
            row.country, row.lead or _nobody(row), row.signer, languages.get(row.language, row.language),
            row.due_on, invitation_mark(row.state, is_begun=row.response_state is not None),
            state_mark(row.response_state) if row.response_state else "",
        )
        for row in rows
    ]  # fmt: skip
    return Table(_("Who is asked"), columns, shown)


def _nobody(row: InvitationRow) -> Mark | str:
    """Say that nobody is named to answer, as long as an answer waits for somebody."""
    return "–" if row.response_state in HANDED else Mark("wrong", _("Nobody yet"))


def board_table(board: Board) -> Table:
    """Return the board: a row each body, a column each section."""
    columns = [
        Column("country", _("Member")),
        Column("place", _("Who is asked")),
        Column("lead", _("Who answers")),
        Column("due", _("Due"), "day"),
        Column("invitation", _("Invitation"), "state"),
        Column("state", _("Answer"), "state"),
        Column("percent", pgettext("share", "Answered"), "percent"),
        Column("requests", _("Asked back"), "number"),
    ]
    columns += [Column(f"s{n}", title) for n, title in enumerate(board.sections)]
    shown = [
        (
            row.country, row.place, row.lead, row.due_on,
            invitation_mark(row.invitation_state, is_begun=row.is_opened),
            state_mark(row.state) if row.state else "",
            row.percent if row.percent is not None else "", row.open_requests,
            *(state_mark(mark).word if mark else "" for mark in row.marks),
        )
        for row in board.rows
    ]  # fmt: skip
    return Table(_("Board"), columns, shown, sample=any(row.sample for row in board.rows))

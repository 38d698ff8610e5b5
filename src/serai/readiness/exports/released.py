"""What was let out, releases and readings as tables: the same on pages and in files."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from serai.base.shown import Linked
from serai.base.tables import Column, Table
from serai.base.text import TranslatedText
from serai.readiness.exports.offices import fact_name, number_words
from serai.readiness.exports.plans import plan_name
from serai.readiness.queries.released import NotMet, ReleasedPlan, ReleasedResults, ReleasedRow
from serai.readiness.queries.releases import ReadingRow, ReleaseRow
from serai.readiness.states import release_words
from serai.readiness.states import result_words as words
from serai.readiness.states.plan_words import event_word


def said(text: TranslatedText) -> str:
    """Write a text in the page's language."""
    return text.pick(get_language() or "en")[0]


def releases_table(rows: Sequence[ReleaseRow]) -> Table:
    """Return releases, one a row."""
    return Table(
        title=_("Releases"),
        columns=(
            Column("what", pgettext("release", "What"), "link"),
            Column("country", _("Country")),
            Column("audience", _("For whom")),
            Column("state", _("State"), "state"),
            Column("asked_by", _("Asked by")),
            Column("moved_at", _("Since"), "moment"),
        ),
        rows=[
            [
                Linked(what_of(row), reverse("readiness:release", args=[row.public_id]), row.sample),
                said(row.country),
                str(release_words.AUDIENCES[row.audience]),
                release_words.release_mark(row.state),
                row.asked_by or None,
                row.moved_at,
            ]
            for row in rows
        ],
    )  # fmt: skip


def what_of(row: ReleaseRow) -> str:
    """Name what a release is of."""
    if row.planned_at is None:
        return row.office
    return plan_name(row.planned_at)


def released_table(rows: Sequence[ReleasedRow]) -> Table:
    """Return what was let out: offices, and countries' lines of plans."""
    return Table(
        title=_("Results let out"),
        columns=(
            Column("country", _("Country")),
            Column("organisation", _("Organisation")),
            Column("office", pgettext("place", "Office"), "link"),
            Column("attends", _("Attends up to")),
            Column("hosts", _("Hosts up to")),
            Column("as_of", _("As of"), "day"),
        ),
        rows=[
            [
                said(row.country),
                said(row.organisation) or None,
                Linked(
                    row.office or _("Lines of a plan"),
                    reverse("readiness:released_one", args=[row.public_id]), row.sample,
                ),
                (row.attends or _("none")) if row.office else None,
                (row.hosts or _("none")) if row.office else None,
                row.as_of,
            ]
            for row in rows
        ],
    )  # fmt: skip


def results_table(shown: ReleasedResults) -> Table:
    """Return an office's results as one audience reads them: the whole page as rows."""
    rows: list[list[object]] = []
    if shown.has_scores:
        score = None if shown.score is None else round(shown.score)
        rows.append([_("Score"), _("All dimensions"), _number(score), _interval(shown)])
        rows += [
            [
                _("Score"), name, _number(None if one.value is None else round(one.value)),
                _("%(low)s to %(high)s") % {"low": round(one.low), "high": round(one.high)},
            ]
            for name, one in shown.dimensions
        ]  # fmt: skip
    for rung in shown.rungs:
        name = f"{rung.event}. {rung.name}"
        rows.append([_("Attend an event"), name, str(words.STATUS[rung.attend][1]), None])
        rows.append([_("Host an event"), name, str(words.STATUS[rung.host][1]), None])
    rows += [_not_met(one) for one in shown.not_met]
    return Table(
        title=shown.office,
        columns=(
            Column("part", _("Part")),
            Column("item", pgettext("release", "What")),
            Column("value", _("Result")),
            Column("interval", _("Between")),
        ),
        rows=rows,
        sample=shown.sample,
        note=_("%(office)s, %(organisation)s, as of %(day)s") % {
            "office": shown.office, "organisation": said(shown.organisation),
            "day": shown.as_of.isoformat(),
        },
    )  # fmt: skip


def _number(value: int | None) -> str:
    return _("too little known") if value is None else str(value)


def _interval(shown: ReleasedResults) -> str | None:
    if shown.low is None or shown.high is None:
        return None
    return _("%(low)s to %(high)s") % {"low": round(shown.low), "high": round(shown.high)}


def _not_met(one: NotMet) -> list[object]:
    part = (
        _("Asked by the next event as host")
        if one.is_host
        else _("Asked by the next event as guest")
    )
    state = _("not known") if one.is_missing else _("not met")
    return [part, f"{one.event}. {not_met_words(one)}", state, None]


def not_met_words(one: NotMet) -> str:
    """Say what is asked; what is there stays with the agency."""
    need = one.need_words or number_words(one.need, one.unit) or ""
    return _("%(fact)s: %(need)s asked") % {"fact": fact_name(one.fact, one.label), "need": need}


def released_plan_table(shown: ReleasedPlan) -> Table:
    """Return a country's lines of a plan."""
    return Table(
        title=_("Lines of a plan: %(country)s") % {"country": said(shown.country)},
        columns=(
            Column("office", pgettext("place", "Office")),
            Column("package", pgettext("release", "What")),
            Column("cost", _("Cost, %(currency)s") % {"currency": shown.currency}, "number"),
        ),
        rows=[[one.office or _("all offices"), said(one.package), one.cost] for one in shown.lines],
        sample=shown.sample,
    )


def hosts_table(shown: ReleasedPlan) -> Table:
    """Return what each office of a plan hosts today and then."""
    return Table(
        title=_("Events that offices host"),
        columns=(
            Column("office", pgettext("place", "Office")),
            Column("today", _("Hosts today")),
            Column("planned", _("Hosts with the plan")),
        ),
        rows=[[name, event_word(today), event_word(then)] for name, today, then in shown.offices],
        sample=shown.sample,
    )


def readings_table(rows: Sequence[ReadingRow], *, sample: bool) -> Table:
    """Return who read an office's results: a row for each reader, day and way."""
    return Table(
        title=_("Who read these results"),
        columns=(
            Column("reader", _("Who")),
            Column("first_at", _("First on that day"), "moment"),
            Column("way", _("In which way")),
        ),
        rows=[
            [row.name or _("A closed account"), row.first_at, str(release_words.WAYS[row.way])]
            for row in rows
        ],
        sample=sample,
    )

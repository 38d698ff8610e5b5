"""One edition as tables: criteria with thresholds, the ladder, packages with prices."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from serai.base.numbers import plain_number
from serai.base.shown import Linked
from serai.base.tables import Column, Table
from serai.base.text import TranslatedText
from serai.calc.network.platforms import Platform, names
from serai.calc.readiness.editing import Fields, rows_of
from serai.readiness.exports.offices import fact_name
from serai.readiness.queries.frameworks import EditionRow
from serai.readiness.queries.ladders import LadderRow
from serai.readiness.queries.preview import Preview
from serai.readiness.queries.prices import PriceRow
from serai.readiness.states import edition_words as words
from serai.readiness.states.plan_words import value_words
from serai.readiness.states.result_words import UNITS


def said(texts: object) -> str:
    """Write words by language in the reader's language, else as the interface falls back."""
    if not isinstance(texts, Mapping):
        return ""
    return TranslatedText.in_languages(texts).pick(get_language() or "en")[0]


def number(value: object) -> str:
    """Write a threshold, a choice in words, a number without needless zeros."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value_words(value)
    return f"{value:g}"


def editions_table(rows: Sequence[EditionRow], page: str, title: str) -> Table:
    """Return editions, each leading to its page."""
    columns = [
        Column("number", _("Edition")),
        Column("state", _("State"), "state"),
        Column("made_at", _("Made"), "day"),
        Column("published_at", _("Published"), "day"),
        Column("change_note", _("What changed")),
    ]
    shown = [
        [
            Linked(
                _("Edition %(number)d") % {"number": row.number},
                reverse(page, args=[row.public_id]), is_sample=row.sample,
            ),
            words.edition_mark(row.state), row.made_at.date(),
            row.published_at.date() if row.published_at else None, row.change_note,
        ]
        for row in rows
    ]  # fmt: skip
    return Table(title, columns, shown)


def criteria_table(document: Mapping[str, object], public_id: str, *, may_edit: bool) -> Table:
    """Return the criteria with their three thresholds; in a draft each leads to its form."""
    columns = [
        Column("code", _("Criterion")),
        Column("weight", _("Weight")),
        *(Column(f"level_{n}", _("Level %(n)d") % {"n": n}) for n in (1, 2, 3)),
        Column("lever", _("Lever")),
        Column("fact", _("Fact")),
        Column("source", _("Source")),
    ]
    shown = []
    for row in rows_of(document, "criteria"):
        code = str(row.get("code", ""))
        name = f"{code} {said(row.get('name'))}"
        address = reverse("readiness:edit_criterion", args=[public_id, code])
        levels = [*_levels(row), "", "", ""][:3]
        shown.append(
            [
                Linked(name, address) if may_edit else name, number(row.get("weight", 1)), *levels,
                words.LEVERS.get(str(row.get("lever", "link")), ""), _fact(row),
                str(row.get("source", "")),
            ]
        )  # fmt: skip
    return Table(_("Criteria"), columns, shown)


def _levels(row: Fields) -> list[str]:
    """Return what each level asks: its words, the threshold, and what is held beside it."""
    thresholds, beside = row.get("thresholds"), row.get("also")
    told = said(row.get("words")).split(" / ") if row.get("words") else []
    levels = []
    for place, one in enumerate(thresholds if isinstance(thresholds, list) else []):
        is_said = place < len(told) and isinstance(one, str)
        parts = [] if is_said else [number(one)]
        for other in beside if isinstance(beside, list) else []:
            if other.get("level") == place + 1:
                sign = "≥" if "at_least" in other else "≤"
                limit = number(other.get("at_least", other.get("at_most")))
                parts.append(f"{_fact(other)} {sign} {limit}")
        held = "; ".join(parts)
        levels.append(_with(told[place], held) if place < len(told) else held)
    return levels


def _with(words_: str, held: str) -> str:
    return f"{words_} ({held})" if held else words_


def _fact(row: Fields) -> str:
    """Name the fact a row holds something against."""
    return fact_name(str(row.get("fact", "")), "")


def ladder_table(
    rows: Sequence[LadderRow], events: Sequence[str], title: str, public_id: str, *, may_edit: bool
) -> Table:
    """Return one role's requirements against the events; “=” stands for what is taken over."""
    columns = [Column("fact", _("Requirement")), *(Column(one, one) for one in events)]
    shown = []
    for row in rows:
        sign = "≥" if row.operator == "at_least" else "≤"
        name = fact_name(row.fact, "")
        unit = UNITS.get(row.unit)  # what is counted stands in the name
        cells: list[object] = [f"{name} {sign} ({unit})" if unit else f"{name} {sign}"]
        for event in events:
            held = row.cells.get(event)
            said_ = "–" if held is None else number(held.threshold) if held.is_own else "="
            address = reverse(
                "readiness:edit_event_row", args=[public_id, event, row.role, row.fact]
            )
            cells.append(Linked(said_, address) if may_edit and held is not None else said_)
        shown.append(cells)
    return Table(title, columns, shown)


def packages_table(
    document: Mapping[str, object], prices: Sequence[PriceRow], public_id: str, *, may_edit: bool
) -> Table:
    """Return the packages with what they guarantee and what they cost."""
    columns = [
        Column("code", _("Package")),
        Column("lever", _("Lever")),
        Column("effects", _("Guarantees")),
        Column("lead_weeks", _("Weeks to install")),
        Column("life_years", _("Years it lasts")),
        Column("price", _("Price")),
    ]
    shown = []
    for row in rows_of(document, "packages"):
        code = str(row.get("code", ""))
        name = f"{code} {said(row.get('name'))}"
        address = reverse("readiness:edit_package", args=[public_id, code])
        found = [one for one in prices if one.package == code]
        shown.append(
            [
                Linked(name, address) if may_edit else name,
                words.LEVERS.get(str(row.get("lever", "link")), ""), effects_said(row),
                _told(row.get("lead_weeks")), _told(row.get("life_years")), _priced(found),
            ]
        )  # fmt: skip
    return Table(_("Packages"), columns, shown)


def effects_said(row: Fields) -> str:
    """Write a package's effects in a row."""
    found = row.get("effects")
    parts = [
        f"{_fact(one)}: {number(one.get('value'))}"
        for one in (found if isinstance(found, list) else [])
    ]
    return "; ".join(parts)


def _told(value: object) -> str:
    return number(value) if value else _("not said")


def _priced(found: Sequence[PriceRow]) -> str:
    """Write the price for everywhere, and how many countries have their own."""
    common = [one for one in found if not one.iso3]
    own = len(found) - len(common)
    parts = [f"{plain_number(one.capex)} {one.currency}" for one in common]
    if own:
        parts.append(ngettext("%(n)d country", "%(n)d countries", own) % {"n": own})
    return "; ".join(parts) or _("no price")


def preview_table(seen: Preview) -> Table:
    """Return what a draft would change, an office and an event or criterion a row."""
    columns = [
        Column("office", _("Office")),
        Column("what", _("Event or criterion")),
        Column("role", _("How it takes part")),
        Column("before", _("Now")),
        Column("after", _("With this draft")),
    ]
    shown = [
        [
            row.office, row.what, words.ROLES.get(row.role, ""),
            _level(row.before, row.role), _level(row.after, row.role),
        ]
        for row in seen.rows
    ]  # fmt: skip
    is_sample = any(row.sample for row in seen.rows)
    return Table(_("Verdicts and levels that would change"), columns, shown, sample=is_sample)


def _level(code: str, role: str) -> str:
    """Write a verdict, or a criterion's level."""
    if role:
        return str(words.STATUSES.get(code, _("not asked")))
    return _("level %(n)s") % {"n": code} if code else _("open")


def platforms_table(platforms: Sequence[Platform]) -> Table:
    """Return what is known of the platforms: a property a row, a platform a column."""
    columns = [
        Column("property", _("Property")),
        *(Column(one.code, one.name, "state") for one in platforms),
    ]
    shown: list[list[object]] = [
        [words.PROPERTIES[name], *(words.known_mark(one.properties[name]) for one in platforms)]
        for name in names()
    ]
    note = _("copy, %(day)s")
    sources: list[object] = [_("Source")]
    for one in platforms:
        day = one.dated_on.isoformat()
        sources.append(f"{one.source} ({note % {'day': day} if one.is_copy else day})")
    shown.append(sources)
    return Table(_("Platforms"), columns, shown)

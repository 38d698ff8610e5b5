"""Sheets of prices and tiers, out and in: rows that are not understood are named, the rest shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from serai.base.forms.fields import read_number
from serai.base.tables import Column, Sheet, Table
from serai.calc.network.tiers import Tier, read_tiers
from serai.readiness.actions import PriceFacts
from serai.readiness.queries.prices import PriceRow
from serai.readiness.states import edition_words as words
from serai.readiness.states.currencies import CURRENCIES
from serai.readiness.states.fact_words import profile_words

PRICE_KEYS = ("package", "country", "capex", "opex_per_year", "currency", "priced_on", "source")
TIER_KEYS = (
    "platform", "profile", "level", "up_kbps", "down_kbps", "source", "dated_on", "is_copy",
)  # fmt: skip
MOST_SIGNS = 300
MOST_MONEY = Decimal("999999999999.99")


class _Wrong(Exception):
    pass


@dataclass(frozen=True)
class Read:
    """A sheet of prices, read: what would be entered, and a sentence for each refused row."""

    prices: tuple[PriceFacts, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class ReadTiers:
    """A sheet of tiers, read: what would be entered, and a sentence for each refused row."""

    tiers: tuple[Tier, ...]
    refused: tuple[str, ...]


def price_columns() -> list[Column]:
    """Return the columns of a sheet of prices; machines know them by their keys."""
    return [
        Column("package", _("Package")),
        Column("country", _("Country, empty for all")),
        Column("capex", _("To buy"), "money"),
        Column("opex_per_year", _("To run, a year"), "money"),
        Column("currency", _("Currency")),
        Column("priced_on", _("Priced on"), "day"),
        Column("source", _("Source")),
    ]


def tier_columns() -> list[Column]:
    """Return the columns of a sheet of tiers."""
    return [
        Column("platform", _("Platform")),
        Column("profile", _("For")),
        Column("level", _("Level")),
        Column("up_kbps", _("Up, kbit/s"), "number"),
        Column("down_kbps", _("Down, kbit/s"), "number"),
        Column("source", _("Source")),
        Column("dated_on", _("Of the day"), "day"),
        Column("is_copy", _("Read in a copy")),
    ]


def shown_prices(rows: Sequence[PriceRow], names: Mapping[str, str]) -> Table:
    """Return prices as the page lists them: packages and countries by name."""
    columns = price_columns()
    columns[1] = Column("country", _("Country"))
    shown = [
        [names.get(r.package, r.package), r.country or _("everywhere"), r.capex, r.opex_per_year,
         r.currency, r.priced_on, r.source]
        for r in rows
    ]  # fmt: skip
    return Table(_("Prices"), columns, shown)


def prices_table(rows: Sequence[PriceRow], title: str = "") -> Table:
    """Return prices as files list them."""
    shown = [
        [r.package, r.iso3, r.capex, r.opex_per_year, r.currency, r.priced_on, r.source]
        for r in rows
    ]
    is_sample = bool(rows) and all(row.sample for row in rows)
    return Table(title or _("Prices"), price_columns(), shown, sample=is_sample)


def tiers_table(
    tiers: Sequence[Tier], names: Mapping[str, str] | None = None, *, as_file: bool = False
) -> Table:
    """Return tiers as the page lists them; a file names all by their codes, to be read back.

    Args:
        tiers: the rows.
        names: of platforms, by code.
        as_file: whether it is for a file.
    """
    named = names or {}
    shown = [
        [
            one.platform if as_file else named.get(one.platform, one.platform),
            one.profile if as_file else profile_words(one.profile),
            one.level.value if as_file else words.LEVELS[one.level], _rate(one.up_kbps),
            _rate(one.down_kbps),
            one.source, one.dated_on,
            ("yes" if one.is_copy else "no") if as_file else one.is_copy,
        ]
        for one in tiers
    ]  # fmt: skip
    return Table(_("Tiers"), tier_columns(), shown)


def _rate(kbps: float) -> float:
    """Write a whole rate without its point."""
    return int(kbps) if float(kbps).is_integer() else kbps


def facts_table(prices: Sequence[PriceFacts]) -> Table:
    """Return what a sheet of prices would enter."""
    shown = [
        [p.package, p.iso3, p.capex, p.opex_per_year, p.currency, p.priced_on, p.source]
        for p in prices
    ]
    return Table(_("What would be entered"), price_columns(), shown)


def _rows(sheet: Sheet, columns: Sequence[Column]) -> tuple[list[tuple[int, dict[str, str]]], str]:
    """Return each row's cells by column key; and which columns the head lacks, if any."""
    names = {column.key: {column.key, column.title.strip().lower()} for column in columns}
    head = [cell.strip().lower() for cell in sheet[0]]
    places = {
        key: place
        for place, cell in enumerate(head)
        for key, known in names.items()
        if cell in known
    }
    missing = [column.key for column in columns if column.key not in places]
    said = ""
    if missing:
        said = _("The first row lacks the columns %(names)s. Add them.") % {
            "names": ", ".join(missing)
        }
    found = [
        (row.number, {key: row[place].strip() for key, place in places.items()})
        for row in sheet[1:]
    ]
    return found, said


def read_prices(
    sheet: Sheet, packages: Sequence[str], countries: Sequence[str], today: date
) -> Read:
    """Read a sheet of prices; each row that is not understood is refused with its reason."""
    rows, missing = _rows(sheet, price_columns())
    if missing:
        return Read((), (missing,))
    found, refused = [], []
    for number, cells in rows:
        try:
            found.append(_price(cells, packages, countries, today))
        except _Wrong as wrong:
            refused.append(_("Row %(n)d: %(why)s") % {"n": number, "why": wrong})
    return Read(tuple(found), tuple(refused))


def _price(
    cells: Mapping[str, str], packages: Sequence[str], countries: Sequence[str], today: date
) -> PriceFacts:
    code, iso3 = cells["package"], cells["country"].upper()
    if code not in packages:
        known = ", ".join(packages)
        raise _Wrong(_("there is no package “%(code)s”. Known are: %(known)s.")
                     % {"code": code, "known": known})  # fmt: skip
    if iso3 and iso3 not in countries:
        raise _Wrong(_("there is no member “%(code)s”. Write its three letters, or leave it empty.")
                     % {"code": iso3})  # fmt: skip
    if cells["currency"].upper() not in CURRENCIES:
        raise _Wrong(_("“%(code)s” is not a known currency. Known are: %(known)s.")
                     % {"code": cells["currency"], "known": ", ".join(CURRENCIES)})  # fmt: skip
    source = cells["source"]
    if not source or len(source) > MOST_SIGNS:
        raise _Wrong(
            _("the source is missing or longer than 300 signs. Say where the price is from.")
        )
    return PriceFacts(
        code, iso3, _money(cells["capex"]), _money(cells["opex_per_year"] or "0"),
        cells["currency"].upper(), _day(cells["priced_on"], today), source,
    )  # fmt: skip


def _money(text: str) -> Decimal:
    try:
        found = read_number(text)
    except ValidationError as error:
        raise _Wrong(" ".join(error.messages)) from error
    if not 0 <= found <= MOST_MONEY or found != round(found, 2):
        raise _Wrong(_("“%(text)s” is not an amount from 0 up with at most two digits of cents.")
                     % {"text": text})  # fmt: skip
    return found


def _day(text: str, today: date) -> date:
    try:
        found = date.fromisoformat(text[:10])
    except ValueError as error:
        raise _Wrong(
            _("“%(text)s” is not a day. Write it as 2021-06-30.") % {"text": text}
        ) from error
    if found > today:
        raise _Wrong(_("%(day)s lies ahead. Give the day on which the price was offered.")
                     % {"day": found.isoformat()})  # fmt: skip
    return found


def read_tier_sheet(sheet: Sheet) -> ReadTiers:
    """Read a sheet of tiers; each row that is not understood is refused with its reason."""
    rows, missing = _rows(sheet, tier_columns())
    if missing:
        return ReadTiers((), (missing,))
    found: list[Tier] = []
    refused: list[str] = []
    for number, cells in rows:
        cells["dated_on"] = cells["dated_on"][:10]
        read = read_tiers([cells], first_row=number)
        found += read.tiers
        refused += [one.said for one in read.refused]
    return ReadTiers(tuple(found), tuple(refused))


def tier_rows(tiers: Sequence[Tier]) -> list[dict[str, object]]:
    """Return tiers as a document holds them."""
    return [
        {
            "platform": one.platform, "profile": one.profile, "level": one.level.value,
            "up_kbps": one.up_kbps, "down_kbps": one.down_kbps, "source": one.source,
            "dated_on": one.dated_on.isoformat(), "is_copy": one.is_copy,
        }
        for one in tiers
    ]  # fmt: skip

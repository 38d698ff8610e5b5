"""The words of dates in each language: one table per language, nothing else knows words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What a word does in a date."""

    MONTH = "month"
    PART = "part"
    ORDINAL = "ordinal"
    QUARTER = "quarter"
    HALF = "half"
    DECADE = "decade"
    BY = "by"
    FROM = "from"
    TO = "to"
    AND = "and"
    ONGOING = "ongoing"
    FILLER = "filler"
    NUMBER = "number"
    YEAR = "year"
    ISO = "iso"
    FIGURES = "figures"
    UNKNOWN = "unknown"


Meaning = tuple[Mark, int]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words.

    Attributes:
        words: every known form of a word, lower case, with what it means.
        phrases: several words that mean one, as (regular expression, word of the table).
        ordinal_endings: what may follow a number: 15th, 3-й.
        is_day_first: whether 03.04.2021 can only mean 3 April.
    """

    words: Mapping[str, Meaning]
    phrases: tuple[tuple[str, str], ...]
    ordinal_endings: str
    is_day_first: bool


def _table(*groups: tuple[Mark, Mapping[int, str]]) -> dict[str, Meaning]:
    """Open "form form form" lists into one form → meaning table."""
    return {
        form: (mark, value)
        for mark, forms in groups
        for value, line in forms.items()
        for form in line.split()
    }


_ROMAN = {1: "i", 2: "ii", 3: "iii", 4: "iv"}
_CYRILLIC_ROMAN = {1: "і", 2: "іі", 3: "ііі"}

ENGLISH = Lexicon(
    words=_table(
        (
            Mark.MONTH,
            {
                1: "january jan",
                2: "february feb",
                3: "march mar",
                4: "april apr",
                5: "may",
                6: "june jun",
                7: "july jul",
                8: "august aug",
                9: "september sept sep",
                10: "october oct",
                11: "november nov",
                12: "december dec",
            },
        ),
        (
            Mark.PART,
            {1: "early beginning start", 2: "mid middle", 3: "late end"},
        ),
        (Mark.ORDINAL, {1: "first", 2: "second", 3: "third", 4: "fourth"}),
        (Mark.ORDINAL, _ROMAN),
        (Mark.QUARTER, {0: "quarter quarters qtr", 1: "q1", 2: "q2", 3: "q3", 4: "q4"}),
        (Mark.HALF, {0: "half halves", 1: "h1", 2: "h2"}),
        (Mark.BY, {0: "by"}),
        (Mark.FROM, {0: "from since starting"}),
        (Mark.TO, {0: "to", 1: "until till", 2: "through thru"}),
        (Mark.AND, {0: "and &"}),
        (Mark.ONGOING, {0: "ongoing on-going continuous continuously permanent", 1: "throughout"}),
        (Mark.FILLER, {0: "of the in on year years day month"}),
    ),
    phrases=(
        (r"\b(?:no|not) later than\b", "by"),
        (r"\bup to\b", "until"),
        (r"\bon going\b", "ongoing"),
        (r"\bhalf[ -]year\b", "half"),
        (r"\b(early|mid|late)-(?=[a-z0-9])", r"\1 "),
    ),
    ordinal_endings="st|nd|rd|th",
    is_day_first=False,
)

RUSSIAN = Lexicon(
    words=_table(
        (
            Mark.MONTH,
            {
                1: "январь января январю январем январе янв",
                2: "февраль февраля февралю февралем феврале фев февр",
                3: "март марта марту мартом марте мар",
                4: "апрель апреля апрелю апрелем апреле апр",
                5: "май мая маю маем мае",
                6: "июнь июня июню июнем июне июн",
                7: "июль июля июлю июлем июле июл",
                8: "август августа августу августом августе авг",
                9: "сентябрь сентября сентябрю сентябрем сентябре сен сент",
                10: "октябрь октября октябрю октябрем октябре окт",
                11: "ноябрь ноября ноябрю ноябрем ноябре ноя нояб",
                12: "декабрь декабря декабрю декабрем декабре дек",
            },
        ),
        (
            Mark.PART,
            {
                1: "начало начала началу началом начале",
                2: "середина середины середине середину серединой",
                3: "конец конца концу концом конце",
            },
        ),
        (
            Mark.ORDINAL,
            {
                1: "первый первого первому первом первое первая первой первую",
                2: "второй второго второму втором второе вторая вторую",
                3: "третий третьего третьему третьем третье третья третьей третью",
                4: "четвертый четвертого четвертому четвертом",
            },
        ),
        (Mark.ORDINAL, {3: "последняя последней последнюю"}),
        (Mark.ORDINAL, _ROMAN),
        (Mark.ORDINAL, _CYRILLIC_ROMAN),
        (
            Mark.QUARTER,
            {0: "квартал квартала кварталу кварталом квартале кварталы кварталов кварталах кв"},
        ),
        (
            Mark.HALF,
            {
                0: "полугодие полугодия полугодию полугодием полугодии полугодий "
                "половина половины половине половину половиной"
            },
        ),
        (Mark.DECADE, {0: "декада декады декаде декаду декадой"}),
        (Mark.BY, {0: "к ко"}),
        (Mark.FROM, {0: "с со от начиная"}),
        (Mark.TO, {1: "по до"}),
        (Mark.AND, {0: "и &"}),
        (
            Mark.ONGOING,
            {
                0: "постоянно постоянный постоянная постоянное постоянные постоянной "
                "непрерывно непрерывный непрерывная непрерывное",
                1: "течение",
            },
        ),
        (Mark.FILLER, {0: "в во на г гг год года году годом годе годы годов годах месяц числа"}),
    ),
    phrases=(
        (r"\bне (?:позднее|позже)\b", "к"),
        (r"\b(?:в течение|в течении|на протяжении|весь|всего|все)\b", "течение"),
        (r"\bвплоть до\b", "до"),
    ),
    ordinal_endings="ого|его|ому|ему|ом|ый|ий|ой|го|му|ое|ая|ую|е|й|м|я|ю",
    is_day_first=True,
)

LEXICONS: Mapping[str, Lexicon] = {"en": ENGLISH, "ru": RUSSIAN}


def lexicons(language: str) -> tuple[Lexicon, ...]:
    """Return the language's words first, then the others', so that any known words are read."""
    first = LEXICONS.get(language.split("-")[0].lower())
    others = tuple(one for one in LEXICONS.values() if one is not first)
    return others if first is None else (first, *others)

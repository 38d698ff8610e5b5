"""Results as tables: tallies of a section, all answers to a question, two waves."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.shown import Linked, Mark
from serai.base.tables import Column, Table
from serai.calc.xforms import Kind, Standing, Tally
from serai.surveys.queries import Asking, ByQuestion, Compared, Counted, Result, Told
from serai.surveys.states.words import STANDINGS, state_mark


def results_table(rows: Sequence[Result], title: str, *, sample: bool) -> Table:
    """Return tallies as a file holds them: a row for each question, group and choice."""
    columns = (
        Column("question", _("Question")),
        Column("path", _("Path")),
        Column("group", _("Group")),
        Column("n", _("Answers counted"), "number"),
        Column("missing", _("Missing"), "number"),
        Column("not_applicable", _("Not asked"), "number"),
        Column("no_information", _("No information"), "number"),
        Column("choice", _("Choice")),
        Column("count", _("Count"), "number"),
        Column("share", _("Share"), "percent"),
        Column("place", _("Mean place"), "number"),
        Column("least", _("Least"), "number"),
        Column("lower", _("Lower quartile"), "number"),
        Column("median", _("Median"), "number"),
        Column("upper", _("Upper quartile"), "number"),
        Column("most", _("Most"), "number"),
        Column("mean", _("Mean"), "number"),
    )
    found = [
        line
        for row in rows
        for counted in (row.whole, *row.groups)
        for line in _lines(row.question, counted)
    ]
    return Table(title, columns, found, sample=sample)


def _lines(question: Asking, counted: Counted) -> Iterator[tuple[object, ...]]:
    tally = counted.tally
    head = (
        question.label, question.path, counted.name or _("All"), tally.n, tally.missing,
        tally.not_applicable, tally.no_information,
    )  # fmt: skip
    nothing = ("",) * 6
    if not tally.counts:
        found = tally.quartiles
        yield (
            *head, "", "", "", "",
            *((found.least, found.lower, found.median, found.upper, found.most, found.mean)
              if found else nothing),
        )  # fmt: skip
        return
    labels = dict(question.choices)
    for value, count in tally.counts.items():
        placed = counted.ranks.get(value)
        place = placed.mean if placed and placed.mean is not None else ""
        yield (
            *head, labels.get(value, value), placed.first if placed else count,
            percent(placed.first if placed else count, tally), place, *nothing,
        )  # fmt: skip


def percent(count: int, tally: Tally) -> float | str:
    """Return a count as percent of the base; nothing where nobody counts."""
    return 100 * count / tally.n if tally.n else ""


def groups_table(row: Result, title: str) -> Table:
    """Return the groups of one question side by side, as its page shows them."""
    question, labels = row.question, dict(row.question.choices)
    columns = [
        Column("group", title),
        Column("n", "n", "number"),
        Column("missing", _("Missing"), "number"),
        Column("no_information", _("No information"), "number"),
    ]
    if question.kind is Kind.NUMBER:
        columns += [
            Column("lower", _("Lower quartile"), "number"),
            Column("median", _("Median"), "number"),
            Column("upper", _("Upper quartile"), "number"),
        ]
    columns += [
        Column(f"c{n}", labels.get(value, value), "percent")
        for n, value in enumerate(row.whole.tally.counts)
    ]
    return Table(question.label, columns, [_group_row(row, one) for one in row.groups])


def _group_row(row: Result, one: Counted) -> tuple[object, ...]:
    tally = one.tally
    numbers: tuple[object, ...] = ()
    if row.question.kind is Kind.NUMBER:
        found = tally.quartiles
        numbers = (found.lower, found.median, found.upper) if found else ("", "", "")
    counts = [
        one.ranks[value].first if value in one.ranks else tally.counts.get(value, 0)
        for value in row.whole.tally.counts
    ]
    return (
        one.name, tally.n, tally.missing, tally.no_information, *numbers,
        *(_whole(percent(count, tally)) for count in counts),
    )  # fmt: skip


def _whole(share: float | str) -> float | str:
    return share if isinstance(share, str) else float(round(share))


def answers_table(found: ByQuestion, *, asks: bool, sample: bool) -> Table:
    """Return all answers to one question; `asks` adds the way to ask back."""
    has_entries = any(row.entry for row in found.rows)
    columns = [Column("country", _("Member")), Column("place", _("Who answers"))]
    if has_entries:
        columns.append(Column("entry", _("Entry"), "number"))
    columns += [
        Column("answer", _("Answer")),
        Column("counts", _("Counted as"), "state"),
        Column("state", _("State"), "state"),
        Column("at", _("Given"), "moment"),
    ]
    if asks:
        columns.append(Column("ask", _("Asking back")))
    rows = [
        (
            row.country,
            Linked(row.place, reverse("surveys:response", args=[row.response])),
            *((row.entry,) if has_entries else ()),
            Linked(row.words, reverse("surveys:answer", args=[row.response, row.name]))
            if row.words
            else "–",
            standing_mark(row.standing),
            state_mark(row.state),
            row.at or "",
            *((Linked(_("Ask back"), _ask_address(row)),) if asks else ()),
        )
        for row in found.rows
    ]
    title = _("All answers to: %(question)s") % {"question": found.result.question.label}
    return Table(title, columns, rows, sample=sample)


def _ask_address(row: Told) -> str:
    about = urlencode({"about": f"/{row.name}"})
    return f"{reverse('surveys:ask_back', args=[row.response])}?{about}"


def standing_mark(standing: Standing) -> Mark:
    """Return how an answer counts, as a mark."""
    tone, words = STANDINGS[standing]
    return Mark(tone, str(words))


def compared_table(rows: Iterable[Compared], title: str, *, now: str, before: str) -> Table:
    """Return two waves side by side: a row each choice, or the median of numbers."""
    columns = (
        Column("question", _("Question")),
        Column("what", _("What")),
        Column("before", before, "number"),
        Column("now", now, "number"),
        Column("difference", _("Difference"), "number"),
        Column("n_before", f"n, {before}", "number"),
        Column("n_now", f"n, {now}", "number"),
    )
    return Table(title, columns, [line for row in rows for line in _compared_lines(row)])


def differing(table: Table) -> list[Sequence[object]]:
    """Return the lines of two waves whose figures differ; who answered may, where they do not."""
    keys = [column.key for column in table.columns]
    before, now = keys.index("before"), keys.index("now")
    return [cells for cells in table.cells() if cells[before] != cells[now]]


def _compared_lines(row: Compared) -> Iterator[tuple[object, ...]]:
    label, now, before = row.question.label, row.now.tally, row.before
    counts = (before.tally.n if before else "", now.n)
    if row.question.kind is Kind.TEXT:
        yield (label, _("Answers counted"), counts[0], now.n, _minus(now.n, counts[0]), *counts)
    elif row.question.kind is Kind.NUMBER:
        later = now.quartiles.median if now.quartiles else ""
        found = before.tally.quartiles if before else None
        earlier = found.median if found else ""
        yield (label, _("Median"), earlier, later, _minus(later, earlier), *counts)
    else:
        labels = dict(row.question.choices)
        for value in now.counts:
            later = _whole(_share(row.now, value))
            earlier = _whole(_share(before, value)) if before else ""
            said = _("%(choice)s, percent") % {"choice": labels.get(value, value)}
            yield (label, said, earlier, later, _minus(later, earlier), *counts)


def _share(one: Counted, value: str) -> float | str:
    count = one.ranks[value].first if value in one.ranks else one.tally.counts.get(value, 0)
    return percent(count, one.tally)


def _minus(later: object, earlier: object) -> float | str:
    if isinstance(later, int | float) and isinstance(earlier, int | float):
        return later - earlier
    return ""

"""How each kind of number is made: what traces point to, told in the last annex."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

Told = tuple[Callable[[], str], Callable[[], str]]

FORMULAS: dict[str, Told] = {
    "count": (
        lambda: _("Counts"),
        lambda: _("How many offices, rows or answers of this edition fit; the key says which."),
    ),
    "score": (
        lambda: _("Score"),
        lambda: _(
            "S = 100/3 · Σ w·level / Σ w over what is known, w the weight of each criterion; its "
            "interval counts what is missing as level 0 and as level 3. Below 60 % known only the "
            "interval is told."
        ),
    ),
    "evidence": (
        lambda: _("Evidence"),
        lambda: _("The share of the weight that is known, and the share that was measured."),
    ),
    "level": (
        lambda: _("Level"),
        lambda: _("How many of a criterion's three thresholds hold, one after another."),
    ),
    "event": (
        lambda: _("Events"),
        lambda: _(
            "All rows of an event pass: attained; one fails: not attained; else not known. Measured "
            "where every row on the line was measured by enough tests."
        ),
    ),
    "median": (
        lambda: _("Middle"),
        lambda: _("The middle of the offices' scores, where a score is told."),
    ),
    "line": (
        lambda: pgettext("connection", "Line"),
        lambda: _(
            "p5, p50 and p95 of the latest 60 % of each test, counted at the receiver, in busy "
            "hours (09–12, 14–17 on workdays); definition 7 of Hyndman and Fan. With fewer than "
            "20 tests p5 is the lowest of them."
        ),
    ),
    "voice": (
        lambda: _("Voice"),
        lambda: _("R of ITU-T G.107 (06/2015) from delay, jitter and loss of each test."),
    ),
    "tier": (
        lambda: _("Tier"),
        lambda: _("The best tier of a platform whose need p5 carries in both directions."),
    ),
    "outlook": (
        lambda: _("Events after a package"),
        lambda: _(
            "The highest event all rows of which pass once the facts that the package guarantees "
            "take the place of missing or worse ones; the security gate is told apart."
        ),
    ),
    "price": (
        lambda: _("Price"),
        lambda: _("The latest price of the package by the day, for the country, else for all."),
    ),
    "cost": (
        lambda: _("Cost in a plan"),
        lambda: _("Price × the country's factor + yearly cost × years."),
    ),
    "plan": (
        lambda: _("Plan"),
        lambda: _(
            "The plan of greatest value within the budget (mixed-integer programme, HiGHS); of "
            "equal ones the cheapest, checked again in decimals."
        ),
    ),
    "frontier": (
        lambda: _("Frontier"),
        lambda: _("The same plan for 21 budgets from nothing to all that helps."),
    ),
    "need": (
        lambda: _("What is asked, and what there is"),
        lambda: _("A row of the framework, and the fact that was held against it."),
    ),
    "gate": (
        lambda: _("Security gate"),
        lambda: _("Whether all rows of a sensitivity pass; what was answered is not told."),
    ),
    "advice": (
        lambda: _("Advice"),
        lambda: _("A rule that fires on the facts named; figures in its words are those facts."),
    ),
    "share": (
        lambda: _("Shares of many"),
        lambda: _(
            "The share of organisations in a group, rounded to 5 %, halves up. It is told of at "
            "least five organisations of three countries, none of which has more than half; what "
            "would give a single one away is hidden."
        ),
    ),
    "unknown": (
        lambda: _("Waiting verdicts"),
        lambda: _("How many verdicts stay unknown for want of the fact."),
    ),
    "training": (
        lambda: _("Training needs"),
        lambda: _("What agencies answered, from 0 (none) to 3 (great), and how many would learn."),
    ),
    "change": (
        lambda: _("Before and after"),
        lambda: _(
            "The difference of the medians of tests of one setting, with its 90 % interval (2,000 "
            "draws of whole hours); with fewer than five tests or two days on a side nothing is "
            "said."
        ),
    ),
    "framework": (
        lambda: _("Words of the framework"),
        lambda: _("Weights, thresholds and what levels mean, as the edition in use says."),
    ),
    "formula": (
        lambda: _("Formulas"),
        lambda: _("The formulas themselves."),
    ),
    "written": (
        lambda: _("Written by people"),
        lambda: _("As the author of a text of this report wrote it."),
    ),
    "name": (
        lambda: _("Names and codes"),
        lambda: _("A name, a code or a unit with a numeral of its own."),
    ),
    "day": (
        lambda: _("Days"),
        lambda: _("A date of the records."),
    ),
}
"""By code: what it is called, and how it is made."""

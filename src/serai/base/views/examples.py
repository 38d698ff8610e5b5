"""What the component page shows: invented, and marked as sample."""

from datetime import UTC, date, datetime, timedelta

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from serai.base import charts
from serai.base.charts import Chart
from serai.base.contrast import PAIRS, contrast, tokens
from serai.base.forms import fields
from serai.base.pages import Crumb, Todo
from serai.base.shown import Figure, JobShown, Linked, Mark, Sort, Tab
from serai.base.tables import Column, Table

CLOSES_AT = datetime(2021, 6, 30, 12, 0, tzinfo=UTC)
NAMES = (
    "Member A", "Member B", "Member C with a long official name", "Member D", "Member E",
    "Member F", "Member G", "Member H", "Member I", "Member J", "Member K",
)  # fmt: skip
VALUES = (22, 61, 88, 68, 74, 49, 55, 52, 33, None, 58)
CUTS = (20, 40, 60, 80)
PLACES = (
    (4, 4), (2, 2), (6, 2), (1, 2), (4, 1), (5, 2), (6, 1), (5, 4), (5, 3), (3, 3), (4, 2),
)  # fmt: skip


class ExampleForm(forms.Form):
    """One field of each kind."""

    link = fields.OneOfField(
        label="What is the main connection of your meeting room?",
        help_text="Choose the one used for the latest large event.",
        choices=[("fibre", "Fibre"), ("cable", "Cable or DSL"), ("none", "I do not know")],
    )
    speed = fields.NumberField(
        label="Download speed", help_text="As measured.", unit="Mbit/s", least=0
    )
    name = fields.LineField(label="Name of the agency", width=40)
    letters = fields.MailField(label="E-mail address")
    opened_on = fields.DayField(label="Day of the measurement", required=False)
    provider = fields.PickField(
        label="Internet provider",
        choices=[("", "Choose one"), ("a", "Provider A"), ("b", "Provider B")],
    )
    helps = fields.SeveralOfField(
        label="What would help most?",
        choices=[
            ("line", "A second line"),
            ("kit", "Cameras and microphones"),
            ("people", "Training"),
        ],
        required=False,
    )
    note = fields.LongTextField(label="Anything else", required=False, rows=3)
    proof = fields.UploadField(
        label="Result of the speed test", help_text="PNG or PDF, at most 2 MB.", required=False
    )
    agreed = fields.YesField(label="Our provider guarantees this speed in the contract")


def failed_form() -> ExampleForm:
    """Return the form as it comes back with errors."""
    form = ExampleForm(
        {
            "link": "fibre",
            "speed": "fast",
            "name": "Agency <b>A</b>",
            "letters": "nobody",
            "note": "Typed text stays.",
        }
    )
    form.is_valid()
    return form


def table() -> Table:
    """Return a table with every kind of cell."""
    marks = {True: Mark("done", _("meets the minimum")), False: Mark("attention", _("below"))}
    return Table(
        title="Connectivity of members",
        columns=(
            Column("name", "Member"),
            Column("score", "Score", "number"),
            Column("replies", "Replies", "percent"),
            Column("closes", "Closes", "moment"),
            Column("state", "State"),
        ),
        rows=tuple(
            (
                Linked(name, "#", is_sample=number == 1),
                value,
                None if value is None else 100 - number * 7,
                CLOSES_AT + timedelta(days=number),
                None if value is None else marks[value >= 60],
            )
            for number, (name, value) in enumerate(zip(NAMES[:5], VALUES[:5], strict=True))
        ),
    )


def all_charts() -> list[tuple[str, Chart]]:
    """Return every chart with a finding."""
    return [
        ("Four of ten members reach the seminar minimum", strip()),
        ("Replies differ from 22 to 88", bars()),
        ("The index grew, but stays under the path to 2030", line()),
        ("Connectivity is strongest where the kit is newest", heat()),
        ("Two reports are late", timeline()),
        ("Most agencies answered the first round", matrix()),
        ("The score by member", tiles()),
        ("The members", members()),
    ]


def strip() -> Chart:
    """Return values against a minimum."""
    rows = [charts.Row(name, value) for name, value in zip(NAMES, VALUES, strict=True)]
    return charts.strip(rows, title="Connectivity", target=charts.Target(60, "minimum"), high=100)


def bars() -> Chart:
    """Return parts of wholes."""
    rows = [
        charts.Bar(name, None if value is None else value // 11, 9)
        for name, value in zip(NAMES[:6], VALUES[:6], strict=True)
    ]
    return charts.bars(rows, title="Sections answered", value_title="Answered", total_title="Of")


def line() -> Chart:
    """Return two lines, one with an interval and a gap, and a target."""
    first = (30, 34, 39, 44, None, 52, 55, 57)
    second = (22, 25, 27, 33, 36, 38, 44, 47)
    years = range(2014, 2022)
    return charts.line(
        [
            charts.Series("Member E", tuple(
                charts.Point(year, value, None if value is None else value - 4, None if value is None else value + 4)
                for year, value in zip(years, first, strict=True)
            )),
            charts.Series("Member I", tuple(charts.Point(y, v) for y, v in zip(years, second, strict=True))),
        ],
        title="Index of online services",
        goal=charts.Goal(2030, 80, "target", start=(2014, 30)),
        high=100,
    )  # fmt: skip


def heat() -> Chart:
    """Return members by dimension."""
    rows = [
        charts.HeatRow(
            name, (value, None if n == 3 else (n * 17) % 100, (n * 29 + 11) % 100, (n * 41) % 100)
        )
        for n, (name, value) in enumerate(zip(NAMES, VALUES, strict=True))
    ]
    columns = ("Connectivity", "Kit and room", "People", "Security")
    return charts.heat_table(rows, columns, title="Scores by dimension", cuts=CUTS)


def timeline() -> Chart:
    """Return every shape of a window."""
    done, late = Mark("done", "done"), Mark("wrong", "overdue by 8 days")
    soon, later, runs = (
        Mark("attention", "due in 30 days"),
        Mark("planned", "planned"),
        Mark("part", "running"),
    )

    def window(a: tuple[int, int], b: tuple[int, int]) -> charts.Window:
        return charts.Window(date(2021, *a), date(2021, *b))

    row = charts.TimelineRow
    return charts.timeline(
        [
            row("Inception report", "15 March 2021", window((3, 15), (3, 15)), done),
            row("Questionnaire sent to agencies", "end of April 2021", window((4, 21), (4, 30)), done,
                baseline=window((4, 10), (4, 10))),
            row("First draft report, with comments of all members", "22 June 2021", window((6, 22), (6, 22)), late,
                baseline=window((6, 1), (6, 8))),
            row("Final report", "30 July 2021", window((7, 30), (7, 30)), soon),
            row("Workshops", "2 August to 30 September 2021", window((9, 15), (9, 30)), later,
                start=window((8, 2), (8, 16))),
            row("Support while meetings are virtual", "ongoing throughout 2021", window((12, 1), (12, 31)), runs,
                start=window((1, 1), (1, 31)), is_ongoing=True),
            row("Study of start-ups", "no date", None, later),
        ],
        title="Work plan", as_of=date(2021, 6, 30),
    )  # fmt: skip


def matrix() -> Chart:
    """Return agencies by round."""
    marks = (
        Mark("done", "answered"),
        Mark("part", "begun"),
        Mark("open", "not opened"),
        Mark("wrong", "late"),
        None,
    )
    rows = [
        charts.MarkRow(name, (marks[0], marks[n % 4], marks[(n + 2) % 5]))
        for n, name in enumerate(NAMES[:7])
    ]
    return charts.dot_matrix(rows, ("Round 1", "Round 2", "Round 3"), title="Answers by round")


def tiles() -> Chart:
    """Return the tile map with values."""
    return charts.tile_map(_tiles(), title="Score by member", cuts=CUTS, value_title="Score")


def members() -> Chart:
    """Return the tile map of who takes part."""
    return charts.tile_map(_tiles(), title="Members")


def _tiles() -> list[charts.Tile]:
    return [
        charts.Tile(name.split()[1] * 3, name, column, row, value)
        for name, value, (column, row) in zip(NAMES, VALUES, PLACES, strict=True)
    ]


def contrasts() -> list[tuple[str, float, float, float]]:
    """Return each pair of colours with its contrast, light and dark, and the least asked for."""
    light, dark = tokens("light"), tokens("dark")
    return [
        (
            pair.role,
            contrast(light[pair.front], light[pair.back]),
            contrast(dark[pair.front], dark[pair.back]),
            pair.least,
        )
        for pair in PAIRS
    ]


def contrast_table() -> Table:
    """Return the contrasts as a table."""
    kinds = (
        ("role", "Pair", "text"),
        ("light", "Light", "number"),
        ("dark", "Dark", "number"),
        ("least", "At least", "number"),
    )
    rows = [
        (role, round(light, 1), round(dark, 1), least) for role, light, dark, least in contrasts()
    ]
    return Table("Contrast of colours", tuple(Column(*kind) for kind in kinds), rows)


def page_of() -> Page[int]:
    """Return the second page of a long list."""
    return Paginator(range(1_234), 50).page(2)


def job(asked: int, address: str) -> JobShown:
    """Return a job that ends after a few questions."""
    done = min(11, 3 + 2 * asked)
    return JobShown(
        id="example", step=_("Reading the answers"), is_running=done < 11, address=address, done=done,
        total=11, unit=_("members"), remaining=timedelta(minutes=2), asked_count=asked,
        cancel_address="#", result_address="#",
    )  # fmt: skip


def parts() -> dict[str, object]:
    """Return the rest of the components' words."""
    return {
        "figures": (
            Figure("11", "members in scope", "38 agencies"),
            Figure("84 %", "replies received", "9 more since 1 June"),
            Figure("5 of 11", "meet the seminar minimum"),
            Figure("7", "open follow-ups", "2 overdue"),
        ),
        "todos": (
            Todo("Connectivity, 4 of 9", "Continue", "#", due_at=CLOSES_AT, is_sample=True),
            Todo("the answers of Agency A", "Clear", "#", due_at=date(2021, 7, 15), note="3 agencies wait"),
        ),
        "tabs": (Tab("Overview", "#", is_current=True), Tab("Answers", "#", count=38), Tab("History", "#")),
        "marks": (
            Mark("done", "answered"), Mark("part", "begun"), Mark("open", "not opened"),
            Mark("attention", "due in 3 days"), Mark("wrong", "overdue by 8 days"), Mark("info", "in review"),
        ),
        "crumbs": (Crumb("First page", "#"), Crumb("Components")),
        "sort": Sort("score", is_descending=True, columns=("member", "score")),
        "moment": CLOSES_AT,
        "page_of": page_of(),
        "failed_job": JobShown(id="failed", step="", is_running=False, address="#",
                               error=_("The file of Agency A could not be read. Send it again.")),
        "finished_job": JobShown(id="finished", step="", is_running=False, address="#", result_address="#"),
    }  # fmt: skip

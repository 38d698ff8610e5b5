from tests.calc.xforms.forms import opened, xform
from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.check import Issue, IssueKind, check, check_one
from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.flow import Ref
from serai.calc.xforms.state import open_form

ITEMS = "".join(f"<item><label>{v}</label><value>{v}</value></item>" for v in "ab")
FORM = compile_form(
    xform(
        "<a/><b/><c/><d/><e/><f/><g/>",
        "<itext><translation lang='en'><text id='m'><value>At most <output value='/data/a'/></value>"
        "</text></translation></itext>"
        '<bind nodeset="/data/a" type="int" required="true()" jr:requiredMsg="Say it."/>'
        '<bind nodeset="/data/b" type="decimal" constraint=". &lt;= /data/a" '
        "jr:constraintMsg=\"jr:itext('m')\"/>"
        '<bind nodeset="/data/e" required="true()" relevant="false()" constraint="false()"/>'
        '<bind nodeset="/data/f" constraint="explode()"/>',
        f'<input ref="/data/a"/><select1 ref="/data/c">{ITEMS}</select1>'
        f'<select ref="/data/d">{ITEMS}</select><select1 ref="/data/g"/>',
    )
)


def issues(**texts):
    answers = {Ref(f"/data/{name}"): text for name, text in texts.items()}
    return check(open_form(FORM, answers, None, env(), first=False))


def test_each_kind_of_issue_in_the_order_of_the_form():
    assert issues(a="x", b="5", c="z", d="a z", e="x", f="y", g="any", none="lost") == [
        Issue(Ref("/data/a"), IssueKind.TYPE),
        Issue(Ref("/data/b"), IssueKind.CONSTRAINT, "At most x"),
        Issue(Ref("/data/c"), IssueKind.CHOICE),
        Issue(Ref("/data/d"), IssueKind.CHOICE),
        Issue(Ref("/data/f"), IssueKind.CONSTRAINT),
        Issue(Ref("/data/none"), IssueKind.UNKNOWN, "lost"),
    ]


def test_required_and_nothing_else():
    assert issues() == [Issue(Ref("/data/a"), IssueKind.REQUIRED, "Say it.")]


def test_a_sound_response_has_none():
    assert issues(a="5", b="4.5", c="a", d="a b") == []


def test_check_one_is_what_check_says_of_it():
    state = open_form(FORM, {Ref("/data/b"): "x"}, None, env(), first=False)

    assert check_one(state, Ref("/data/a")) == [
        Issue(Ref("/data/a"), IssueKind.REQUIRED, "Say it.")
    ]
    assert [one.kind for one in check_one(state, Ref("/data/b"))] == [
        IssueKind.TYPE, IssueKind.CONSTRAINT,
    ]  # fmt: skip
    assert check_one(state, Ref("/data/c")) == check_one(state, Ref("/data/e")) == []
    assert check_one(state, Ref("/data")) == []


def test_entries_are_checked_each():
    state = opened(
        "<r><a>1</a></r><r><a>3</a></r>",
        '<bind nodeset="/data/r/a" constraint=". &lt; 2 * position(..)"/>',
        '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>',
    )
    first, second = state.entries("/data/r")

    assert check(state) == []
    state.set(Ref("/data/r/a", first), "2")
    assert check(state) == [Issue(Ref("/data/r/a", first), IssueKind.CONSTRAINT)]
    state.remove_entry(first)
    assert check(state) == [Issue(Ref("/data/r/a", second), IssueKind.CONSTRAINT)]


def test_a_message_that_names_no_text_is_said_as_it_is():
    state = opened(
        "<a/>", '<bind nodeset="/data/a" required="true()" jr:requiredMsg="jr:itext(("/>'
    )

    assert [issue.message for issue in check(state)] == ["jr:itext(("]


def test_a_constraint_that_fails_to_run_counts_as_broken():
    state = opened("<a>(</a>", '<bind nodeset="/data/a" constraint="regex(\'x\', .)"/>')

    assert [issue.kind for issue in check(state)] == [IssueKind.CONSTRAINT]

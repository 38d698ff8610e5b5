import pytest
from tests.calc.xforms.forms import xform

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.diff import Bounds, Change, bounds, compare
from serai.calc.xforms.parser import parse


def one(kind="input", inner="<label>A</label>", **bind):
    said = " ".join(f'{name.replace("_", ":")}="{value}"' for name, value in bind.items())
    body = f'<{kind} ref="/data/a">{inner}</{kind}>'
    return xform("<a/><b/>", f'<bind nodeset="/data/a" {said}/>', body)


def items(*values, labels=None):
    labels = labels or values
    return "".join(
        f"<item><label>{label}</label><value>{value}</value></item>"
        for value, label in zip(values, labels, strict=True)
    )


def changes(old, new, path="/data/a"):
    found = compare(compile_form(old), compile_form(new))
    return next(set(change.changes) for change in found.paths if path in (change.old, change.new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (one(), one(), {Change.SAME}),
        (one(), one(inner="<label>B</label>"), {Change.LABEL}),
        (one(required="true()"), one(), {Change.WIDENED}),
        (one(required="false()"), one(), {Change.SAME}),
        (one(), one(required="true()"), {Change.NARROWED}),
        (one(constraint=". &gt; 1"), one(), {Change.WIDENED}),
        (one(), one(constraint=". &gt; 1"), {Change.NARROWED}),
        (one(constraint=". &gt; 1 and . &lt; 5"), one(constraint=". &gt;= 1"), {Change.WIDENED}),
        (one(constraint=". &gt;= 1"), one(constraint=". &gt; 1"), {Change.NARROWED}),
        (one(constraint="0 &lt; ."), one(constraint=".&gt;-1"), {Change.WIDENED}),
        (one(constraint="regex(., 'a')"), one(constraint="regex(., 'b')"), {Change.NARROWED}),
        (one(type="int"), one(type="decimal"), {Change.WIDENED}),
        (one(type="decimal"), one(type="string"), {Change.WIDENED}),
        (one(type="string"), one(type="int"), {Change.TYPE_CHANGED}),
        (one("select1", items("x")), one("select", items("x")), {Change.WIDENED}),
        (one("select1", items("x")), one("select1", items("x", "y")), {Change.WIDENED}),
        (one("select1", items("x", "y")), one("select1", items("y")), {Change.NARROWED}),
        (one("select1", items("x", "y")), one("select1", items("y", "z")),
         {Change.NARROWED, Change.WIDENED}),
        (one("select1", items("x")), one("select1", items("x", labels=["X"])), {Change.LABEL}),
        (one(relevant="/data/b = 1"), one(), {Change.LOGIC}),
        (one(calculate="/data/b"), one(calculate="/data/b + 1"), {Change.LOGIC}),
        (one(calculate="/data/b"), one(calculate=" /data/b "), {Change.SAME}),
    ],
)  # fmt: skip
def test_class_of_a_change(old, new, expected):
    assert changes(old, new) == expected


def test_added_and_removed():
    old, new = compile_form(xform("<a/><b/>")), compile_form(xform("<b/><c/>"))

    found = [(one.old, one.new, set(one.changes)) for one in compare(old, new).paths]
    assert found == [
        ("/data/b", "/data/b", {Change.SAME}),
        ("", "/data/c", {Change.ADDED}),
        ("/data/a", "", {Change.REMOVED}),
    ]


def test_order_alone_is_a_matter_of_looks():
    old, new = compile_form(xform("<a/><b/><c/>")), compile_form(xform("<b/><a/><c/>"))

    assert [(one.new, set(one.changes)) for one in compare(old, new).paths] == [
        ("/data/b", {Change.LABEL}), ("/data/a", {Change.LABEL}), ("/data/c", {Change.SAME}),
    ]  # fmt: skip


def test_another_translation_is_a_matter_of_looks():
    def form(text, message="m"):
        return xform(
            "<a/>",
            f"<itext><translation lang='en'><text id='l'><value>{text}</value></text>"
            f"<text id='m'><value>{message}</value></text></translation></itext>"
            "<bind nodeset='/data/a' jr:requiredMsg=\"jr:itext('m')\"/>",
            "<input ref='/data/a'><label ref=\"jr:itext('l')\"/></input>",
        )

    assert changes(form("A"), form("A")) == {Change.SAME}
    assert changes(form("A"), form("B")) == {Change.LABEL}
    assert changes(form("A"), form("A", "n")) == {Change.LABEL}


def test_another_filter_is_logic_and_another_label_in_a_list_looks():
    def form(filter_, label="x"):
        return xform(
            "<a/>",
            f"<instance id='l'><list><item><n>1</n><t>{label}</t></item></list></instance>",
            f"<select1 ref='/data/a'><itemset nodeset=\"instance('l')/list/item{filter_}\">"
            "<value ref='n'/><label ref='t'/></itemset></select1>",
        )

    assert changes(form(""), form("[n = 1]")) == {Change.LOGIC}
    assert changes(form(""), form("", "y")) == {Change.LABEL}


def test_moves_are_said_or_confirmed_and_never_guessed():
    old = compile_form(xform("<a/>", '<bind nodeset="/data/a" type="int"/>'))
    said = compile_form(
        xform("<g><a/></g>", '<bind nodeset="/data/g/a" type="int" serai:was="/data/a"/>')
    )
    silent = compile_form(xform("<g><a/></g>", '<bind nodeset="/data/g/a" type="int"/>'))

    moved = [("/data/a", "/data/g/a", {Change.MOVED})]
    assert [(one.old, one.new, set(one.changes)) for one in compare(old, said).paths] == moved
    confirmed = compare(old, silent, {"/data/g/a": "/data/a"})
    assert [(one.old, one.new, set(one.changes)) for one in confirmed.paths] == moved
    assert [set(one.changes) for one in compare(old, silent).paths] == [
        {Change.ADDED}, {Change.REMOVED},
    ]  # fmt: skip


def test_a_path_whose_answers_moved_away_is_new():
    old = compile_form(xform("<a/>"))
    new = compile_form(xform("<a/><b/>", '<bind nodeset="/data/b" serai:was="/data/a"/>'))

    assert [(one.old, one.new) for one in compare(old, new).paths] == [
        ("", "/data/a"), ("/data/a", "/data/b"),
    ]  # fmt: skip


def test_into_and_out_of_a_repeat():
    plain = xform("<a/><b/>")
    inside = xform("<a/><b/>").replace("<a/>", "<a/>")
    repeated = xform("<r><a/></r>", '<bind nodeset="/data/r/a" serai:was="/data/a"/>',
                     '<repeat nodeset="/data/r"/>')  # fmt: skip

    assert changes(plain, inside) == {Change.SAME}
    assert changes(plain, repeated, "/data/r/a") == {Change.MOVED, Change.REPEAT_CHANGED}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (". > 1", Bounds(low=1, is_low_open=True)),
        ("5 >= .", Bounds(high=5)),
        (". = -2", Bounds(-2, -2)),
        (". > 1 and . >= 1 and . < 9", Bounds(1, 9, True, True)),
        (". > /data/b", None),
        (". > 1 or . < 0", None),
        ("string-length(.) > 1", None),
        ("1 > 2", None),
        (". != 3", None),
    ],
)
def test_bounds(expression, expected):
    assert bounds(parse(expression)) == expected

import pytest
from tests.calc.xforms.forms import xform

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.lint import Finding, choice_values, lint

REPEAT = '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>'


def found(instance="<a/>", binds="", body="", languages=()):
    return lint(compile_form(xform(instance, binds, body)), languages)


def bind(**said):
    inner = " ".join(f'{name}="{value}"' for name, value in said.items())
    return f'<bind nodeset="/data/a" {inner}/>'


@pytest.mark.parametrize(
    ("binds", "name", "reason"),
    [
        (bind(relevant="selcted('a', 'b')"), "unknown-function",
         "relevant: there is no function selcted(); did you mean selected()?"),
        (bind(calculate="zzz()"), "unknown-function", "calculate: there is no function zzz()."),
        (bind(calculate="if(1, 2)"), "arguments", "calculate: if() does not take 2 arguments."),
        (bind(calculate="pow(1)"), "arguments", "calculate: pow() does not take 1 arguments."),
        (bind(calculate="indexed-repeat(/data/uplink, /data, 1, 2)"), "arguments",
         "calculate: indexed-repeat() does not take 4 arguments."),
        (bind(relevant="/data/uplnk = 1"), "unknown-path",
         "relevant: /data/uplnk does not exist; did you mean uplink?"),
        (bind(relevant="/data/q = 1"), "unknown-path", "relevant: /data/q does not exist."),
        (bind(calculate="count(instance('l')/root)"), "unknown-list",
         "calculate: there is no list “l”."),
        (bind(calculate="pulldata('l', 'a', 'b', 'c')"), "unknown-list",
         "calculate: there is no list “l”."),
        ('<bind nodeset="/data/none"/>', "problem", "The bind's node is not in the instance."),
        (bind(type="intent"), "unsupported", "Other programs cannot be called."),
    ],
)  # fmt: skip
def test_refused(binds, name, reason):
    path = "/data/none" if "none" in binds else "/data/a"

    assert found("<a/><uplink/>", binds) == [Finding(path, name, reason, True)]


@pytest.mark.parametrize(
    ("binds", "name"),
    [
        (bind(relevant="/data/b"), "nodeset-truth"),
        (bind(calculate="concat('a', random())"), "volatile"),
        (bind(constraint="regex(., '[0-9]+')"), "regex-search"),
        ('<bind nodeset="/data/r/c" calculate="/data/r/a + 1"/>', "own-entry"),
    ],
)
def test_warned(binds, name):
    findings = found("<a/><b/><r><a/><c/></r>", binds, REPEAT)

    assert [(one.name, one.is_refused) for one in findings] == [(name, False)]


@pytest.mark.parametrize(
    "binds",
    [
        bind(relevant="/data/b = 1"),
        bind(calculate="once(random())"),
        bind(constraint="regex(., '^[0-9]+$')"),
        '<bind nodeset="/data/r/c" calculate="../a + count(/data/r)"/>',
        '<bind nodeset="/data/r/c" calculate="/data/r[1]/a"/>',
    ],
)
def test_nothing_to_say(binds):
    assert found("<a/><b/><r><a/><c/></r>", binds, REPEAT) == []


def test_duplicate_names_and_entities_are_refused():
    findings = found("<a/><a/><meta><entity/></meta>")

    assert findings == [
        Finding("/data/a", "duplicate-name", "Two fields are called a here. Rename one.", True),
        Finding("/data/meta/entity", "unsupported", "Entities are not supported.", True),
    ]


def test_external_programs_in_appearances_are_refused():
    findings = found(body='<input ref="/data/a" appearance="ex:org.app"/>')

    assert [one.name for one in findings] == ["unsupported"]


def test_choice_values_are_single_words_wherever_they_come_from():
    rows = "<item><name>ok</name></item><item><name>not ok</name></item>"
    binds = f'<instance id="l"><list>{rows}</list></instance>'
    body = (
        '<select1 ref="/data/a"><item><label>x</label><value>a b</value></item>'
        "<itemset nodeset=\"instance('l')/list/item[name != '']\"><value ref=\"name\"/></itemset></select1>"
    )

    findings = found("<a/>", binds, body)

    assert [one.reason for one in findings] == [
        "The choice “a b” must be one word without spaces.",
        "The choice “not ok” must be one word without spaces.",
    ]
    form = compile_form(xform("<a/>", binds, body))
    assert choice_values(form, form.controls[0]) == ["a b", "ok", "not ok"]


ITEXT = (
    "<itext><translation lang='en'>"
    "<text id='l'><value>L</value></text><text id='o'><value><output value='/data/a'/></value></text>"
    "<text id='c'><value>C</value></text><text id='m'><value>M</value></text></translation>"
    "<translation lang='ru'><text id='l'><value> </value></text>"
    "<text id='o'><value><output value='/data/a'/></value></text></translation></itext>"
    "<instance id='x'><list><item><name>n</name><itextId>c</itextId></item></list></instance>"
    "<bind nodeset='/data/a' jr:requiredMsg=\"jr:itext('m')\" jr:constraintMsg='Plain'/>"
)
BODY = (
    "<select1 ref='/data/a'><label ref=\"jr:itext('l')\"/><hint ref=\"jr:itext('o')\"/>"
    "<itemset nodeset=\"instance('x')/list/item\"><value ref='name'/><label ref='jr:itext(itextId)'/>"
    "</itemset></select1>"
)


def test_an_offered_language_must_have_every_text():
    findings = found("<a/>", ITEXT, BODY, ["en", "ru", "ka"])

    assert [one.reason for one in findings if one.name == "language"] == [
        "A text is not translated into “en”: Plain",
        "The text “l” is missing in “ru”.",
        "The text “c” is missing in “ru”.",
        "A text is not translated into “ru”: Plain",
        "The text “m” is missing in “ru”.",
        "The form has no texts in “ka”.",
    ]


def test_a_form_in_one_language_needs_no_translations():
    assert found("<a/>", "", "<input ref='/data/a'><label>Plain</label></input>", ["en"]) == []


def test_outputs_that_cannot_be_read_or_found_are_refused():
    itext = (
        "<itext><translation lang='en'><text id='l'><value><output value='/data/none'/>"
        "<output value='('/></value></text></translation></itext>"
    )
    findings = found("<a/>", itext, "<input ref='/data/a'><label ref=\"jr:itext('l')\"/></input>")

    assert [(one.name, one.reason) for one in findings] == [
        ("unknown-path", "label: /data/none does not exist."),
        ("output", "output: Character 2 of “(”: the expression stops in the middle."),
    ]


def test_broken_message_names_are_plain_words():
    findings = found("<a/>", "<bind nodeset='/data/a' jr:requiredMsg='jr:itext(('/>", "", ["en"])

    assert findings == []


def test_refusals_come_before_warnings():
    findings = found("<a/><b/>", bind(relevant="/data/b", calculate="zzz()"))

    assert [one.is_refused for one in findings] == [True, False]

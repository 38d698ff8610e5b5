from tests.calc.xforms.xpath_vectors import env

from serai.calc.xforms.documents import DocumentHost, evaluate
from serai.calc.xforms.tree import parse_xml

FORM = parse_xml(
    "<model><instance><d><q>1</q></d></instance><instance id='list'><rows><item>a</item></rows>"
    "</instance><itext><translation lang='en'><text id='t'><value>Yes</value></text></translation>"
    "<translation lang='ka' default=''><text id='t'><value>დიახ</value></text></translation>"
    "</itext></model>"
)


def test_instance_is_found_by_its_id():
    assert evaluate("instance('list')/rows/item", FORM, env=env(), gives="s") == "a"


def test_texts_come_in_the_wanted_or_the_default_language():
    assert evaluate("jr:itext('t')", FORM, env=env("en"), gives="s") == "Yes"
    assert evaluate("jr:itext('t')", FORM, env=env(), gives="s") == "დიახ"
    assert evaluate("jr:itext('t')", FORM, env=env("az"), gives="s") == "დიახ"
    assert evaluate("jr:itext('none')", FORM, env=env(), gives="s") == ""
    assert DocumentHost(parse_xml("<d/>")).texts("t", "en") == []


def test_root_may_be_an_element():
    d = FORM.children[0].children[0].children[0]

    assert evaluate("/q", FORM, env=env(), root=d, gives="n") == 1.0


def test_a_choice_in_a_document_stands_for_itself():
    assert evaluate("jr:choice-name('a', '/d/q')", FORM, env=env(), gives="s") == "a"

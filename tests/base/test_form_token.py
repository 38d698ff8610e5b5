"""Each form carries a token and a receipt of its own."""

import re

from django.template import Context, Template

FORM = Template("{% form_token %}")


def fields(csrf):
    return dict(
        re.findall(r'name="(\w+)" value="([^"]*)"', FORM.render(Context({"csrf_token": csrf})))
    )


def test_a_form_carries_the_token_and_a_receipt():
    found = fields("abc")

    assert found["csrfmiddlewaretoken"] == "abc"
    assert len(found["receipt"]) == 24


def test_each_form_has_a_receipt_of_its_own():
    assert fields("abc")["receipt"] != fields("abc")["receipt"]


def test_the_token_is_escaped():
    assert '"><b>' not in FORM.render(Context({"csrf_token": '"><b>'}))

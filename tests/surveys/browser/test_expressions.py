"""Every reference expression that the browser claims."""

import pytest
from tests.surveys.browser import exceptions, vectors

CLAIMED, COUNTED = 2083, 2494


@pytest.fixture(scope="module")
def claimed():
    return vectors.claimed()


def test_the_browser_answers_what_it_claims(engine, claimed):
    taken, _ = claimed

    found = vectors.run(engine, taken)

    wrong = {name: said for name, said in found.items() if said}
    assert {
        name: said for name, said in wrong.items() if name not in exceptions.listed("xpath")
    } == {}
    assert wrong.keys() == exceptions.listed("xpath").keys()
    assert len(wrong) <= 0.03 * len(taken)


def test_the_browser_claims_no_less_than_it_did(claimed):
    taken, left = claimed

    assert (len(taken), len(taken) + len(left)) == (CLAIMED, COUNTED)


def test_a_wrong_answer_would_be_noticed(engine, claimed):
    case, tree = next((case, tree) for case, tree in claimed[0] if case.said["type"] == "number")

    found = vectors.run(engine, [(case, ["+", tree, 1])])

    assert found[case.name].startswith("gave ")

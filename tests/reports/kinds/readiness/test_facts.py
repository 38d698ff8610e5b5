"""The facts beside a report: its offices, and each number with its trace."""


def test_the_facts_name_each_office_with_what_its_assessment_rests_on(editions):
    facts = editions["secretariat"].facts
    first = next(iter(facts["offices"].values()))

    assert facts["edition"] == {"of": "secretariat", "country": "", "organisation": None}
    assert (first["hosts"], len(first["tests"]), first["framework"]) == ("E1", 4, 1)
    assert "link.down_p5" in first["facts"]


def test_a_number_tells_formula_version_facts_and_sources(editions):
    facts = editions["secretariat"].facts
    office = next(iter(facts["offices"]))

    found = facts["numbers"][f"{office}/line/down/p5"]

    assert (found["value"], found["formula"], found["version"]) == ("40.0", "line", "framework 1")
    assert len([one for one in found["sources"] if one.startswith("run:")]) == 4
    assert f"assessment:{facts['offices'][office]['assessment']}" in found["sources"]


def test_what_was_let_out_names_no_answers_tests_or_files(editions):
    facts = editions["members"].facts

    (only,) = facts["offices"].values()
    assert (only["answers"], only["facts"], only["tests"], only["files"]) == ("", [], [], [])

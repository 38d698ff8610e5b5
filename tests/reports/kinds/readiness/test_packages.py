"""Events now and after each package, with prices."""

from tests.factories import readiness_report as make


def test_packages_that_are_advised_or_lift_an_event_stand_in_the_table(secretariat, tables):
    key = make.office_key(secretariat, 1)

    assert [row[:6] for row in tables[f"packages-{key}"]] == [
        ["Now", "E1", "none", "none", "–", "–"],
        ["Directional microphones", "E5", "E1", "E1", "700", "100"],
        ["Training of an operator and a deputy", "E5", "none", "E1", "600", "100"],
        ["National kit on loan (shared by the country)", "E5", "E1", "E1", "–", "–"],
    ]
    stands, rest = make.notes(secretariat, f"packages-{key}")
    assert stands.startswith("Attend / host now: E1 attained, measured / not attained; E2 ")
    assert rest.startswith(
        "Prices in USD. Weeks from the order until it is installed are an assumption of the "
        "framework. The security gate is left aside here. These mend single"
    )
    weeks = [row[6] for row in tables[f"packages-{key}"]]
    assert weeks == ["–", "6", "4", "10"]

"""Words of the report."""

import pytest

from serai.readiness.states import Edition
from serai.reports.kinds.readiness import words as say


@pytest.mark.parametrize("edition", list(Edition))
def test_every_edition_says_whose_offices_it_shows(edition):
    assert say.readers(edition).startswith("It shows")


def test_words_for_codes():
    assert (say.event_name(""), say.event_name("E3")) == ("none", "E3")
    assert [say.tier_level(code) for code in ("", "best")] == ["none", "best"]
    assert say.thin("few_runs") == "fewer than three tests"
    assert say.security_asked("security.multi_factor").startswith("whoever opens")
    assert say.security_asked("security.new") == "security.new"

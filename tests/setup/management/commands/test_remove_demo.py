"""`./serai sample load|remove` and `./serai preset load`, as they are typed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.factories.reports import carec

from serai.setup.demo.loading import counts

pytestmark = pytest.mark.django_db


def said(name: str, *words: str, **options) -> str:
    out = StringIO()
    call_command(name, *words, stdout=out, **options)
    return out.getvalue()


def test_the_sample_is_refused_in_production(settings):
    carec()
    settings.MODE = "production"

    with pytest.raises(CommandError, match="for trials only"):
        said("load_demo")

    assert counts() == {}


def test_the_sample_is_refused_where_it_has_no_ground(settings):
    settings.MODE = "trial"
    call_command("load_preset", "blank", verbosity=0)

    with pytest.raises(CommandError, match="this house has no GEO, KAZ"):
        said("load_demo")


def test_the_sample_is_loaded_and_counted_in_a_trial(settings):
    settings.MODE = "trial"
    carec()

    first, second = said("load_demo"), said("load_demo")

    number = sum(counts().values())
    assert first == f"The sample is loaded: {number} rows.\n"
    assert second == f"The sample was there already: {number} rows.\n"


def test_counts_are_shown_a_copy_is_made_and_nothing_is_left(settings, monkeypatch):
    settings.MODE = "trial"
    carec()
    call_command("load_demo", verbosity=0)
    found, made = counts(), []
    monkeypatch.setattr(
        "serai.setup.management.commands.remove_demo.call_command", lambda name: made.append(name)
    )

    text = said("remove_demo", "--yes")

    lines = text.splitlines()
    assert lines[:-1] == [f"{count:6} {label}" for label, count in found.items()]
    assert lines[-1] == f"The sample is removed: {sum(found.values())} rows."
    assert made == ["make_backup"]
    assert counts() == {}
    assert said("remove_demo") == "There is no sample.\n"


def test_another_answer_than_yes_removes_nothing(settings, monkeypatch):
    settings.MODE = "trial"
    carec()
    call_command("load_demo", verbosity=0)
    before = counts()
    monkeypatch.setattr("builtins.input", lambda question: "no")

    with pytest.raises(CommandError, match="Nothing was removed"):
        said("remove_demo")

    assert counts() == before

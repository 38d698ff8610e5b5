"""`./serai preset load NAME`, as it is typed."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.factories.reports import NOON

from serai.base.access import ANONYMOUS
from serai.members.models import Member
from serai.programme import queries
from serai.programme.models import Request
from serai.setup.loading import PRESETS, load, preview
from serai.setup.models import PresetLoad
from serai.setup.reading import PresetFault, read_preset

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command("load_preset", *words, stdout=out)
    return out.getvalue()


def carec() -> None:
    load(read_preset(PRESETS / "carec"), PRESETS / "carec", now=NOON)


def forget_requests() -> None:
    """Make the preset hold two requests that this installation does not know as its own."""
    Request.objects.update(about_room="another")


def test_a_new_house_is_filled_without_a_question(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda question: pytest.fail("nobody is asked"))

    text = said("blank")

    assert text == "1 programmes added\n"
    assert PresetLoad.objects.get().name == "blank"


def test_a_preview_changes_nothing():
    carec()
    forget_requests()
    loads = PresetLoad.objects.count()

    found = preview(read_preset(PRESETS / "carec"), PRESETS / "carec", now=NOON)

    assert (found.counts, found.kept) == ({"requests": 2}, [])
    assert (Request.objects.count(), PresetLoad.objects.count()) == (2, loads)


def test_a_reload_shows_first_what_it_would_do(monkeypatch):
    carec()
    forget_requests()
    Member.objects.filter(iso3="GEO").update(time_zone="Europe/Tallinn")
    kept = (
        "kept as edited here: member GEO: time zone is “Europe/Tallinn” here, “Asia/Tbilisi” in "
        "the preset.\n"
    )
    monkeypatch.setattr("builtins.input", lambda question: "yes")

    text = said("carec")

    assert text == f"2 requests would be added\n{kept}2 requests added\n{kept}"
    assert Request.objects.count() == 4


def test_another_answer_than_yes_loads_nothing(monkeypatch):
    carec()
    forget_requests()
    monkeypatch.setattr("builtins.input", lambda question: "")

    with pytest.raises(CommandError, match="Nothing was loaded"):
        said("carec")

    assert Request.objects.count() == 2


@pytest.mark.parametrize("option", ["--diff", "--yes"])
def test_nothing_to_add_is_said_and_not_asked(option):
    carec()

    assert said("carec", option) == "Nothing to add: everything is loaded.\n"
    assert PresetLoad.objects.count() == 1


def test_an_unknown_preset_is_refused():
    with pytest.raises(CommandError, match="There is no preset 'nowhere'"):
        said("nowhere")


def test_a_faulty_preset_loads_nothing(monkeypatch):
    def refuse(folder):
        raise PresetFault(["members.toml, line 3: 'x' is not known here."])

    monkeypatch.setattr("serai.setup.management.commands.load_preset.read_preset", refuse)

    with pytest.raises(CommandError, match="Nothing was loaded.\nmembers.toml, line 3"):
        said("carec")

    assert PresetLoad.objects.count() == 0


@pytest.mark.parametrize(("mode", "day"), [("trial", date(2021, 6, 30)), ("production", None)])
def test_only_a_trial_opens_on_the_preset_s_day(settings, mode, day):
    settings.MODE = mode

    call_command("load_preset", "carec", verbosity=0)

    assert queries.programme(ANONYMOUS).opens_as_of == day

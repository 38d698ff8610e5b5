"""What `./serai run` prints once the house is open."""

import pytest
from django.core.management import call_command

from serai.base.installation import installation
from serai.setup.management.commands.prepare_house import Command

pytestmark = pytest.mark.django_db
FIRST = "Invite the first coordinator: "


@pytest.mark.parametrize(
    ("address", "invite"),
    [
        ("http://localhost:8474", "./serai person invite you@example.org"),
        (
            "http://localhost:8480",
            "SERAI_ADDRESS=http://localhost:8480 ./serai person invite you@example.org",
        ),
    ],
)
def test_a_house_without_sample_people_says_how_the_first_one_enters(settings, address, invite):
    settings.MODE, settings.SITE_ADDRESS = "trial", address

    assert Command().notes() == [
        FIRST + invite,
        "Read its letters, with the codes to sign in: ./serai mail",
    ]


def test_the_installation_says_in_which_mode_it_runs(settings, monkeypatch, tmp_path):
    settings.MODE, settings.DATA_DIR = "production", tmp_path
    monkeypatch.setattr(Command, "collect_files", lambda self: None)

    call_command("prepare_house")

    assert installation().mode == "production"


def test_production_says_nothing(settings):
    settings.MODE = "production"

    assert Command().notes() == []

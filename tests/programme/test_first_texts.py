"""The migration that gives what stood before it the first texts."""

from importlib import import_module

import pytest
from django.apps import apps
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.text import TranslatedText
from serai.programme.models import Initiative, InitiativeText, Milestone, MilestoneText

pytestmark = pytest.mark.django_db
migration = import_module("serai.programme.migrations.0004_texts_append_only")
STAMPED = {"known_from": make.EARLY, "recorded_at": make.NOON, "source_note": "Records"}


def test_each_thing_without_a_text_gets_what_stands_known_from_its_own_day():
    bank, georgia = people.organisation(), people.member("GEO")
    home = Initiative.objects.create(
        programme=make.programme(), code="home", name=TranslatedText.of("Home"),
        purpose=TranslatedText.of("Why"), order=3, sample=True, **STAMPED,
    )  # fmt: skip
    home.partners.set([bank])
    home.national_studies.set([georgia])
    row = Milestone.objects.create(
        initiative=home, number=1, order=5, kind="event", name=TranslatedText.of("Old"),
        owner=bank, country=georgia, **STAMPED,
    )  # fmt: skip
    make.milestone(home)

    migration.write_first_texts(apps, None)
    migration.write_first_texts(apps, None)

    text, told = InitiativeText.objects.get(), MilestoneText.objects.get(milestone=row)
    assert (str(text.name), str(text.purpose), text.order, text.sample) == ("Home", "Why", 3, True)
    assert (list(text.partners.all()), list(text.national_studies.all())) == ([bank], [georgia])
    assert (str(told.name), told.kind, told.order, told.sample) == ("Old", "event", 5, False)
    assert (told.owner, told.country) == (bank, georgia)
    assert {(one.known_from, one.recorded_at, one.source_note) for one in (text, told)} == {
        (make.EARLY, make.NOON, "Records")
    }
    assert MilestoneText.objects.count() == 2

"""The sample house's reports, built once for the folder; the tests look at documents alone."""

from dataclasses import replace

import pytest
from django.db import transaction
from tests.factories import readiness_report as make

from serai.base.text import TranslatedText
from serai.reports.access import audience_viewer
from serai.reports.kinds import KINDS
from serai.reports.kinds.kind import Ask
from serai.reports.kinds.readiness import report, traces

NARRATIVES = {
    "objective": TranslatedText.of("Why we looked: meetings moved online in 2020."),
    "conclusion": TranslatedText.of("Lines are good, rooms are not."),
}


KEPT = {}


def ask(audience: str, language: str = "en", **scope: str) -> Ask:
    """What an edition is asked for."""
    return Ask(
        viewer=audience_viewer(audience, language, scope), as_of=make.DAY, dated=make.DAY,
        language=language, audience=audience, narratives=NARRATIVES, languages=("en", "ru"),
        scope=scope,
    )  # fmt: skip


@pytest.fixture(scope="package")
def editions(django_db_setup, django_db_blocker):
    """Every edition by name; the offices are gone again when the tests begin."""
    build = KINDS["readiness"].build
    real = traces.check

    def keeping(document, book):
        KEPT[id(document)] = (document, book)
        real(document, book)

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(report, "check", keeping)
        first, second, _third = make.full_house()
        agency = {"organisation": str(first.office.organisation_id)}
        found = {
            "nothing": build(ask("public")),
            "empty": build(ask("country", country="MNG")),
            "secretariat": build(ask("secretariat")),
            "ru": build(ask("secretariat", "ru")),
            "agency": build(ask("organisation", **agency)),
            "country": build(ask("country", country="UZB")),
        }
        make.release(second)
        found["members"] = build(ask("members"))
        make.release(second, audience="public")
        make.shares(state="published", published_at=make.NOON)
        make.shares(measure="C", cells=[["60", 100]])
        found["public"] = build(ask("public"))
        found["shares"] = build(ask("members"))
        make.move(make.scored_office(runs=0), "under_review")
        found["review"] = build(replace(ask("secretariat"), narratives={}))
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="package")
def books(editions):
    """Editions with the book of their keys, before anything was written down, by name."""
    return {name: KEPT[id(editions[name].document)] for name in ("secretariat", "members")}


@pytest.fixture
def secretariat(editions):
    """The document for the secretariat, in English."""
    return editions["secretariat"].document


@pytest.fixture
def tables(secretariat):
    """Its tables by key, as words."""
    return make.tables(secretariat)

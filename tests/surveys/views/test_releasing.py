"""Figures for others: pages of the coordinator, the focal point and the readers."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.members.queries import releases_to_answer, viewer_of
from serai.surveys.models import Figure, Release
from serai.surveys.queries import todos

pytestmark = pytest.mark.django_db

HAS = "/data/link/has"
COUNTRIES = ("GEO", "KAZ", "UZB")


@pytest.fixture
def wave():
    programme()
    found = make.wave()
    for number, country in enumerate([*COUNTRIES, *COUNTRIES]):
        make.cleared(
            found, {HAS: "yes" if number < 4 else "no"},
            organisation=people.organisation(f"Agency {number}", country=country),
        )  # fmt: skip
    return found


@pytest.fixture
def focals():
    return [people.person_with("focal_point", code) for code in COUNTRIES]


@pytest.fixture
def released(client, wave, sign_in, focals):
    """Figures that members read, made by its people at their pages."""

    def go(audience="members"):
        coordinator = sign_in("coordinator")
        asked = {"paths": [HAS], "audience": audience, "reason": "They asked."}
        client.post(f"/en/surveys/waves/{wave.public_id}/release/", asked)
        for focal in focals:
            sign_in(focal)
            proposal = releases_to_answer(viewer_of(focal, make.NOON))[0]
            client.post(f"/en/surveys/releases/{proposal.public_id}/", {"verdict": "consent"})
        sign_in(coordinator)
        ask = Release.objects.values_list("ask", flat=True)[0]
        client.post(f"/en/surveys/waves/{wave.public_id}/freeze/", {"ask": ask})
        return Figure.objects.get()

    return go


def test_figures_reach_members_through_every_countrys_word(client, wave, released, sign_in):
    figure = released()
    sign_in("committee", "MNG")

    page = client.get(f"/en/surveys/figures/{figure.public_id}/")
    every = client.get(f"/en/surveys/waves/{wave.public_id}/figures/")

    assert (page.status_code, every.status_code) == (200, 200)
    assert figure.hash in page.content.decode()
    assert "n = 6" in page.content.decode()
    assert "basis" not in page.content.decode()
    assert every.context["rows"][0].parts[0][2].table.rows == (("Yes", 65.0), ("No", 35.0))


@pytest.mark.parametrize(("audience", "status"), [("members", 302), ("public", 200)])
def test_visitors_read_what_is_public(client, wave, released, audience, status):
    figure = released(audience)
    client.logout()

    for address in (f"figures/{figure.public_id}/", f"waves/{wave.public_id}/figures/"):
        assert client.get(f"/en/surveys/{address}").status_code == status


def test_a_sample_is_never_shown_to_visitors(client, wave, released):
    figure = released("public")
    Figure.objects.update(sample=True)
    client.logout()

    assert client.get(f"/en/surveys/figures/{figure.public_id}/").status_code == 302


@pytest.mark.parametrize(
    ("role", "status"), [("coordinator", 200), ("officer", 404), ("focal_point", 404)]
)
def test_only_coordinators_ask(client, wave, sign_in, role, status):
    sign_in(role, "GEO" if role == "focal_point" else None)

    assert client.get(f"/en/surveys/waves/{wave.public_id}/release/").status_code == status


def test_the_focal_point_of_another_country_sees_no_asking(client, wave, sign_in, focals):
    sign_in("coordinator")
    asked = {"paths": [HAS], "audience": "members", "reason": "They asked."}
    client.post(f"/en/surveys/waves/{wave.public_id}/release/", asked)
    proposal = releases_to_answer(viewer_of(focals[0], make.NOON))[0]
    address = f"/en/surveys/releases/{proposal.public_id}/"

    sign_in(focals[1])
    assert client.get(address).status_code == 404
    sign_in(focals[0])
    page = client.get(address)
    assert page.context["labels"] == ["Is there a leased line?"]
    assert client.post(address, {"verdict": "decline"}).status_code == 422
    client.post(address, {"verdict": "decline", "reason": "Not now."})
    assert Release.objects.get(country__iso3="GEO").state == "declined"


def test_the_coordinator_is_told_when_all_have_answered(client, wave, released, sign_in):
    figure = released()
    Figure.objects.filter(pk=figure.pk).delete()
    Release.objects.update(frozen_at=None)
    viewer = people.viewer_with("coordinator")

    found = [todo for todo in todos(viewer) if todo.verb == "Make the figures"]

    assert [(one.note, one.address) for one in found] == [
        ("3 countries consented", f"/en/surveys/waves/{wave.public_id}/release/")
    ]
    Release.objects.update(frozen_at=make.NOON)
    assert [todo for todo in todos(viewer) if todo.verb == "Make the figures"] == []


def test_a_focal_point_takes_a_consent_back(client, wave, released, sign_in, focals):
    figure = released()
    sign_in(focals[0])
    release = Release.objects.get(country__iso3="GEO")
    from serai.members.models import ReleaseProposal

    number = ReleaseProposal.objects.get(thing=f"surveys.release:{release.pk}").public_id

    empty = client.post(f"/en/surveys/releases/{number}/take-back/", {"reason": ""})
    done = client.post(f"/en/surveys/releases/{number}/take-back/", {"reason": "A mistake."})

    assert (empty.status_code, done.status_code) == (422, 303)
    figure.refresh_from_db()
    assert figure.audience == "secretariat"


def test_a_focal_point_finds_the_consents_asked_and_given(client, wave, sign_in, focals):
    sign_in("coordinator")
    asked = {"paths": [HAS], "audience": "members", "reason": "They asked."}
    client.post(f"/en/surveys/waves/{wave.public_id}/release/", asked)
    focal = focals[0]
    sign_in(focal)
    proposal = releases_to_answer(viewer_of(focal, make.NOON))[0]
    address = f"/en/surveys/releases/{proposal.public_id}/"

    waiting = client.get("/en/surveys/").content.decode()
    client.post(address, {"verdict": "consent"})
    given = client.get("/en/surveys/").content.decode()

    assert waiting.count("/en/surveys/releases/") == given.count("/en/surveys/releases/") == 1
    assert f'<a href="{address}">Offices: First round</a>' in waiting
    assert "Waits for consent" in waiting
    assert f'<a href="{address}">Offices: First round</a>' in given
    assert "Consented" in given


def test_results_lead_to_figures_made_and_say_who_may_make_them(client, wave, released, sign_in):
    results = f"/en/surveys/waves/{wave.public_id}/results/"
    sign_in("officer")
    before = client.get(results).content.decode()
    released()
    sign_in("officer")

    after = client.get(results).content.decode()

    link = f'href="/en/surveys/waves/{wave.public_id}/figures/"'
    assert link not in before
    assert link in after
    assert "Coordinators may show figures of these answers to others" in after
    assert "Show figures to others" not in after

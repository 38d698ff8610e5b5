"""One platform of a draft: changed, or added."""

import pytest
from django.urls import reverse
from tests.factories import readiness as make
from tests.factories.members import person_with

from serai.calc.network.platforms import names

pytestmark = pytest.mark.django_db
GIVEN = {
    **dict.fromkeys(names(), "unknown"), "name": "Zoom Meetings", "source": "Zoom, 2026",
    "dated_on": "2026-11-01", "end_to_end": "partly", "dial_in": "yes",
}  # fmt: skip


@pytest.fixture
def officer(signed_in):
    make.home()
    return signed_in(person_with("officer", make.HOME))


def address(found, *code):
    page = "edit_platform" if code else "add_platform"
    return reverse(f"readiness:{page}", args=[found.public_id, *code])


def platform(draft, code):
    draft.refresh_from_db()
    return next(one for one in draft.document["platforms"] if one["code"] == code)


def test_the_draft_leads_to_each_platform_and_the_table_in_use_to_none(officer):
    draft, used = make.tiers(state="draft"), make.tiers()

    pages = [
        officer.get(reverse("readiness:tiers", args=[one.public_id])).content.decode()
        for one in (draft, used)
    ]

    assert [address(draft, "zoom") in pages[0], address(used, "zoom") in pages[1]] == [True, False]


def test_what_is_known_is_shown_and_changed(officer):
    draft = make.tiers(state="draft")
    shown = officer.get(address(draft, "zoom")).content.decode()

    answer = officer.post(address(draft, "zoom"), GIVEN)

    assert 'value="Zoom"' in shown
    assert answer.status_code == 303
    assert platform(draft, "zoom") == {
        "code": "zoom", "name": "Zoom Meetings", "dial_in": "yes", "end_to_end": "partly",
        "source": "Zoom, 2026", "dated_on": "2026-11-01", "is_copy": False,
    }  # fmt: skip


def test_a_platform_is_added_once(officer):
    draft = make.tiers(state="draft")
    count = len(draft.document["platforms"])

    first, second = (
        officer.post(address(draft), {**GIVEN, "code": "kmeet", "name": "kMeet"}) for _n in range(2)
    )

    assert (first.status_code, second.status_code) == (303, 422)
    assert "is there already" in second.content.decode()
    assert 'value="kMeet"' in second.content.decode()
    assert platform(draft, "kmeet")["name"] == "kMeet"
    assert len(draft.document["platforms"]) == count + 1


@pytest.mark.parametrize(
    "wrong", [{"source": ""}, {"dated_on": "soon"}, {"end_to_end": "maybe"}, {"code": "K Meet"}]
)
def test_what_is_wrong_is_refused_and_kept_in_the_form(officer, wrong):
    draft = make.tiers(state="draft")

    answer = officer.post(address(draft), {**GIVEN, "code": "kmeet", "name": "kMeet", **wrong})

    assert answer.status_code == 422
    assert 'value="kMeet"' in answer.content.decode()


def test_only_drafts_and_their_officers(officer, signed_in):
    draft, used = make.tiers(state="draft"), make.tiers()

    assert officer.get(address(used, "zoom")).status_code == 404
    assert officer.get(address(draft, "nobody")).status_code == 404
    lead = signed_in(person_with("lead"))
    assert lead.get(address(draft, "zoom")).status_code in {403, 404}

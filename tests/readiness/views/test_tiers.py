"""Tables of tiers: shown, downloaded, drafted, filled from a sheet, published."""

import io

import pytest
from django.urls import reverse
from tests.factories import readiness as make
from tests.factories.members import person_with

from serai.readiness.models import TierTable

pytestmark = pytest.mark.django_db
HEAD = "platform,profile,level,up_kbps,down_kbps,source,dated_on,is_copy\n"
GOOD = HEAD + "zoom,audio,best,90,90,Zoom,2022-01-31,no\n"
BAD = GOOD + "zoom,audio,high,1,1,x,2022-01-31,no\n"


@pytest.fixture
def officer(signed_in):
    make.home()
    return signed_in(person_with("officer", make.HOME))


def address(page, found):
    return reverse(f"readiness:{page}", args=[found.public_id])


def file(text):
    made = io.BytesIO(text.encode())
    made.name = "tiers.csv"
    return made


def test_the_table_shows_tiers_and_platforms(officer):
    found = make.tiers()

    page = officer.get(address("tiers", found)).content.decode()

    assert "group video" in page
    assert "Encrypts from end to end" in page
    assert "Make a draft of this table" in page


def test_an_empty_draft_says_what_to_do(officer):
    draft = make.tiers(state="draft", document={"tiers": [], "platforms": []})

    page = officer.get(address("tiers", draft)).content.decode()

    assert "This table has no tiers yet." in page


def test_the_tiers_are_downloaded(officer):
    found = make.tiers()

    answer = officer.get(address("tiers", found) + "?as=csv")

    assert b"zoom,group video,minimum,1000,600" in b"".join(answer.streaming_content)


def test_a_draft_is_filled_from_a_sheet_that_was_seen(officer):
    old = make.tiers()
    officer.post(address("copy_tiers", old))
    draft = TierTable.objects.get(number=2)

    seen = officer.post(address("upload_tiers", draft), {"sheet": file(GOOD)})
    entered = officer.post(address("upload_tiers", draft), {"seen": seen.context["sheet"]})

    assert entered.url == address("tiers", draft)
    draft.refresh_from_db()
    assert [one["up_kbps"] for one in draft.document["tiers"]] == [90.0]
    assert officer.post(address("publish_tiers", draft), {"change_note": "New"}).status_code == 303
    old.refresh_from_db()
    assert old.state == "retired"


def test_one_refused_row_keeps_all_out(officer):
    make.tiers()
    draft = make.tiers(state="draft")

    seen = officer.post(address("upload_tiers", draft), {"sheet": file(BAD)})
    entered = officer.post(address("upload_tiers", draft), {"seen": seen.context["sheet"]})

    assert "Row 3: &#x27;high&#x27; is not a level." in seen.content.decode()
    assert entered.status_code == 422
    draft.refresh_from_db()
    assert draft.document == make.tiers_document()


def test_an_old_preview_is_asked_for_again(officer):
    draft = make.tiers(state="draft")

    answer = officer.post(address("upload_tiers", draft), {"seen": "stale"})

    assert answer.url == address("upload_tiers", draft)


def test_the_upload_names_its_columns_and_refuses_no_file(officer):
    draft = make.tiers(state="draft")

    assert "up_kbps" in officer.get(address("upload_tiers", draft)).content.decode()
    assert officer.post(address("upload_tiers", draft), {}).status_code == 422


def test_a_draft_is_deleted(officer):
    draft = make.tiers(state="draft")

    officer.post(address("delete_tiers", draft))

    assert not TierTable.objects.exists()

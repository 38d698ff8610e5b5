"""The steps' doors: no second equal report, remarks before clearing, the page after the files."""

from datetime import UTC, date, datetime

import pytest
from tests.factories.members import member, person_with
from tests.factories.programme import initiative, meeting
from tests.factories.reports import BLOCK, NOON, run
from tests.factories.signed_in import sign_in

from serai.base.jobs import enqueue
from serai.base.models import Job
from serai.base.text import TranslatedText
from serai.reports.models import CountryRemark, Narrative, Run

pytestmark = pytest.mark.django_db
ASKED = {
    "kind": "progress", "as_of": "2021-06-30", "audience": "members", "languages": ["en"],
    "meeting": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def virtual(db):
    return initiative("virtual-carec")


def page_of(made: Run, part: str = "") -> str:
    return f"/en/reports/{made.public_id}/{part}"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("draft", "is being built already"), ("issued", "Nothing has changed since this report")],
)
def test_a_second_equal_report_leads_to_the_first(client, state, sentence):
    first = run(state)
    sign_in(client, person_with("officer"))

    answer = client.post("/en/reports/new/", ASKED)

    assert (answer.status_code, answer["Location"]) == (303, page_of(first))
    assert sentence in client.get(page_of(first)).content.decode()
    assert Run.objects.count() == 1


def test_another_report_is_started(client):
    run()
    sign_in(client, person_with("officer"))

    answer = client.post("/en/reports/new/", ASKED | {"audience": "public"})

    made = Run.objects.latest("id")
    assert (answer["Location"], made.audience) == (page_of(made), "public")


def test_an_officer_of_one_initiative_is_told_beside_the_readers(client):
    sign_in(client, person_with("officer", "virtual-carec"))

    answer = client.post("/en/reports/new/", ASKED | {"audience": "secretariat"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["audience"])
    assert Run.objects.count() == 0


def test_the_form_opens_on_the_day_asked_for_with_the_meeting_that_fits_it(client):
    sign_in(client, person_with("officer"))

    form = client.get("/en/reports/new/?as_of=2021-05-31").context["form"]

    assert (form["as_of"].value(), form["meeting"].value()) == (date(2021, 5, 31), "next")


@pytest.mark.parametrize(("as_of", "number"), [("2021-06-29", 0), ("2021-07-01", 1)])
def test_the_meeting_follows_the_day_typed_and_is_named_on_the_page_of_the_report(
    client, as_of, number
):
    later = {"starts_at": datetime(2021, 9, 15, 6, tzinfo=UTC), "title": "Officials in autumn"}
    known = [meeting(), meeting(**later, ends_at=datetime(2021, 9, 15, 9, tzinfo=UTC))]
    sign_in(client, person_with("officer"))

    client.post("/en/reports/new/", ASKED | {"as_of": as_of, "meeting": "next"})

    (made,) = Run.objects.all()
    title = ("Senior Officials&#x27; Meeting", "Officials in autumn")[number]
    assert made.meeting == known[number]
    assert f"Meeting: {known[number].code}: {title}." in client.get(page_of(made)).content.decode()


def test_after_the_last_meeting_a_report_is_for_none(client):
    meeting()
    sign_in(client, person_with("officer"))

    client.post("/en/reports/new/", ASKED | {"as_of": "2021-07-01", "meeting": "next"})

    (made,) = Run.objects.all()
    assert made.meeting is None
    assert "Meeting: none." in client.get(page_of(made)).content.decode()


def test_a_day_yet_to_come_is_refused_beside_the_day(client):
    sign_in(client, person_with("officer"))

    answer = client.post("/en/reports/new/", ASKED | {"as_of": "2999-01-01"})

    (said,) = answer.context["form"].errors["as_of"]
    assert (answer.status_code, Run.objects.count()) == (422, 0)
    assert said.startswith("No report shows 1 January 2999 yet: it is after today, ")


def test_clearing_asks_for_a_tick_while_remarks_are_open(client):
    made = run("in_review")
    CountryRemark.objects.create(
        run=made, country=member("GEO"), block=BLOCK, text="Not so.", at=NOON,
        by=person_with("focal_point", "GEO"),
    )  # fmt: skip
    sign_in(client, person_with("coordinator"))

    asked = client.get(page_of(made)).content.decode()
    silent = client.post(page_of(made, "clear/"), follow=True).content.decode()
    made.refresh_from_db()
    before = made.state
    client.post(page_of(made, "clear/"), {"open_remarks": "1"})

    made.refresh_from_db()
    assert "Clear it although 1 remark has no answer" in asked
    assert "1 remark of a country has no answer." in silent
    assert (before, made.state) == ("in_review", "cleared")


@pytest.mark.parametrize("written", ["", "x", "-1", "\u0661", "9" * 40])
def test_what_is_no_number_accepts_no_remark(client, written):
    made = run("in_review")
    sign_in(client, person_with("coordinator"))

    client.post(page_of(made, "clear/"), {"open_remarks": written})

    made.refresh_from_db()
    assert made.state == "cleared"


def test_what_a_report_cannot_show_is_said_when_the_text_is_saved(client):
    made = run()
    sign_in(client, person_with("officer"))
    place = page_of(made, f"narrative/{BLOCK}/")
    texts = ("Work <b>goes</b> on. ![a picture](x.png)", "Work goes on.")

    said = []
    for version, text in enumerate(texts):
        answer = client.post(place, {"version": version, "text_en": text}, follow=True)
        said.append([str(one) for one in answer.context["messages"]])

    assert said == [
        ["The report leaves out what it cannot show (HTML: b; 1 picture).", "The text is saved."],
        ["The text is saved."],
    ]


@pytest.mark.parametrize(
    ("words", "said", "is_stopped"),
    [("Old.", "changed in another language and left as it was", False),
     ("Old \U00012000", "Stops the issue", True)],
)  # fmt: skip
def test_the_page_of_issuing_names_what_is_left_behind_and_leads_to_it(
    client, words, said, is_stopped
):
    made = run("cleared")
    text = TranslatedText((("en", words, "behind"),))
    Narrative.objects.create(run=made, block=BLOCK, text=text, written_on=NOON.date())
    sign_in(client, person_with("coordinator"))

    page = client.get(page_of(made, "issue/")).content.decode()

    assert said in page
    assert f'<a href="{page_of(made, f"narrative/{BLOCK}/")}">' in page
    assert f'<a href="{page_of(made)}">take the report one step back</a>' in page
    assert ("You may issue it all the same." in page) is not is_stopped


def test_once_the_files_are_made_the_whole_page_is_asked_for(client):
    made = run("cleared")
    sign_in(client, person_with("coordinator"))
    enqueue("reports.build_run", key=f"reports.build_run:{made.pk}", by=None, run_id=made.pk)
    part = {"headers": {"HX-Request": "true"}}

    running = client.get(page_of(made, "progress/"), **part)
    Job.objects.update(state="done")
    ended = client.get(page_of(made, "progress/"), **part)
    whole = client.get(page_of(made, "progress/"))

    assert (running.headers.get("HX-Refresh"), "hx-get" in running.content.decode()) == (None, True)
    assert (ended.status_code, ended.headers["HX-Refresh"], ended.content) == (200, "true", b"")
    assert (whole.status_code, whole["Location"]) == (303, page_of(made))


def test_a_report_whose_readers_see_no_initiative_says_what_to_do(client, virtual):
    made = run(as_of=date(2020, 1, 1))
    sign_in(client, person_with("officer"))

    page = client.get(page_of(made)).content.decode()

    assert "On its day this report's readers see no initiative" in page
    assert "Let them read one, or start a report for other readers or a later day." in page

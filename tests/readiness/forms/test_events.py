"""Forms of events: what is asked, and what is refused."""

from serai.readiness.forms.events import (
    DelegationForm,
    DeskForm,
    EventForm,
    RehearsalForm,
    ReviewForm,
)

EVENT = {"event": "E1", "platform": "teams", "languages": ["en"], "sensitivity": "low"}
CHOICES = {"events": [("E1", "E1")], "platforms": [("teams", "Teams")]}


def test_a_meeting_is_asked_for_once():
    new = EventForm(EVENT, meetings=[("m1", "M1")], **CHOICES)
    old = EventForm(EVENT, meetings=None, **CHOICES)

    assert set(new.errors) == {"meeting"}
    assert old.is_valid()


def test_what_is_not_offered_is_refused_by_its_field():
    form = EventForm(
        {**EVENT, "event": "E9", "platform": "", "languages": [], "sensitivity": "x"},
        meetings=None, **CHOICES,
    )  # fmt: skip

    assert set(form.errors) == {"event", "platform", "languages", "sensitivity"}


def test_who_holds_the_event_is_asked_of_officers():
    given = {"place": "a", "role": "host", "seats": "3"}
    places = [("a", "Office")]

    assert DelegationForm(given, places=places, may_be_host=True).is_valid()
    assert set(DelegationForm(given, places=places, may_be_host=False).errors) == {"role"}


def test_people_are_one_or_more():
    for seats in ("0", "2001", "many"):
        form = DelegationForm(
            {"place": "a", "role": "seat", "seats": seats}, places=[("a", "A")], may_be_host=False
        )
        assert set(form.errors) == {"seats"}


def test_a_note_says_at_least_one_thing():
    form = DeskForm({"delegation": "d1"}, delegations=[("d1", "One")])

    assert "Say at least one thing" in str(form.errors)
    for given, is_in in (({"presence": "in"}, True), ({"presence": "out"}, False),
                         ({"text": "x"}, None)):  # fmt: skip
        form = DeskForm(given, delegations=[])
        assert form.is_valid()
        assert form.is_in is is_in


def test_nothing_any_more_is_said_at_the_desk_and_not_of_a_rehearsal():
    assert DeskForm({"trouble": "none"}, delegations=[]).is_valid()
    assert set(RehearsalForm({"trouble": "none"}).errors) == {"trouble"}
    assert RehearsalForm({}).is_valid()


def test_a_review_takes_what_is_said_and_leaves_the_rest():
    form = ReviewForm(
        {"outcome_d1": "absent", "note_d1": "Ill", "note_d2": "left"},
        delegations=[("d1", "One"), ("d2", "Two")],
    )

    assert form.is_valid()
    assert form.outcomes() == {"d1": ("absent", "Ill")}
    assert set(ReviewForm({"outcome_d1": "x"}, delegations=[("d1", "One")]).errors) == {
        "outcome_d1"
    }

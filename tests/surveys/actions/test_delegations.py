"""Parts in other hands: nothing is written outside them, and a suggestion is never an answer."""

import itertools
import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.signed_in import sign_in

from serai.base.access import Denied
from serai.base.models import Message
from serai.calc.xforms import Ref
from serai.members.models import Grant
from serai.members.queries import viewer_of
from serai.surveys import actions, queries
from serai.surveys.actions import Change, Given, Kept, Refused
from serai.surveys.models import Answer, AnswerHead, Delegation, Response, Suggestion
from serai.surveys.states import DelegationScope, DelegationState, Source, SuggestionState

pytestmark = pytest.mark.django_db
NAME, STAFF, HAS = Ref("/data/office/name"), Ref("/data/office/staff"), Ref("/data/link/has")
_ids = itertools.count(1)


@pytest.fixture
def helper(asked):
    return people.person_with("contributor", asked.organisation)


def given(response, lead, helper, scope="edit", *, takes=True, **fields):
    """A part of the first section, taken up."""
    what = Given("office", helper.pk, DelegationScope(scope), **fields)
    row = actions.delegate(response=response, given=what, by=lead, now=make.NOON)
    if takes:
        holder = viewer_of(helper, make.NOON)
        actions.answer_offer(delegation=row, takes=True, by=holder, now=make.NOON)
    return row


def give(response, by, ref, value, base=0):
    change = Change(f"d{next(_ids)}", ref, base, value)
    return actions.write_answers(
        response=response, changes=[change], by=by, now=make.NOON
    ).outcomes[0]


def typed():
    """What people wrote, not what was calculated."""
    rows = Answer.objects.exclude(source=Source.CALCULATION)
    return sorted(rows.exclude(path__contains="meta").values_list("path", "value"))


def letters():
    rows = Message.objects.values_list("key", "person_id")
    return sorted((key.partition(":")[0], person) for key, person in rows)


def test_an_editor_writes_the_part_and_nothing_beside_it(response, lead, helper):
    given(response, lead, helper, sees_rest=True)
    holder = viewer_of(helper, make.NOON)

    inside, outside = (give(response, holder, ref, "yes") for ref in (NAME, HAS))
    with pytest.raises(Denied):
        actions.add_entry(response=response, repeat_path="/data/room", by=holder, now=make.NOON)

    assert (inside.kept, outside.kept) == (Kept.SAVED, Kept.REFUSED)
    assert outside.why == "This question is not in your hands."
    assert typed() == [("/data/office/name", "yes")]
    assert not response.entries.exists()


def test_a_delegate_writes_nothing_outside_by_post_or_autosave(client, response, lead, helper):
    given(response, lead, helper, sees_rest=True)
    client.force_login(helper)
    autosave = reverse("surveys:autosave", args=[response.public_id]) + "?section=office"
    batch = [{"client_id": "x1", "ref": "/data/link/has", "base": "0", "value": "yes"}]

    other = client.post(
        reverse("surveys:section", args=[response.public_id, "link"]),
        {"/data/link/has": "yes", "base:/data/link/has": "0"},
    )
    smuggled = client.post(
        reverse("surveys:section", args=[response.public_id, "office"]),
        {"/data/link/has": "yes", "base:/data/link/has": "0", "/data/office/name": "A",
         "base:/data/office/name": "0"},
    )  # fmt: skip
    told = client.post(autosave, json.dumps(batch), content_type="application/json").json()

    assert other.status_code == 422
    assert smuggled.status_code == 303
    assert [one["status"] for one in told["answers"]] == ["refused"]
    assert typed() == [("/data/office/name", "A")]


@pytest.mark.parametrize("scope", ["view", "suggest"])
def test_neither_view_nor_suggest_changes_an_answer(response, lead, helper, scope):
    stands = give(response, lead, NAME, "Ours").stands
    given(response, lead, helper, scope)
    holder = viewer_of(helper, make.NOON)

    outcome = give(response, holder, NAME, "Theirs", stands.answer_id)

    assert outcome.kept is (Kept.REFUSED if scope == "view" else Kept.SUGGESTED)
    assert typed() == [("/data/office/name", "Ours")]
    assert AnswerHead.objects.get(path=NAME.path).answer_id == stands.answer_id
    waiting = list(Suggestion.objects.values_list("path", "value", "by", "state"))
    assert waiting == ([] if scope == "view" else [(NAME.path, "Theirs", helper.pk, "open")])


def test_a_lead_takes_edits_or_declines_what_was_suggested(response, lead, helper):
    given(response, lead, helper, "suggest")
    holder = viewer_of(helper, make.NOON)
    give(response, holder, NAME, "Agency")
    give(response, holder, STAFF, "12")
    name, staff = Suggestion.objects.order_by("pk")
    with pytest.raises(Denied):
        actions.take_suggestion(suggestion=name, base=0, by=holder, now=make.NOON)
    with pytest.raises(Denied):
        actions.decline_suggestion(suggestion=name, by=holder, now=make.NOON)

    taken = actions.take_suggestion(suggestion=name, base=0, by=lead, now=make.NOON)
    edited = actions.take_suggestion(suggestion=staff, value="13", base=0, by=lead, now=make.NOON)

    assert (taken.kept, edited.kept) == (Kept.SAVED, Kept.SAVED)
    assert typed() == [("/data/office/name", "Agency"), ("/data/office/staff", "13")]
    found = Suggestion.objects.order_by("pk").values_list("state", "taken_as", "closed_by")
    assert list(found) == [
        (SuggestionState.TAKEN, taken.stands.answer_id, lead.person_id),
        (SuggestionState.TAKEN_EDITED, edited.stands.answer_id, lead.person_id),
    ]
    give(response, holder, NAME, "Other")
    third = Suggestion.objects.latest("pk")
    actions.decline_suggestion(suggestion=third, by=lead, now=make.NOON)
    third.refresh_from_db()
    assert (third.state, third.taken_as_id) == (SuggestionState.DECLINED, None)
    assert AnswerHead.objects.get(path=NAME.path).answer.value == "Agency"


def test_a_suggestion_on_an_answer_that_moved_stays_open(response, lead, helper):
    given(response, lead, helper, "suggest")
    give(response, viewer_of(helper, make.NOON), NAME, "Theirs")
    give(response, lead, NAME, "Ours")
    suggestion = Suggestion.objects.get()

    outcome = actions.take_suggestion(suggestion=suggestion, base=0, by=lead, now=make.NOON)

    suggestion.refresh_from_db()
    assert (outcome.kept, suggestion.state) == (Kept.CONFLICT, SuggestionState.OPEN)
    assert typed() == [("/data/office/name", "Ours")]


def test_a_part_is_offered_taken_given_back_and_closed(response, lead, helper):
    row = given(response, lead, helper, takes=False)
    holder = viewer_of(helper, make.NOON)
    with pytest.raises(Denied):
        give(response, holder, NAME, "Too early")
    with pytest.raises(Denied):
        actions.answer_offer(delegation=row, takes=True, by=lead, now=make.NOON)

    actions.answer_offer(delegation=row, takes=True, by=holder, now=make.NOON)
    give(response, holder, NAME, "Agency")
    actions.give_back(delegation=row, reply=" Done. ", by=holder, now=make.NOON)
    with pytest.raises(Denied):
        give(response, holder, STAFF, "3")
    with pytest.raises(Denied):
        actions.end_delegation(delegation=row, by=holder, now=make.NOON)
    actions.end_delegation(delegation=row, by=lead, now=make.NOON)

    row.refresh_from_db()
    assert (row.state, row.reply, row.closed_at) == (DelegationState.CLOSED, "Done.", make.NOON)
    assert typed() == [("/data/office/name", "Agency")]
    assert letters() == sorted(
        [
            ("surveys.delegation_offered", helper.pk),
            ("surveys.delegation_answered", lead.person_id),
            ("surveys.delegation_returned", lead.person_id),
        ]
    )


def test_a_part_taken_back_ends_at_once_and_keeps_what_was_answered(response, lead, helper):
    row = given(response, lead, helper)
    holder = viewer_of(helper, make.NOON)
    give(response, holder, NAME, "Agency")

    actions.end_delegation(delegation=row, by=lead, now=make.NOON)

    with pytest.raises(Denied):
        give(response, holder, STAFF, "3")
    row.refresh_from_db()
    assert row.state == DelegationState.REVOKED
    assert typed() == [("/data/office/name", "Agency")]
    assert ("surveys.delegation_revoked", helper.pk) in letters()


def test_a_part_is_declined_only_with_a_reason(response, lead, helper):
    row = given(response, lead, helper, takes=False)
    holder = viewer_of(helper, make.NOON)

    with pytest.raises(Refused, match="Say why"):
        actions.answer_offer(delegation=row, takes=False, reply="  ", by=holder, now=make.NOON)
    actions.answer_offer(delegation=row, takes=False, reply="Leave", by=holder, now=make.NOON)

    row.refresh_from_db()
    assert (row.state, row.reply) == (DelegationState.DECLINED, "Leave")


def test_a_part_ends_with_the_role_at_once_and_its_row_with_the_next_job(
    response, lead, helper, asked
):
    other = people.person_with("contributor", asked.organisation)
    kept, returned = given(response, lead, helper), given(response, lead, other)
    actions.give_back(delegation=returned, by=viewer_of(other, make.NOON), now=make.NOON)
    Grant.objects.filter(person__in=[helper, other]).update(state="ended", ended_at=make.NOON)

    with pytest.raises(Denied):
        give(response, viewer_of(helper, make.NOON), NAME, "Gone")
    mine = queries.own_rows(viewer_of(helper, make.NOON))
    count = actions.expire_delegations(today=date(2021, 3, 1), now=make.NOON)

    states = [Delegation.objects.get(pk=one.pk).state for one in (kept, returned)]
    assert (mine, count, states) == ([], 2, ["expired", "closed"])


def test_parts_expire_the_day_after_their_last_and_others_stay(response, lead, helper, asked):
    today = date(2021, 3, 10)
    others = [people.person_with("contributor", asked.organisation) for _ in range(3)]
    late = given(response, lead, helper, due_on=today - timedelta(days=1))
    offered = given(response, lead, others[0], takes=False, due_on=today - timedelta(days=9))
    due = given(response, lead, others[1], due_on=today)
    endless = given(response, lead, others[2])

    count = actions.expire_delegations(today=today, now=make.NOON)
    again = actions.expire_delegations(today=today, now=make.NOON)

    assert (count, again) == (2, 0)
    ended = sorted(person for kind, person in letters() if kind == "surveys.delegation_expired")
    assert ended == sorted([lead.person_id, lead.person_id, helper.pk, others[0].pk])
    states = [Delegation.objects.get(pk=one.pk).state for one in (late, offered, due, endless)]
    assert states == ["expired", "expired", "accepted", "accepted"]
    with pytest.raises(Denied):
        give(response, viewer_of(helper, make.NOON), NAME, "Late")


def test_what_cannot_be_given_is_refused_in_words(response, lead, helper):
    stranger = people.person_with("contributor")
    given(response, lead, helper, takes=False)
    edit = DelegationScope.EDIT
    wrong = [
        (Given("office", stranger.pk, edit), "no role in your organisation"),
        (Given("office", lead.person_id, edit), "That is you"),
        (Given("office", helper.pk, edit), "has “The office” already"),
        (Given("nowhere", helper.pk, edit), "no such section"),
        (Given("room", helper.pk, edit, entry="r9"), "not there any more"),
        (Given("link", helper.pk, edit, note="x" * 2_001), "longer than 2000"),
    ]

    for what, said in wrong:
        with pytest.raises(Refused, match=said):
            actions.delegate(response=response, given=what, by=lead, now=make.NOON)
    what = Given("link", helper.pk, edit)
    for role in ("officer", "lead", "contributor", "focal_point"):
        with pytest.raises(Denied):
            actions.delegate(
                response=response, given=what, by=people.viewer_with(role), now=make.NOON
            )

    assert Delegation.objects.count() == 1


def test_several_parts_are_given_at_once_with_one_letter(response, lead, helper):
    parts = [Given(slug, helper.pk, DelegationScope.EDIT) for slug in ("office", "link")]

    rows = actions.delegate_parts(response=response, given=parts, by=lead, now=make.NOON)

    assert [(row.section, row.person_id, row.state) for row in rows] == [
        ("office", helper.pk, "offered"), ("link", helper.pk, "offered"),
    ]  # fmt: skip
    assert letters() == [("surveys.delegation_offered", helper.pk)]
    assert Message.objects.get().subject == "Offices: 2 parts for you"


def test_of_several_parts_all_are_given_or_none(response, lead, helper):
    given(response, lead, helper)
    parts = [Given(slug, helper.pk, DelegationScope.EDIT) for slug in ("link", "office")]

    with pytest.raises(Refused, match="This person has “The office” already"):
        actions.delegate_parts(response=response, given=parts, by=lead, now=make.NOON)

    assert [row.section for row in response.delegations.all()] == ["office"]


def test_leads_are_told_once_a_day_of_texts_that_wait(response, lead, helper):
    given(response, lead, helper, "suggest")
    holder = viewer_of(helper, make.NOON)
    today = date(2021, 3, 10)
    none = actions.tell_suggestions(today=today)
    give(response, holder, NAME, "A")
    give(response, holder, STAFF, "2")

    sent = [actions.tell_suggestions(today=today) for _ in range(2)]
    actions.tell_suggestions(today=today + timedelta(days=1))

    assert (none, sent[0]) == (0, 1)
    told = Message.objects.filter(key__startswith="surveys.suggestions:")
    assert [row.person_id for row in told] == [lead.person_id] * 2


def test_the_signer_reads_what_was_proposed_and_takes_none_of_it(client, asked, lead, helper):
    signer = people.person()
    asked.signer = signer
    asked.save()
    found = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    given(found, lead, helper, "suggest")
    give(found, viewer_of(helper, make.NOON), NAME, "Proposed words")
    row = Suggestion.objects.get()
    sign_in(client, signer)

    page = client.get(reverse("surveys:section", args=[found.public_id, "office"])).content.decode()
    answer = client.post(reverse("surveys:suggestion", args=[row.public_id]), {"base": "0"})

    assert "Proposed words" in page
    assert ("formaction" in page, answer.status_code) == (False, 404)


def test_colleagues_find_signed_answers_in_their_list_and_no_drafts(asked, lead, response):
    colleague = people.viewer_with("contributor", asked.organisation)
    stranger = people.viewer_with("contributor")
    before = queries.own_rows(colleague)
    Response.objects.filter(pk=response.pk).update(state="signed", signed_through=5)

    (row,) = queries.own_rows(colleague)
    Response.objects.filter(pk=response.pk).update(state="withdrawn")

    assert (before, row.head.public_id, row.role) == ([], response.public_id, "colleague")
    assert queries.own_rows(stranger) == []
    assert queries.own_rows(colleague) == []

"""The page "My account"."""

import pytest
from django.urls import reverse
from tests.factories import members as make
from tests.factories.signed_in import sign_in

pytestmark = pytest.mark.django_db
TOPICS = ["requests", "meetings", "reports", "work", "changes"]
SAID = {
    "full_name": "Nino", "address_as": "", "language": "en", "time_zone": "UTC", "theme": "auto",
    "text_size": "normal", "digest": "weekly",
}  # fmt: skip


@pytest.mark.parametrize(
    ("muted", "chosen", "kept"),
    [
        ([], ["requests", "meetings", "reports", "work"], ["changes"]),
        (["meetings"], TOPICS, []),
        (["meetings"], ["requests", "reports", "work", "changes"], ["meetings"]),
        ([], [], TOPICS),
        (["of_a_later_room"], TOPICS, ["of_a_later_room"]),
    ],
)
def test_saving_keeps_what_is_not_chosen_and_what_is_not_shown(client, muted, chosen, kept):
    person = make.person(muted_topics=muted)

    answer = sign_in(client, person).post(reverse("members:me"), SAID | {"topics": chosen})

    person.refresh_from_db()
    assert (answer.status_code, person.muted_topics) == (303, kept)


def test_what_a_letters_link_turned_off_is_shown_so(client):
    sign_in(client, make.person(muted_topics=["meetings"]))

    form = client.get(reverse("members:me")).context["form"]

    assert form["topics"].value() == ["requests", "reports", "work", "changes"]

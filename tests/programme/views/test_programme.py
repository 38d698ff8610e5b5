"""The programme's own doors: its facts, and initiatives that are opened in it."""

import pytest
from tests.factories.members import member, organisation, person_with
from tests.factories.programme import initiative, programme
from tests.house.walking import client_of

from serai.base.models import AuditEntry
from serai.base.text import TranslatedText
from serai.programme import queries
from serai.programme.models import Initiative, Programme

pytestmark = pytest.mark.django_db
NEW = "/en/programme/initiatives/new/"
EDIT = "/en/programme/edit/"
HUB = {
    "name_en": "Startup hub", "name_ru": "Центр стартапов", "purpose_en": "Founders meet",
    "purpose_ru": "", "code": "startup-hub", "order": "1",
}  # fmt: skip


@pytest.fixture
def coordinator(sign_in):
    programme()
    return sign_in("coordinator")


def fields(client, address):
    return client.get(address).context["form"]


# ---------------------------------------------------------------- opening an initiative
def test_a_new_initiative_is_proposed_for_the_secretariat_with_all_that_was_written(
    client, coordinator
):
    member("GEO")
    bank = organisation("Bank", country=None, kind="international")
    keeper = person_with("officer")

    answer = client.post(
        NEW, HUB | {"partners": [bank.pk], "studies": ["GEO"], "keeper": keeper.pk}
    )

    row = Initiative.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        303, "/en/programme/initiatives/startup-hub/",
    )  # fmt: skip
    assert (row.code, row.state, row.audience, row.order, row.keeper) == (
        "startup-hub", "proposed", "secretariat", 1, keeper,
    )  # fmt: skip
    assert (row.name.pick("en")[0], row.name.pick("ru")[0], row.purpose.pick("en")[0]) == (
        "Startup hub", "Центр стартапов", "Founders meet",
    )  # fmt: skip
    assert list(row.partners.all()) == [bank]
    assert [one.iso3 for one in row.national_studies.all()] == ["GEO"]
    assert row.recorded_by == coordinator
    assert AuditEntry.objects.filter(verb="open_initiative", by=coordinator.pk).count() == 1


def test_the_page_offers_the_next_place_partners_and_keepers(client, coordinator):
    initiative("first", order=4)
    bank = organisation("Bank", country=None, kind="international")
    organisation("Ministry", country="GEO", kind="government")

    form = fields(client, NEW)

    assert form.initial == {"order": 5}
    assert form.fields["partners"].choices == [(str(bank.pk), "Bank")]
    assert [name for _pk, name in form.fields["keeper"].choices] == [
        "Nobody", coordinator.full_name,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name_en": " ", "name_ru": ""}, "name_en", "Write it in at least one language."),
        ({"code": ""}, "code", "Write an answer here."),
        (
            {"code": "Startup hub"}, "code",
            "Use small letters a to z, digits and hyphens only, such as startup-hub.",
        ),
        ({"code": "taken"}, "code", "An initiative “taken” exists already."),
        (
            {"code": "new"}, "code",
            "“new” stands for the page that opens initiatives. Choose another code.",
        ),
        ({"order": "1000"}, "order", "Enter 999 or less."),
        (
            {"keeper": "0"}, "keeper",
            "'0' is not one of the choices. Choose again.",
        ),
    ],
)  # fmt: skip
def test_a_refused_initiative_is_explained_and_nothing_typed_is_lost(
    client, coordinator, changed, field, sentence
):
    initiative("taken")

    answer = client.post(NEW, HUB | changed)

    page = answer.content.decode()
    assert (answer.status_code, dict(answer.context["form"].errors)) == (422, {field: [sentence]})
    assert 'value="Центр стартапов"' in page or "name_ru" in changed
    assert "Founders meet</textarea>" in page
    assert [one.code for one in Initiative.objects.all()] == ["taken"]


def test_a_house_without_partners_and_members_does_not_ask_for_them(client, coordinator):
    asked = set(fields(client, NEW).fields)

    assert asked & {"partners", "studies", "keeper", "order"} == {"keeper", "order"}
    assert client.post(NEW, HUB).status_code == 303
    assert Initiative.objects.get().partners.count() == 0


def test_a_new_initiative_sent_twice_is_opened_once(client, coordinator):
    answers = [client.post(NEW, HUB | {"receipt": "k" * 32}) for _ in range(2)]

    assert [one["Location"] for one in answers] == ["/en/programme/initiatives/startup-hub/"] * 2
    assert Initiative.objects.count() == 1


# ---------------------------------------------------------------- the programme's facts
def test_the_programme_is_edited_and_what_is_not_asked_stays(client, coordinator):
    Programme.objects.update(languages=["en", "ru"], opens_as_of="2021-06-30")
    office = organisation("Office", country=None, kind="international")
    given = fields(client, EDIT).initial | {
        "name_en": "Silk Road Programme", "short_name_en": "SRP", "short_name_ru": "ПШП",
        "secretariat": office.pk, "time_zone": "Asia/Tbilisi",
        "assistance_en": "Support", "assistance_number": "TA-7",
    }  # fmt: skip

    answer = client.post(EDIT, given, follow=True)

    now = queries.programme(None)
    assert "The programme is saved." in answer.content.decode()
    assert (str(now.name), now.short_name.pick("en")[0], now.short_name.pick("ru")[0]) == (
        "Silk Road Programme", "SRP", "ПШП",
    )  # fmt: skip
    assert (now.code, now.time_zone, now.languages, str(now.opens_as_of)) == (
        "carec", "Asia/Tbilisi", ("en", "ru"), "2021-06-30",
    )  # fmt: skip
    assert (now.secretariat, str(now.technical_assistance), now.technical_assistance_number) == (
        office.names, "Support", "TA-7",
    )  # fmt: skip
    assert Programme.objects.count() == 1


def test_a_programme_without_a_name_or_with_an_unknown_clock_is_not_saved(client, coordinator):
    before = queries.programme(None)
    given = fields(client, EDIT).initial | {
        "name_en": "", "name_ru": "", "short_name_en": "", "short_name_ru": "",
        "time_zone": "Mars/Olympus",
    }  # fmt: skip

    answer = client.post(EDIT, given)

    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["name_en", "short_name_en", "time_zone"]
    assert queries.programme(None) == before


def test_two_editors_of_the_programme_see_both_texts(client, coordinator):
    mine = fields(client, EDIT).initial | {"name_en": "Mine"}
    Programme.objects.update(name=TranslatedText.of("Theirs"))

    first = client.post(EDIT, mine)
    again = client.post(EDIT, mine | {"seen": first.context["form"].data["seen"]})

    assert first.status_code == 422
    assert "Name (English): “Theirs”" in first.content.decode()
    assert again.status_code == 303
    assert queries.programme(None).name.pick("en")[0] == "Mine"


# ---------------------------------------------------------------- who comes here
@pytest.mark.parametrize("address", [NEW, EDIT])
def test_only_coordinators_of_the_whole_programme_enter(client, address):
    programme()
    initiative("hub")
    officer, of_one = person_with("officer"), person_with("coordinator", "hub")
    all_, keeper = person_with("coordinator"), person_with("administrator")

    found = [client_of(one).get(address).status_code for one in (officer, of_one, keeper, all_)]

    assert found == [404, 404, 404, 200]
    assert client.get(address)["Location"].startswith("/en/members/sign-in/")


@pytest.mark.parametrize("address", [NEW, EDIT])
def test_before_a_preset_is_loaded_there_is_nothing_to_set_up(client, sign_in, address):
    sign_in("coordinator")

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("role", "links", "sentence"),
    [
        ("coordinator", 1, "Open the first; its milestones, requests and reports follow from it."),
        ("officer", 0, "A coordinator of the whole programme opens them."),
    ],
)
def test_an_empty_programme_leads_to_the_first_initiative(client, sign_in, role, links, sentence):
    programme()
    sign_in(role)

    page = client.get("/en/programme/").content.decode()

    assert page.count(f'href="{NEW}"') == links
    assert f"No initiative is here yet. {sentence}" in page

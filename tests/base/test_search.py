"""Search: tokens, who finds what, in which order."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from serai.base import search
from serai.base.access import ANONYMOUS, Viewer
from serai.base.jobs import enqueue, run_ready
from serai.base.models import SearchEntry, SearchKey

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
MEMBER = Viewer(keys=frozenset({"public", "members"}), person_id=1)


def enter(thing: str, title: str, text: str = "", **changes: object) -> SearchEntry:
    given: dict = {
        "thing": thing,
        "language": "en",
        "title": title,
        "text": text,
        "address": f"/en/{thing}/",
        "keys": ["public"],
        "now": NOON,
    }
    return search.index(**(given | changes))


def found(words: str, viewer: Viewer = ANONYMOUS, language: str = "en", limit: int = 20) -> list:
    return [hit.thing for hit in search.search(viewer, words, language, limit)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Министерства", "ru", ["министерств"]),
        ("отчёт", "ru", ["отчет"]),
        ("数字战略", "zh-hans", ["数字", "字战", "战略"]),
        ("Oʻzbekiston", "uz", ["ozbeki"]),
        ("O'zbekiston", "uz", ["ozbeki"]),
        ("სააგენტოს", "ka", ["სააგენ"]),
        ("цифровой", "kk", ["цифров"]),
        ("Район", "ru", ["район"]),
        ("й", "ru", ["й"]),
        ("Strategies 2030", "en", ["strategi", "2030"]),
        ("ﬁle Ⅳ", "ka", ["file", "iv"]),
        ("", "en", []),
        ("... ' —", "en", []),
        ("字", "zh-hans", ["字"]),
        ("CAREC数字2030", "en", ["carec", "数字", "2030"]),
        ("министерства of roads", "en", ["министерств", "of", "road"]),
    ],
)
def test_tokens(text, language, expected):
    assert search.tokens(text, language) == expected


def test_an_index_holds_single_signs_too():
    assert search.tokens("数字", "zh-hans", indexing=True) == ["数", "字", "数字"]


@pytest.mark.django_db
def test_search_finds_every_form_of_a_word():
    enter("base.a:1", "Отчёт министерства", language="ru")

    assert found("отчеты министерством", language="ru") == ["base.a:1"]


@pytest.mark.django_db
def test_search_finds_the_start_of_a_word():
    enter("base.a:1", "Broadband backbone")

    assert found("broad back") == ["base.a:1"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ru", "kk", "zh-hans"])
def test_readers_of_every_language_find_a_kazakh_word(language):
    enter("base.a:1", "Министрлігінің есебі", language="kk")

    assert found("министрлігі", language=language) == ["base.a:1"]


@pytest.mark.django_db
def test_search_asks_for_every_word():
    enter("base.a:1", "Broadband", "in Tashkent")
    enter("base.a:2", "Broadband", "in Baku")

    assert found("broadband baku") == ["base.a:2"]


@pytest.mark.django_db
def test_one_chinese_sign_is_found():
    enter("base.a:1", "数字战略", language="zh-hans")

    assert found("战", language="zh-hans") == ["base.a:1"]
    assert found("数字战", language="zh-hans") == ["base.a:1"]
    assert found("战数", language="zh-hans") == []


@pytest.mark.django_db
def test_search_keeps_from_those_without_a_key():
    enter("base.secret:1", "Position of Georgia", keys=["country:GEO"])

    assert found("position") == []
    assert found("position", MEMBER) == []
    assert found("position", Viewer(keys=frozenset({"country:GEO"}))) == ["base.secret:1"]
    assert found("position", Viewer(keys=frozenset())) == []


@pytest.mark.django_db
def test_the_keys_themselves_are_no_words():
    enter("base.a:1", "Broadband", keys=["country:GEO"])

    viewer = Viewer(keys=frozenset({"country:GEO"}))

    assert found(search.key_token("country:GEO"), viewer) == []
    assert found(search.key_token("country:GEO")[1:9], viewer) == []


@pytest.mark.django_db
def test_search_holds_hits_against_the_keys_once_more():
    entry = enter("base.a:1", "Broadband", keys=["members"])
    SearchKey.objects.filter(entry=entry).delete()

    assert found("broadband", MEMBER) == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_addresses_are_told_of_what_one_may_find_in_ones_language(count, django_assert_num_queries):
    things = [f"tests.note:{number}" for number in range(count)]
    for thing in things:
        enter(thing, "Заметка", language="ru", address=f"/ru/{thing}/", keys=["members"])
        enter(thing, "Note", keys=["members"])
    enter("tests.note:hidden", "Note", keys=["country:GEO"])
    asked = [*things, "tests.note:hidden", "tests.note:gone"]

    with django_assert_num_queries(1):
        russian = search.addresses(MEMBER, asked, "ru")

    assert russian == {thing: f"/ru/{thing}/" for thing in things}
    assert search.addresses(MEMBER, asked, "en") == {thing: f"/en/{thing}/" for thing in things}
    assert search.addresses(MEMBER, asked, "ka") == russian
    assert search.addresses(ANONYMOUS, asked, "ru") == {}


@pytest.mark.django_db
def test_addresses_of_nothing_take_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search.addresses(MEMBER, [], "en") == {}


@pytest.mark.django_db
@pytest.mark.parametrize("few", [1, 1_000])
def test_titles_come_first_then_the_newest(few, monkeypatch):
    monkeypatch.setattr(search, "FEW", few)
    enter("base.old:1", "Road", "bridge")
    enter("base.new:2", "Road", "bridge", now=NOON + timedelta(days=1))
    enter("base.both:3", "Bridge road", now=NOON - timedelta(days=9))
    enter("base.text:4", "Survey", "road bridge", now=NOON + timedelta(days=2))

    assert found("road bridge") == ["base.both:3", "base.new:2", "base.old:1", "base.text:4"]


@pytest.mark.django_db
def test_search_gives_a_thing_once_in_the_readers_language():
    enter("base.a:1", "CAREC 2030", language="en")
    enter("base.a:1", "CAREC до 2030", language="ru")

    assert [hit.title for hit in search.search(ANONYMOUS, "carec", "ru")] == ["CAREC до 2030"]
    assert [hit.title for hit in search.search(ANONYMOUS, "carec", "en")] == ["CAREC 2030"]


@pytest.mark.django_db
def test_index_again_replaces_words_and_keys():
    enter("base.a:1", "Old name", keys=["public", "members"])

    enter("base.a:1", "New title", keys=["members"], now=NOON + timedelta(hours=1))

    assert found("old", MEMBER) == []
    assert found("new", MEMBER) == ["base.a:1"]
    assert found("new") == []
    assert list(SearchKey.objects.values_list("key", flat=True)) == ["members"]


@pytest.mark.django_db
def test_remove_takes_every_language_out():
    enter("base.a:1", "CAREC", language="en")
    enter("base.a:1", "CAREC", language="ru")

    search.remove("base.a:1")

    assert found("carec") == []
    assert SearchEntry.objects.count() == 0
    assert SearchKey.objects.count() == 0


@pytest.mark.django_db
def test_equal_ranks_find_a_free_one(monkeypatch):
    monkeypatch.setattr(search, "rank_of", lambda thing, language, now: 7)

    ranks = [enter(f"base.a:{number}", "Road").rank for number in (1, 2, 3)]

    assert ranks == [7, 8, 9]
    assert found("road") == ["base.a:3", "base.a:2", "base.a:1"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", ['"', 'a" OR "b', "NEAR(", "'; DROP TABLE", "\\", "a:* & |", "()", "\x00", "%s"]
)
def test_signs_of_the_query_language_are_only_text(words):
    enter("base.a:1", "Broadband")

    assert found(words) == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_search_asks_a_fixed_number_of_queries(count, django_assert_num_queries):
    for number in range(count):
        enter(f"base.a:{number}", "Road")

    with django_assert_num_queries(2):
        found("road")


@pytest.mark.django_db
def test_a_sample_hit_says_so():
    enter("base.a:1", "Road", sample=True)

    assert [hit.is_sample for hit in search.search(MEMBER, "road", "en")] == [True]
    assert search.search(ANONYMOUS, "road", "en") == []


# -- building the index anew


def offered(title, keys=("public",)):
    def write(now):
        enter("base.a:1", title, keys=list(keys), now=now)

    return lambda: [search.Findable("base.a:1", write)]


@pytest.fixture
def rooms(monkeypatch):
    monkeypatch.setattr(search.HOOKS, "rooms", [offered("New title", ["members"])])


@pytest.mark.django_db
def test_rebuild_writes_what_rooms_hold_and_drops_the_rest(rooms):
    enter("base.a:1", "Old name", language="en")
    enter("base.a:1", "Ancien nom", language="fr")
    enter("base.gone:2", "Old leftover")

    count = search.rebuild(now=NOON + timedelta(days=9))

    assert count == 1
    assert list(SearchEntry.objects.values_list("title", "updated_at")) == [("New title", NOON)]
    assert (found("new"), found("new", MEMBER)) == ([], ["base.a:1"])


@pytest.mark.django_db
def test_the_command_says_how_much_can_be_found(rooms):
    out = StringIO()

    call_command("rebuild_search", stdout=out)

    assert out.getvalue() == "What can be found: 1.\n"
    assert found("new", MEMBER) == ["base.a:1"]


@pytest.mark.django_db(transaction=True)
def test_the_weekly_job_builds_it_anew(rooms):
    enqueue("base.index", key="index")

    ran = run_ready(now=NOON)

    assert ran == ["base.index"]
    assert found("new", MEMBER) == ["base.a:1"]

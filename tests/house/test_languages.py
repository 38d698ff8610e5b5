"""Catalogues: they compile, keep their gaps, are complete in Russian, and hide no bare string."""

import re
from pathlib import Path

import polib
import pytest
from django.db.models.signals import pre_save
from django.utils import timezone, translation
from tests.house.bare import Known
from tests.house.walking import client_of

from serai.base import characters, errors
from serai.base import text as texts
from serai.base.access import ANONYMOUS
from serai.base.management.commands.gather_messages import gather
from serai.base.models import Message
from serai.config import env
from serai.members.models import Person
from serai.setup.demo import loading

SRC = Path(__file__).resolve().parents[2] / "src" / "serai"
CATALOGUES = sorted((SRC / "locale").glob("*/LC_MESSAGES/django.po"))
GAP = re.compile(r"%\((\w+)\)[sd]|%%|\{(\w+)\}")
TAG = re.compile(r"</?(\w+)")


def gaps(text):
    return sorted(m.group(0) for m in GAP.finditer(text))


def translations(entry):
    """Each translation with the sentence it must match: the plural for every form but one."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, text) for text in entry.msgstr_plural.values()]


@pytest.fixture(scope="module")
def sentences():
    return gather(SRC)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parts[-3])
def test_a_catalogue_compiles_and_names_its_language(path, tmp_path):
    catalogue = polib.pofile(str(path))
    catalogue.save_as_mofile(str(tmp_path / "django.mo"))

    assert catalogue.metadata["Language"].replace("-", "_").lower() == path.parts[-3].lower()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parts[-3])
def test_every_translation_keeps_the_gaps_and_marks_of_its_sentence(path):
    changed = []
    for entry in polib.pofile(str(path)):
        for sentence, text in translations(entry):
            if not text:
                continue
            allowed = [gaps(sentence), gaps(entry.msgid)]
            if gaps(text) not in allowed or TAG.findall(text) != TAG.findall(sentence):
                changed.append((entry.msgid, text))

    assert changed == []


def test_russian_is_complete(sentences):
    catalogue = polib.pofile(str(SRC / "locale" / "ru" / "LC_MESSAGES" / "django.po"))
    done = {
        (e.msgctxt, e.msgid)
        for e in catalogue
        if e.translated() and not e.obsolete and "fuzzy" not in e.flags
    }

    waiting = sorted(sentence.text for key, sentence in sentences.items() if key not in done)
    assert waiting == []


def test_no_sentence_is_cut_in_pieces(sentences):
    """A sentence is whole: it does not begin or end with a space, and is not a lone joint."""
    joints = {"of", "and", "or", "by", "for", "the", "in", "at", "from"}
    cut = [s.text for s in sentences.values() if s.text != s.text.strip() or s.text in joints]

    assert cut == []


@pytest.fixture(scope="module")
def known(sample):
    return Known()


@pytest.mark.either_engine
@pytest.mark.parametrize(
    "role", ["visitor", "officer", "coordinator", "focal_point", "administrator"]
)
def test_no_page_holds_a_bare_sentence(role, walks, known, monkeypatch):
    # Content comes in Russian here, so that what is Latin is a sentence of ours.
    monkeypatch.setattr(texts, "FALLBACKS", ("ru", "en"))
    client, looked_at, bare = walks[role].client(), 0, {}
    for page in walks[role].pages:
        if page.text and page.status == 200:
            answer = client.get(page.address.replace("/en/", "/xx/", 1))
            # A page may end with the walk, as a confirmation shown once; it then leads elsewhere.
            if answer.status_code == 200:
                looked_at += 1
                for stranger in known.strangers_on(answer.content.decode()):
                    bare.setdefault(stranger, page.address)

    assert looked_at > 20
    assert bare == {}


FORGOTTEN = """<p>Bare words, <b>in bold</b>.</p><a title="A bare title" aria-label="A bare name">[x]</a>
<img alt="A bare picture"><input placeholder="A bare hint"><input type="submit" value="A bare button">
<p>[A message with %s in its gap] and a bare rest</p><p>[Marked] GEO <code>bare_code</code></p></main>"""


@pytest.mark.either_engine
def test_a_bare_sentence_is_found_wherever_it_stands(sample, known):
    page = client_of(None).get("/xx/").content.decode()

    found = known.strangers_on(page.replace("</main>", FORGOTTEN.replace("%s", "[another]")))

    assert known.strangers_on(page) == []
    assert found == [
        "Bare words,", "in bold", "A bare title", "A bare name", "A bare picture", "A bare hint",
        "A bare button", "and a bare rest",
    ]  # fmt: skip


@pytest.mark.either_engine
@pytest.mark.parametrize(
    "door",
    [
        errors.bad_request, errors.forbidden, errors.not_found, errors.csrf_failed, errors.broken,
        errors.not_saved, errors.too_large, lambda request: errors.too_often(request, 90),
    ],
    ids=["400", "403", "404", "csrf", "500", "503", "413", "429"],
)  # fmt: skip
def test_no_error_page_holds_a_bare_sentence(door, known, rf):
    request = rf.post("/xx/a/", {"answer": "GEO"})
    request.viewer = ANONYMOUS

    with translation.override("xx"):
        page = door(request).content.decode()

    assert re.search(r"<h1>\[[^\[\]]+\]</h1>", page)
    assert known.strangers_on(page) == []


def kind_of(letter: Message) -> str:
    return letter.key.partition(":")[0]


def in_pseudo_language(sender, instance, **more):
    instance.language = "xx"


@pytest.mark.either_engine
def test_no_letter_of_the_sample_holds_a_bare_sentence(sample):
    """The sample is taken away and sends its letters once more, to readers of the pseudo-language."""
    known = Known(Message)  # the letters it sent before hold the same sentences
    loading.remove(now=timezone.now())
    before = set(Message.objects.values_list("pk", flat=True))
    pre_save.connect(in_pseudo_language, sender=Person)
    try:
        loading.load(now=timezone.now())
    finally:
        pre_save.disconnect(in_pseudo_language, sender=Person)

    letters = Message.objects.exclude(pk__in=before)
    bare = {
        (kind_of(letter), stranger)
        for letter in letters
        for stranger in known.strangers_in(f"{letter.subject}\n\n{letter.text}")
        + known.strangers_on(letter.html)
    }

    assert {letter.language for letter in letters} == {"xx"}
    assert len({kind_of(letter) for letter in letters}) > 5
    assert bare == set()


@pytest.mark.parametrize("language", ["ar", "fa", "xx-rtl"])
def test_pages_of_right_to_left_languages_say_so(sample, settings, language):
    settings.LANGUAGES = env.languages(["en", language], SRC / "locale")
    text = client_of(None).get(f"/{language}/").content.decode()

    assert re.search(r'<html[^>]*\bdir="rtl"', text)


@pytest.fixture
def own_language(tmp_path, settings, monkeypatch):
    """Dari as a translator brings it: a catalogue, and not a line of code."""
    place = tmp_path / "locale" / "prs" / "LC_MESSAGES" / "django.po"
    place.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Language": "prs", "Content-Type": "text/plain; charset=UTF-8",
        "X-Language-Name": "دری", "X-Direction": "rtl",
    }  # fmt: skip
    catalogue.append(polib.POEntry(msgid="Programme", msgstr="برنامه"))
    catalogue.save(str(place))
    catalogue.save_as_mofile(str(place.with_suffix(".mo")))
    settings.LANGUAGES = env.languages(["en", "prs"], tmp_path / "locale")
    settings.LOCALE_PATHS = [tmp_path / "locale", *settings.LOCALE_PATHS]
    right_to_left = env.right_to_left(["en", "prs"], tmp_path / "locale")
    monkeypatch.setattr(characters, "RIGHT_TO_LEFT", {*characters.RIGHT_TO_LEFT, *right_to_left})


def test_a_language_nobody_knew_is_added_by_its_catalogue_alone(sample, own_language):
    answer = client_of(None).get("/prs/programme/milestones/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="prs" dir="rtl"' in page
    assert "دری" in page
    assert "برنامه" in page
    assert "30 June 2021" in page.replace("\xa0", " ")


def test_every_offered_language_opens_the_first_page(sample, settings):
    answers = {code: client_of(None).get(f"/{code}/").status_code for code, _ in settings.LANGUAGES}

    assert set(answers.values()) == {200}


MARKED = re.compile(r"\|day\b|\{% when ")


def test_a_plain_letter_writes_its_days_without_marks():
    """`|day` and `when` write elements, which a plain letter would show as they are."""
    letters = sorted(SRC.glob("*/templates/**/email/*.txt"))

    assert len(letters) > 50
    assert [p.name for p in letters if MARKED.search(p.read_text(encoding="utf-8"))] == []


def test_surveys_call_a_wave_by_one_word_alone():
    other = [
        one.msgid
        for one in polib.pofile(str(SRC / "locale/ru/LC_MESSAGES/django.po"))
        if any("surveys/" in place for place, _line in one.occurrences)
        and re.search(r"\brounds?\b", f"{one.msgid} {one.msgid_plural}", re.IGNORECASE)
    ]

    assert other == []

"""A preset is loaded whole or not at all, twice without a change, and keeps local edits."""

import shutil
from datetime import date, timedelta

import pytest
from tests.factories.reports import NOON

from serai.base.installation import installation
from serai.base.text import TranslatedText
from serai.members.models import Member, Organisation
from serai.programme import actions as programme
from serai.programme import queries
from serai.programme.models import Initiative, Meeting, Milestone, Outline, Plan, Request
from serai.setup.loading import INSTALLER, PRESETS, digest, load
from serai.setup.models import PresetLoad
from serai.setup.reading import PresetFault, read_preset

pytestmark = pytest.mark.django_db
CAREC = PRESETS / "carec"
ROWS = (Member, Organisation, Initiative, Milestone, Plan, Request, Outline, Meeting)


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(CAREC, tmp_path / "carec")
    return tmp_path / "carec"


def put(folder=CAREC, now=NOON):
    return load(read_preset(folder), folder, now=now)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in ROWS}


def change(folder, name, old, new):
    place = folder / name
    words = place.read_text(encoding="utf-8")
    assert old in words
    place.write_text(words.replace(old, new, 1), encoding="utf-8")


def test_the_whole_preset_is_loaded():
    loaded = put()

    assert loaded.counts == {
        "organisations": 4, "members": 11, "programmes": 1, "initiatives": 3, "milestones": 26,
        "completions": 7, "requests": 2, "outlines": 2, "meetings": 1, "surveys": 4,
    }  # fmt: skip
    assert loaded.kept == []
    (kept,) = PresetLoad.objects.all()
    assert (kept.name, kept.sha256, kept.counts) == ("carec", digest(CAREC), loaded.counts)


def test_the_installation_says_which_preset_it_was_given():
    put()

    assert (installation().preset, installation().mode) == ("carec", "trial")


def test_loading_twice_changes_nothing():
    put()
    before = counts()

    again = put(now=NOON + timedelta(days=400))

    assert (again.counts, again.kept) == ({}, [])
    assert counts() == before


def test_what_was_edited_here_is_kept_and_told():
    put()
    Member.objects.filter(iso3="GEO").update(time_zone="Europe/Tallinn")
    programme.save_outline(
        initiative=queries.find_initiative("virtual-carec"), key="virtual_assessment_report",
        title=TranslatedText.of("CAREC Virtual Assessment Report"),
        headings=(programme.OutlineHeading(1, TranslatedText.of("Only one")),),
        by=INSTALLER, now=NOON,
    )  # fmt: skip
    before = counts()

    again = put(now=NOON + timedelta(days=1))

    assert again.counts == {}
    assert again.kept == [
        "member GEO: time zone is “Europe/Tallinn” here, “Asia/Tbilisi” in the preset.",
        "outline virtual_assessment_report: headings is “1 headings” here, “15 headings” in the "
        "preset.",
    ]
    assert Member.objects.get(iso3="GEO").time_zone == "Europe/Tallinn"
    assert counts() == before


OWNED = 'kind = "event"\nowner = "adb"\ncountry = "GEO"'


def test_a_milestones_owner_country_and_audience_are_loaded(copy):
    change(copy, "initiatives.toml", 'kind = "event"', OWNED)
    change(copy, "initiatives.toml", 'kind = "service"', 'kind = "service"\naudience = "members"')

    put(copy)

    owned = Milestone.objects.get(initiative__code="virtual-carec", number=2)
    assert (owned.owner.code, owned.country.iso3, owned.audience) == ("adb", "GEO", "secretariat")
    narrowed = Milestone.objects.get(initiative__code="virtual-carec", number=9)
    assert (narrowed.owner, narrowed.country, narrowed.audience) == (None, None, "members")


def test_an_owner_country_or_audience_changed_here_is_kept_and_told(copy):
    change(copy, "initiatives.toml", 'kind = "event"', OWNED + '\naudience = "members"')
    put(copy)
    row = Milestone.objects.get(initiative__code="virtual-carec", number=2)
    row.audience = "secretariat"
    text = programme.MilestoneText(
        name=row.name, kind=row.kind, owner_id=Organisation.objects.get(code="unescap").pk,
        country_id=Member.objects.get(iso3="UZB").pk, order=row.order,
    )  # fmt: skip
    programme.change_milestone(milestone=row, text=text, by=INSTALLER, now=NOON)
    Milestone.objects.filter(pk=row.pk).update(audience="public")

    again = put(copy)

    assert again.kept == [
        "milestone virtual-carec 2: owner is “United Nations Economic and Social Commission for "
        "Asia and the Pacific” here, “adb” in the preset.",
        "milestone virtual-carec 2: country is “UZB” here, “GEO” in the preset.",
        "milestone virtual-carec 2: audience is “public” here, “members” in the preset.",
    ]


def test_a_date_planned_again_here_is_kept_and_told():
    put()
    row = Milestone.objects.get(initiative__code="virtual-carec", number=7)
    told = programme.Told(date(2021, 6, 30), "Records")
    proposed = programme.propose_plan(
        milestone=row, words="20 July 2021", reason="procurement", by=INSTALLER, now=NOON, told=told
    )
    programme.approve_plan(plan=proposed, by=INSTALLER, now=NOON, told=told)

    again = put(now=NOON + timedelta(days=1))

    assert again.kept == [
        "milestone virtual-carec 7: date is “20 July 2021” here, “15th July 2021” in the preset."
    ]


def test_what_the_files_add_is_added(copy):
    put(copy)
    change(
        copy, "initiatives.toml", '[[initiatives]]\ncode = "startup-hub"',
        '[[initiatives.milestones]]\nkind = "event"\nname = { en = "Launch", ru = "Запуск" }\n'
        'words = { en = "10 December 2021", ru = "10 декабря 2021 г." }\n'
        'planned = 2021-12-10\n\n[[initiatives]]\ncode = "startup-hub"',
    )  # fmt: skip

    again = put(copy, now=NOON + timedelta(days=1))

    assert (again.counts, again.kept) == ({"milestones": 1}, [])
    added = Milestone.objects.get(initiative__code="digital-strategy-2030", number=17)
    assert str(added.name) == "Launch"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('words = { en = "15th March 2021", ru = "15 марта 2021 г." }',
         'words = { en = "end of June 2021", ru = "конец июня 2021 г." }', "end of June 2021"),
        ('ru = "15 марта 2021 г."', 'ru = "16 марта 2021 г."', "16 марта 2021"),
    ],
)  # fmt: skip
def test_words_and_days_that_disagree_load_nothing(copy, old, new, said):
    change(copy, "initiatives.toml", old, new)

    with pytest.raises(PresetFault) as refused:
        put(copy)

    (fault,) = refused.value.faults
    assert fault.startswith("initiatives.toml, milestone 1 of ")
    assert said in fault
    assert set(counts().values()) == {0}
    assert PresetLoad.objects.count() == 0


def test_a_blank_preset_makes_a_programme_and_nothing_else():
    loaded = put(PRESETS / "blank")

    assert loaded.counts == {"programmes": 1}
    assert set(counts().values()) == {0}
    assert str(queries.programme(INSTALLER).short_name) == "Programme"


def test_the_digest_follows_the_files(copy):
    before = digest(copy)
    change(copy, "members.toml", "Asia/Baku", "Asia/Tbilisi")

    assert before == digest(CAREC)
    assert digest(copy) != before

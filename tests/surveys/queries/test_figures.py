"""Figures that a viewer reads, the askings behind them, and what a country has let out."""

from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS, NotFound
from serai.members.states import Audience
from serai.surveys.models import Figure, Release
from serai.surveys.queries import (
    asks,
    figure,
    figures,
    first_figure,
    releasable,
    released_waves,
    things_of_country,
)
from serai.surveys.states import ReleaseStep

pytestmark = pytest.mark.django_db

HAS = "/data/link/has"


def frozen(wave, audience="members", **fields):
    told = {"n": 6, "shares": {"yes": 0.65, "no": 0.35}, "places": {}}
    return Figure.objects.create(
        ask="a", wave=wave, path=HAS, statistic="shares", as_of=date(2021, 3, 1),
        audience=audience, values={"": told}, n=6, hash="0" * 64, made_at=make.NOON, **fields,
    )  # fmt: skip


def release(wave, iso3, state="consented", audience="members", **fields):
    return Release.objects.create(
        ask="a", wave=wave, paths=[HAS], country=people.member(iso3), wanted="members",
        audience=audience, state=state, asked_at=make.NOON, **fields,
    )  # fmt: skip


def test_each_reader_reads_their_figures():
    wave = make.wave()
    members, public, kept = frozen(wave), frozen(wave, "public"), frozen(wave, "secretariat")
    readers = {
        "visitor": (ANONYMOUS, [public]),
        "participant": (people.viewer_with("participant"), [public]),
        "member": (people.viewer_with("committee", "MNG"), [members, public]),
        "officer": (people.viewer_with("officer"), [members, public, kept]),
    }

    found = {who: figures(viewer, "en") for who, (viewer, _) in readers.items()}

    assert {who: [one.public_id for one in rows] for who, rows in found.items()} == {
        who: [one.public_id for one in rows] for who, (_, rows) in readers.items()
    }
    assert (found["visitor"][0].label, found["visitor"][0].told[""].shares) == (
        "Is there a leased line?", {"yes": 0.65, "no": 0.35},
    )  # fmt: skip
    with pytest.raises(NotFound):
        figure(ANONYMOUS, members.public_id)
    assert first_figure(ANONYMOUS, wave.public_id) == public
    assert released_waves(ANONYMOUS) == [(wave.public_id, "Offices: First round")]


def test_a_wave_of_which_nothing_is_let_out_is_not_there():
    wave = make.wave()
    frozen(wave, "secretariat")

    with pytest.raises(NotFound):
        first_figure(people.viewer_with("committee", "MNG"), wave.public_id)
    assert released_waves(people.viewer_with("officer")) == []


def test_texts_and_narrow_questions_are_not_releasable():
    narrow = make.XFORM.replace(
        'nodeset="/data/link/has" type="string"',
        'nodeset="/data/link/has" type="string" serai:audience="security"',
    )

    found = [one.path for one in releasable(make.wave(make.version(xform=narrow)))]

    assert found == ["/data/office/staff", "/data/link/mbps", "/data/room/seats"]


def test_an_asking_may_be_frozen_once_all_have_answered():
    wave = make.wave()
    release(wave, "GEO")
    last = release(wave, "UZB", "asked", "secretariat")

    (waiting,) = asks(wave, "en")
    Release.objects.filter(pk=last.pk).update(state="declined")
    (answered,) = asks(wave, "en")
    Release.objects.update(frozen_at=make.NOON)
    (done,) = asks(wave, "en")

    assert (waiting.waits, waiting.may_freeze) == (True, False)
    assert (answered.waits, answered.may_freeze) == (False, True)
    assert done.may_freeze is False
    assert answered.labels == ("Is there a leased line?",)
    assert [(row.country, row.state) for row in answered.rows] == [
        ("Georgia", ReleaseStep.CONSENTED), ("Uzbekistan", ReleaseStep.DECLINED),
    ]  # fmt: skip


def test_a_country_sees_what_it_has_let_out():
    wave = make.wave()
    row = release(wave, "GEO", frozen_at=make.NOON)
    release(wave, "UZB")
    release(wave, "GEO", "declined", "secretariat")
    focal = people.viewer_with("focal_point", "GEO")

    (thing,) = things_of_country(focal, "GEO")

    assert (thing.thing, thing.audience, thing.address) == (
        f"surveys.release:{row.pk}", Audience.MEMBERS,
        f"/en/surveys/waves/{wave.public_id}/figures/",
    )  # fmt: skip
    assert things_of_country(focal, "UZB") == []

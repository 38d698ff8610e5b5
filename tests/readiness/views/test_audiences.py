"""Section 9 of the design cell by cell: role by thing by format, by what was let out.

Each role opens every door of results that there is, in one format; a thing is read by it when its
mark stands anywhere in what came back.
"""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from tests.factories import members as people
from tests.factories import readiness as make

from serai.base.access import Viewer
from serai.readiness import actions
from serai.readiness.models import Office

pytestmark = pytest.mark.django_db

# What stands for each thing, in words, in machine names, and in numbers.
MARKS = {
    "facts": r"17[.,]25",
    "scores": r"\b33\b.*\b93\b",
    "gaps": r"30 min asked|ups_minutes",
    "gate": r"Security gate|security\.gate",
    "events": r"attained, as declared|,declared,|>declared<",
    "plans": r"1[,\u00a0\u202f ]?234\b",
    "aggregates": r"50 %",
}
INNER = {"own", "country", "secretariat", "expert"}
WHO = (*sorted(INNER), "member", "public")
# Who reads a thing once so much was let out.
CELLS = {
    "nothing": {
        "facts": INNER, "scores": INNER, "gaps": INNER, "events": INNER, "plans": INNER,
        "gate": INNER - {"expert"}, "aggregates": set(),
    },
    "members": {
        "facts": INNER, "scores": INNER | {"member"}, "gaps": INNER | {"member"},
        "events": INNER | {"member"}, "plans": INNER | {"member"}, "gate": INNER - {"expert"},
        "aggregates": INNER | {"member"},
    },
    "public": {
        "facts": INNER, "scores": INNER | {"member"}, "gaps": INNER | {"member"},
        "events": {*WHO}, "plans": INNER | {"member"}, "gate": INNER - {"expert"},
        "aggregates": {*WHO},
    },
    "withdrawn": {
        "facts": INNER, "scores": INNER, "gaps": INNER, "events": INNER, "plans": INNER,
        "gate": INNER - {"expert"}, "aggregates": {"secretariat"},
    },
}  # fmt: skip
# Experts and agencies read no list of all offices, so these stand on pages alone for them.
ON_PAGES_ALONE = {
    ("own", "gaps"), ("country", "gaps"), ("expert", "gaps"), ("own", "scores"),
    ("country", "scores"), ("expert", "scores"), ("own", "events"), ("country", "events"),
    ("expert", "events"), ("own", "gate"), ("country", "gate"),
}  # fmt: skip


def by(role, scope=None) -> Viewer:
    return people.viewer_with(role, scope)


@pytest.fixture
def house(request):
    """One office with results, a plan and shares, let out as far as the parameter says."""
    stage = request.param
    many = make.many({"E1": 12, "E2": 12})
    Office.objects.filter(pk__in=[one.office_id for one in many]).update(audience="secretariat")
    place = make.office(
        organisation=people.organisation(country="MNG"), audience="secretariat", name="The office"
    )
    found = make.confirmed(place, score=None, score_low=33.0, score_high=93.0)
    run = make.plan_of(place)
    things = {"office": place, "assessment": found, "run": run, "released": [], "shares": []}
    if stage != "nothing":
        _let_out(things, stage)
    return stage, things


def _let_out(things, stage):
    officer, focal = by("officer"), by("focal_point", "MNG")
    given = {"by": officer, "now": make.NOON}
    asked = [
        actions.ask_plan_release(
            run=things["run"], country=people.member("MNG"), reason="x", **given
        )
    ]
    for audience in ("members", "public"):
        if audience == "public" and stage == "members":
            continue
        asked.append(_ask(things["assessment"], audience, given))
        for one in [one for one in asked if one.state == "asked"]:
            actions.grant_release(release=one, by=focal, now=make.NOON)
            actions.let_out(release=one, **given)
    framework = things["assessment"].framework
    shares = actions.release_aggregate(
        framework=framework, measure="host", countries=["AZE", "GEO", "KAZ", "UZB"], **given
    )
    if stage == "public":
        actions.publish_aggregate(aggregate=shares, **given)
    if stage == "withdrawn":
        for one in asked[:2]:
            actions.withdraw_release(release=one, reason="x", **given)
        actions.withdraw_aggregate(aggregate=shares, **given)
    things["released"], things["shares"] = asked, [shares]


def _ask(found, audience, given):
    from serai.members.states import Audience

    return actions.ask_release(assessment=found, audience=Audience(audience), reason="x", **given)


def person_of(role, things):
    organisation = things["office"].organisation
    roles = {
        "own": ("lead", organisation), "country": ("focal_point", "MNG"),
        "secretariat": ("officer", None), "expert": ("expert", "virtual-carec:MNG"),
        "member": ("lead", people.organisation(country="KAZ")),
    }  # fmt: skip
    return people.person_with(*roles[role])


def doors(things):
    """Every address that shows results, plans or shares."""
    named = ["offices", "facts_file", "gaps_file", "attainments_file", "plans", "released"]
    yield from (reverse(f"readiness:{one}") for one in named)
    office, found = things["office"].public_id, things["assessment"].public_id
    yield reverse("readiness:office", args=[office]) + "?event=E2&as_role=host"
    yield reverse("readiness:facts", args=[found])
    yield reverse("readiness:facts", args=[found]) + "?of=host-E2"
    yield reverse("readiness:missing_facts", args=[found])
    yield reverse("readiness:plan", args=[things["run"].public_id])
    for one in things["released"]:
        yield reverse("readiness:released_one", args=[one.public_id])
    for one in things["shares"]:
        yield reverse("readiness:aggregate", args=[one.public_id])


def read(client, address, kind) -> str:
    """Return what a door answers in a format; "" where it stays shut or has no such format."""
    if kind != "html":
        address += ("&" if "?" in address else "?") + f"as={kind}"
    answer = client.get(address)
    if answer.status_code != 200:
        return ""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    is_page = answer.headers["Content-Type"].startswith("text/html")
    if is_page != (kind == "html"):
        return ""
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            parts = [name for name in book.namelist() if name.startswith("xl/")]
            return "\n".join(book.read(name).decode() for name in parts if name.endswith("xml"))
    return body.decode()


@pytest.mark.parametrize("kind", ["html", "csv", "xlsx"])
@pytest.mark.parametrize("house", list(CELLS), indirect=True)
def test_each_thing_is_read_by_whom_the_design_names_and_nobody_else(
    client, signed_in, house, kind
):
    stage, things = house
    wrong = []
    for role in WHO:
        client.logout()
        if role != "public":
            signed_in(person_of(role, things))
        texts = "\n".join(read(client, address, kind) for address in doors(things))
        for thing, mark in MARKS.items():
            seen = re.search(mark, texts) is not None
            wanted = role in CELLS[stage][thing]
            if seen != wanted and not (kind != "html" and (role, thing) in ON_PAGES_ALONE):
                wrong.append((role, thing, seen))

    assert str(wrong) == "[]"

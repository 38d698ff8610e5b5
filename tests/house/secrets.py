"""More secrets for the whole house, every address that could show one, and what an answer says."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta

from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories import reports, surveys
from tests.factories.secrets import NOON, STAFF, World, plant, secret
from tests.factories.signed_in import sign_in
from tests.house.secret_answers import plant_answers

from serai.base import search
from serai.base.keys import issue_key
from serai.base.mail import send_all
from serai.base.text import TranslatedText
from serai.members import actions as inviting
from serai.members import emails as letters
from serai.members.models import (
    AudienceChange,
    DataRequest,
    Grant,
    Invitation,
    Member,
    Organisation,
    Person,
    ReleaseProposal,
)
from serai.members.queries import token_hash, viewer_of
from serai.members.states import Role
from serai.programme import actions
from serai.programme.actions import Evidence
from serai.programme.models import (
    ActionItem,
    AgendaItem,
    Completion,
    ImportBatch,
    Initiative,
    Meeting,
    Milestone,
    Paper,
    Plan,
    Request,
    RequestAddressee,
    Risk,
)
from serai.reports import actions as building
from serai.reports.models import CountryRemark, Run
from serai.surveys.models import (
    AnswerRequest,
    Delegation,
    Figure,
    FormVersion,
    Response,
    Suggestion,
    Survey,
    Wave,
)
from serai.surveys.models import Invitation as SurveyInvitation


def plant_everything() -> World:
    """Plant in all rooms, and let everything that can be found be found."""
    world = plant()
    plant_releases(world)
    plant_milestone(world, "Uzbekistan", country=people.member("UZB"), audience="country")
    plant_milestone(world, "", audience="secretariat")
    make.meeting(
        world.open, title=secret("meeting: of the secretariat alone"), audience="secretariat",
        place=secret("place of the secretariat"),
    )  # fmt: skip
    plant_people(world)
    plant_reports(world)
    plant_answers(world)
    search.rebuild(now=NOON)
    return world


def plant_milestone(world: World, whose: str, **fields) -> None:
    """Plant a milestone and what its history says: reasons, a proof, a withdrawal, a warning."""
    of = f": {whose}" if whose else ""
    name = secret(f"milestone{of}" if whose else "milestone: with proof")
    row = make.milestone(world.open, "15 July 2021", name=TranslatedText.of(name), **fields)
    done = actions.record_completion(
        milestone=row, words="29 June 2021", by=STAFF, now=NOON,
        evidence=Evidence(link=f"https://proof.example/{secret('proof' + of)}"),
    )  # fmt: skip
    actions.withdraw_completion(
        completion=done, reason=secret("why withdrawn" + of), by=STAFF, now=NOON
    )
    actions.raise_flag(
        milestone=row, level="at_risk", reason=secret("warning" + of), by=STAFF, now=NOON,
        expires_on=date(2021, 7, 30),
    )  # fmt: skip
    if whose:
        new = make.proposal(
            row, "16 July 2021", reason="other", reason_text=secret("reason of a new date" + of)
        )
        focal = people.viewer_with("focal_point", "UZB")
        actions.approve_plan(plan=new, by=focal, now=NOON)
        AudienceChange.objects.create(
            thing=f"programme.milestone:{row.pk}", title=name, member=row.country,
            from_audience="secretariat", to_audience="country", by=world.cast["Uzbekistan"],
            reason=secret("reason to show" + of), at=NOON,
        )  # fmt: skip


def plant_releases(world: World) -> None:
    """Plant releases that wait for a consent: a second coordinator's, and Georgia's focal point's."""
    proposer = people.viewer_with("coordinator", "open")
    for whose, country, to in (
        ("", None, "public"),
        (": Georgia", people.member("GEO"), "members"),
    ):
        row = make.milestone(world.open, "15 July 2021", country=country, audience="secretariat")
        actions.change_readers(
            thing=row, audience=to, reason=secret("reason of a release" + whose), by=proposer,
            now=timezone.now(),
        )  # fmt: skip


def plant_people(world: World) -> None:
    """Plant what the room members keeps from some: names, addresses, reasons, notes."""
    there = people.organisation(country="UZB")
    lead = people.person(
        f"{secret('address: lead of Uzbekistan')}@agency.example",
        full_name=secret("name: lead of Uzbekistan"),
    )
    people.grant("lead", to=lead, organisation=there)
    given = people.grant(
        "contributor", to=world.cast["agency"], organisation=world.agency,
        given_by=world.cast["Georgia"], reason=secret("reason of a role"),
    )  # fmt: skip
    send_all(letters.grant_given(given))
    own = people.person_with("contributor", world.agency, full_name=secret("name: contributor"))
    DataRequest.objects.create(
        person=own, kind="correct", note=secret("note: own data"), asked_at=NOON
    )
    inviting.invite(
        email=f"{secret('address: invited by Uzbekistan')}@agency.example", language="en",
        wanted=inviting.RoleWanted(role=Role.LEAD, organisation=there),
        by=viewer_of(world.cast["Uzbekistan"], NOON), now=timezone.now(),
    )  # fmt: skip


def plant_reports(world: World) -> None:
    """Plant a draft with words, a country's remark with its answer, and issued reports."""
    staff, draft = reports.officer(), reports.run()
    building.write_narrative(
        run=draft, block="open/objective", text=TranslatedText.of(secret("narrative: draft")),
        version=0, by=staff, now=NOON,
    )  # fmt: skip
    shown = reports.run("in_review", audience="members")
    remark = building.remark_on_block(
        run=shown, country=people.member("GEO"), block="open/objective",
        text=secret("remark of Georgia"), by=viewer_of(world.cast["Georgia"], NOON), now=NOON,
    )  # fmt: skip
    building.answer_remark(remark=remark, answer=secret("answer to Georgia"), by=staff, now=NOON)
    reports.run("issued", audience="members")
    reports.run("issued", audience="public")


class Walker:
    """Somebody with a browser, a key for the interface, a calendar link; a visitor has none.

    Attributes:
        own: addresses that open by a token: the calendar's, and those that a tablet asks.
    """

    def __init__(self, number: int, person: Person | None, device_key: str = "") -> None:
        self.key, self.own = {}, []
        self.client = Client(REMOTE_ADDR=f"10.0.0.{number}")
        if person is None:
            return
        sign_in(self.client, person)
        now = timezone.now()
        made = issue_key(
            person_id=person.pk, name="Walk", expires_on=now.date() + timedelta(days=9), now=now
        )
        self.key = {"Authorization": f"Bearer {made.secret}"}
        calendar = actions.make_feed(scope="all", by=viewer_of(person, now), now=now)
        self.own = [("programme:feed", f"/en/programme/calendars/{calendar.token}.ics")]
        if device_key:
            self.own += asked_by_device(device_key)

    def get(self, address: str):
        """Open an address; the interface is asked with the key."""
        return self.client.get(address, headers=self.key if address.startswith("/api/") else {})


def asked_by_device(key: str) -> list[tuple[str, str]]:
    """Return the addresses that a tablet with a key asks of its round."""
    form = SurveyInvitation.objects.get(keys__key_hash=token_hash(key)).wave.version.form_id
    asked = {
        "form_list": "formList", "form": f"forms/{form}.xml",
        "manifest": f"forms/{form}/manifest", "submission": "submission",
    }  # fmt: skip
    return [(f"collect:{name}", f"/collect/{key}/{rest}") for name, rest in asked.items()]


# Addresses that lead out of the walk, or open by a token that a letter or a person holds.
LEFT_OUT = {
    "members:sign_out": "ends who walks",
    "members:sample_enter": "opens by a signed link",
    "members:accept_invitation": "opens by a letter's link",
    "base:stop_letters": "opens by a letter's link",
    "openid_connect_callback": "answers a ministry's service",
    "home:job": "one's own long job; it holds a number alone",
    "home:job_cancel": "as above",
    "members:data_copy": "one's own, once it is asked for",
    "members:remove_authenticator": "one's own, by its number",
    "programme:feed": "opens by its token, which each walker holds",
    "programme:evidence": "no file is planted",
    "programme:action_evidence": "no file is planted",
    **dict.fromkeys(
        ("collect:form_list", "collect:form", "collect:manifest", "collect:submission"),
        "opens by a device's key, which the agency's walker holds",
    ),
    "collect:media": "the form has no file",
    "surveys:form_file": "as above",
    "surveys:link": "opens by a letter's link",
    "surveys:open": "opens by the link of a round, which says what is asked and no answer",
    "surveys:try": "opens by a signed link to a form, which holds no answer",
    "surveys:entry": "no entry is planted",
    "surveys:file": "no file is planted",
    "surveys:export_file": "one's own, once it is asked for",
    "surveys:copy_file": "one's own, once it is asked for",
    "surveys:reading_version": "no form is being read",
    "surveys:remove_translator": "nobody translates",
    "members:bench_table": "opens in an unlock",
    "members:bench_row": "opens in an unlock",
}
# What stands in an address, by the part of it before the gap.
GAPS = {
    "programme/initiatives": lambda: values(Initiative, "code", code__in=("open", "closed")),
    "programme/milestones": lambda: values(Milestone),
    "programme/plans": lambda: values(Plan),
    "programme/completions": lambda: values(Completion),
    "programme/meetings": lambda: values(Meeting),
    "programme/items": lambda: values(AgendaItem),
    "programme/papers": lambda: values(Paper),
    "programme/actions": lambda: values(ActionItem),
    "programme/requests": lambda: values(Request),
    "programme/answers": lambda: values(RequestAddressee),
    "programme/risks": lambda: values(Risk),
    "programme/releases": lambda: values(ReleaseProposal),
    "programme/files": lambda: values(ImportBatch),
    "api/v1/programme/milestones": lambda: values(Milestone),
    "api/v1/reports/runs": lambda: values(Run),
    "reports": lambda: values(Run),
    "members/people": lambda: values(Person, full_name__startswith="qx"),
    "members/roles": lambda: values(Grant, person__full_name__startswith="qx"),
    "members/invitations": lambda: values(Invitation),
    "members/data-requests": lambda: values(DataRequest),
    "members/organisations": lambda: values(Organisation),
    "members": lambda: values(Member, "iso3"),
    "surveys/new": lambda: ["questionnaire"],
    "surveys/waves": lambda: values(Wave),
    "surveys/invitations": lambda: values(SurveyInvitation),
    "surveys/asked": lambda: values(SurveyInvitation),
    "surveys/responses": lambda: values(Response),
    "surveys/parts": lambda: values(Delegation),
    "surveys/suggestions": lambda: values(Suggestion),
    "surveys/requests": lambda: values(AnswerRequest),
    "surveys/forms": lambda: values(FormVersion),
    "surveys/figures": lambda: values(Figure),
    "surveys/releases": lambda: values(ReleaseProposal, thing__startswith="surveys."),
    "surveys": lambda: values(Survey),
}
MORE = {
    "block": lambda: ["open/objective"],
    "number": lambda: values(CountryRemark, "pk"),
    "language": lambda: ["en"],
    "suffix": lambda: ["html", "docx"],
    "slug": lambda: ["office", "link"],
    "name": lambda: ["data/office/name", "data/link/mbps"],
}
# Of these every thing is opened; of what stands below them one that few may see.
WHOLE = {
    "programme:initiative", "programme:milestone", "programme:meeting", "programme:paper",
    "programme:action", "programme:request", "programme:answer", "programme:risk", "programme:release",
    "programme:import", "reports:read", "reports:build", "reports:remarks",
    "reports:narrative", "members:person", "members:member", "members:audience",
    "api:serai.programme.api.milestone", "api:serai.reports.api.run",
    "surveys:survey", "surveys:wave", "surveys:board", "surveys:invitation", "surveys:asked",
    "surveys:version", "surveys:preview_version", "surveys:response", "surveys:section",
    "surveys:workbook_xlsx", "surveys:copy", "surveys:trail", "surveys:part", "surveys:answer",
    "surveys:ask_back", "surveys:requests", "surveys:hand_in", "surveys:sign", "surveys:clear",
    "surveys:read_by", "surveys:released", "surveys:consent",
}  # fmt: skip
LISTS = {"milestones", "decisions", "actions", "requests", "risks", "meetings", "changes"}
# What the interface answers of one round alone.
OF_WAVE = {
    f"api:serai.surveys.api.{name}"
    for name in ("board", "answers", "codebook", "requests", "released_answers")
}


def values(model, field: str = "public_id", **kept) -> list[str]:
    rows = model.objects.filter(**kept).order_by("pk")
    return [str(one) for one in rows.values_list(field, flat=True)]


def addresses() -> Iterator[tuple[str, str]]:
    """Every address that answers GET, with things of the house in each of its gaps."""
    for name, route in doors(get_resolver(), "", ""):
        if name in LEFT_OUT:
            continue
        filled = [route]
        while filled and "<" in filled[0]:
            filled = [each for one in filled for each in fill(one)]
        if name in OF_WAVE:
            filled = [f"{one}?wave={wave}" for one in filled for wave in values(Wave)]
        for one in filled if name in WHOLE | OF_WAVE else filled[-1:]:
            yield name, "/" + one
            if name.startswith("programme:") and name.partition(":")[2] in LISTS:
                yield name, f"/{one}?as=csv"
                yield name, f"/{one}?as=xlsx"
            if name == "programme:milestone" and one in filled[-2:]:  # while their warnings stood
                yield name, f"/{one}?as_of=2021-06-30"


def pages() -> list[tuple[str, str]]:
    """Of all addresses those that show content: lists and single things, no form below them."""
    bare = {name for name, route in doors(get_resolver(), "", "") if "<" not in route}
    own = ("/en/members/me/", "/en/members/sign-in", "/en/members/organisations/import")
    return sorted(
        (name, address)
        for name, address in set(addresses())
        if name in WHOLE or (name in bare and not address.startswith(own))
    )


def doors(resolver, space: str, route: str) -> Iterator[tuple[str, str]]:
    for item in resolver.url_patterns:
        here = route + str(item.pattern)
        if not isinstance(item, URLPattern):
            inner = f"{item.namespace}:" if getattr(item, "namespace", None) else space
            yield from doors(item, inner, here)
        elif "GET" in item.callback.door.methods:
            yield f"{space}{item.name}", here


def fill(route: str) -> list[str]:
    """Put each thing into an address's first gap."""
    before, _, rest = route.partition("<")
    gap, _, after = rest.partition(">")
    found = GAPS.get(before.removeprefix("en/").rstrip("/")) or MORE[gap.rpartition(":")[2]]
    return [f"{before}{one}{after}" for one in found()]


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def said(answer) -> str:
    """Return what an answer says, packed files opened, folded lines joined, headers included."""
    found = body(answer)
    if found[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(found)) as packed:
            found = b"\n".join(packed.read(name) for name in packed.namelist())
    headers = " ".join(answer.headers.values())
    return html.unescape(re.sub(r"\r?\n ", "", found.decode(errors="replace"))) + headers


def words(answer) -> str:
    """Return what a page says, without its marks and the clock that a member's page shows."""
    return " ".join(re.sub(r"<[^>]*>|\b\d\d:\d\d\b", " ", body(answer).decode()).split())


def hidden(world: World) -> list[tuple[str, str]]:
    """Things that neither a visitor, an administrator, a partner nor Uzbekistan may see."""
    held_back = Meeting.objects.get(audience="secretariat", place="")
    paper = Paper.objects.get(item__meeting__state="called")
    rows = (
        ("milestones", world.open.milestones.filter(audience="secretariat").first()),
        ("meetings", held_back),
        ("papers", paper),
        ("actions", world.open.actions.get(owner=world.agency)),
        ("risks", world.open.risks.get(kind="risk")),
        ("files", world.open.imports.get()),
    )
    draft = Run.objects.get(state="draft")
    answers = Response.objects.order_by("pk").first()
    return [
        *((kind, f"/en/programme/{kind}/{row.public_id}/") for kind, row in rows),
        ("reports", f"/en/reports/{draft.public_id}/"),
        ("responses", f"/en/surveys/responses/{answers.public_id}/"),
        ("asked", f"/en/surveys/asked/{answers.invitation.public_id}/"),
        ("rounds", f"/en/surveys/waves/{answers.wave.public_id}/"),
    ]


# Where things are listed, counted or summed up.
COUNTED = (
    "/en/", "/en/inbox/", "/en/programme/", "/en/programme/timeline/", "/en/programme/milestones/",
    "/en/programme/changes/", "/en/programme/meetings/", "/en/programme/decisions/",
    "/en/programme/actions/", "/en/programme/requests/", "/en/programme/risks/",
    "/en/programme/initiatives/open/", "/en/programme/initiatives/open/plan.xml",
    "/en/surveys/", "/en/surveys/mine/",
    "/en/reports/", "/en/members/", "/en/members/GEO/", "/en/members/UZB/",
    "/en/members/organisations/", "/api/v1/programme/milestones", "/api/v1/programme/decisions",
    "/api/v1/programme/actions", "/api/v1/programme/requests", "/api/v1/programme/risks",
    "/api/v1/programme/meetings", "/api/v1/reports/runs",
)  # fmt: skip


def plant_unseen(world: World) -> None:
    """Add one more of each kind beneath what a visitor or another country reads."""
    unseen = TranslatedText.of("Unseen")
    for fields in (
        {"audience": "secretariat"},
        {"audience": "country", "country": people.member("GEO")},
        {"audience": "organisation", "owner": world.agency},
    ):
        make.milestone(world.open, "15 July 2021", name=unseen, **fields)
    make.proposal(
        world.open.milestones.get(number=1), "20 August 2021", reason="other", reason_text="Unseen"
    )
    held = make.meeting(world.open, title="Unseen", state="held", audience="secretariat")
    make.decision(held, "Unseen")
    make.agree(held)
    make.action_item("Unseen", initiative=world.open, owner_id=world.agency.pk)
    make.ask(world.open, text="Unseen", audience="secretariat", countries=("GEO",))
    make.risk(world.open, text="Unseen")
    make.note(world.open, "Unseen")
    reports.run("issued", audience="secretariat")
    asked = surveys.survey(title=unseen, initiative=world.open)
    surveys.invitation(surveys.wave(surveys.version(asked)), organisation=world.agency)
    search.rebuild(now=NOON)

"""Secrets in answers: drafts, what is signed, what is cleared, narrow questions, words beside them."""

from collections.abc import Callable

from django.utils import timezone
from tests.factories import surveys as make
from tests.factories.secrets import NOON, World, secret

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.calc.xforms import Ref
from serai.members.queries import release_proposal, releases_to_answer, viewer_of
from serai.members.states import Audience
from serai.surveys import actions
from serai.surveys.models import Figure, FormVersion, Response
from serai.surveys.queries.figures import thing_of
from serai.surveys.queries.released import basis_of, seal_of
from serai.surveys.states import DelegationScope, RequestReason

NAME, HAS, SPEED = Ref("/data/office/name"), Ref("/data/link/has"), Ref("/data/link/mbps")
# The speed of a line is a text here, and for fewer readers than the rest.
NARROW = make.XFORM.replace(
    'mbps" type="decimal"', 'mbps" type="string" serai:audience="security"'
).replace("if( /data/link/mbps &gt;= 10, 'yes', 'no')", "'no'")


def plant_answers(world: World) -> None:
    """Plant responses of one agency at each step, and a survey in an initiative few may see."""
    form = make.version(make.survey(initiative=world.open), xform=NARROW)
    _draft(world, form)
    _signed(world, form)
    _asked_back(world, form)
    _let_out(world, form)
    hidden = make.survey(
        initiative=world.closed, title=TranslatedText.of(secret("survey: in a closed initiative"))
    )
    make.wave(make.version(hidden), title=TranslatedText.of(secret("round: closed")))


def _viewers(world: World) -> Callable[[str], Viewer]:
    return lambda who: viewer_of(world.cast[who], NOON)


def _begun(world: World, form: FormVersion) -> Response:
    """Begin one more round's response, whose line is a leased one."""
    asked = make.invitation(make.wave(form), organisation=world.agency, lead=world.cast["agency"])
    lead = viewer_of(world.cast["agency"], NOON)
    response = actions.start_response(invitation=asked, by=lead, now=NOON, language="en")
    _write(response, lead, HAS, "yes")
    return response


def _write(response: Response, by: Viewer, ref: Ref, text: str) -> None:
    head = response.heads.filter(path=ref.path).first()
    change = actions.Change(f"{ref.path[-8:]} {text}", ref, head.answer_id if head else 0, text)
    (outcome,) = actions.write_answers(
        response=response, changes=[change], by=by, now=NOON
    ).outcomes
    assert outcome.kept in {actions.Kept.SAVED, actions.Kept.SUGGESTED}, outcome


def _remark(response: Response, by: Viewer, name: str, audience: Audience) -> None:
    actions.remark(
        response=response, ref=NAME, text=secret(name), audience=audience, by=by, now=NOON
    )


def _draft(world: World, form: FormVersion) -> None:
    """Plant a draft, of which the section with the line is in a colleague's hands."""
    as_one = _viewers(world)
    lead, helper = as_one("agency"), as_one("contributor")
    response = _begun(world, form)
    _write(response, lead, NAME, secret("answer: draft"))
    _write(response, lead, SPEED, secret("answer: draft of a part"))
    _remark(response, lead, "remark: on a draft", Audience.ORGANISATION)
    given = actions.delegate(
        response=response, by=lead, now=NOON,
        given=actions.Given(
            "link", world.cast["contributor"].pk, DelegationScope.SUGGEST,
            note=secret("note: on a part"),
        ),
    )  # fmt: skip
    actions.answer_offer(delegation=given, takes=True, by=helper, now=NOON)
    _write(response, helper, SPEED, secret("suggestion"))
    _key, world.device_key = actions.make_key(
        invitation=response.invitation, name="Tablet", by=lead, now=timezone.now()
    )


def _signed(world: World, form: FormVersion) -> Response:
    """Plant what is signed, which the country reads too."""
    lead = _viewers(world)("agency")
    response = _begun(world, form)
    _write(response, lead, NAME, secret("answer: signed"))
    _write(response, lead, SPEED, "20")
    return _sign(response, lead)


def _sign(response: Response, lead: Viewer) -> Response:
    actions.hand_in(response=response, by=lead, now=NOON)
    return actions.sign(response=response, name="A. Head", position="Head", by=lead, now=NOON)


def _asked_back(world: World, form: FormVersion) -> None:
    """Plant what is cleared, asked back, answered, and not signed again."""
    as_one = _viewers(world)
    lead, focal, officer = as_one("agency"), as_one("Georgia"), as_one("officer")
    response = _begun(world, form)
    _write(response, lead, NAME, secret("answer: cleared"))
    _write(response, lead, SPEED, secret("answer: narrow"))
    _sign(response, lead)
    actions.clear(response=response, by=focal, now=NOON)
    _remark(response, lead, "remark: to the secretariat", Audience.SECRETARIAT)
    _remark(response, focal, "remark: to the country", Audience.COUNTRY)
    question = actions.Asked(NAME, RequestReason.UNCLEAR, secret("question asked back"))
    (request,) = actions.ask_back(
        response=response, asked=[question], due_on=None, by=officer, now=NOON
    )
    _write(response, lead, NAME, secret("answer: mended"))
    actions.answer_request(request=request, reply=secret("reply to a question"), by=lead, now=NOON)


def _let_out(world: World, form: FormVersion) -> None:
    """Plant an answer that its country lets the members read, beside a narrow one, and a figure."""
    as_one = _viewers(world)
    lead, focal = as_one("agency"), as_one("Georgia")
    response = _begun(world, form)
    _write(response, lead, NAME, secret("answer: released"))
    _write(response, lead, SPEED, secret("answer: narrow, beside a released one"))
    _sign(response, lead)
    actions.clear(response=response, by=focal, now=NOON)
    asked = actions.ask_answers(
        wave=response.wave, paths=[NAME.path], countries=[response.invitation.country_id],
        to=Audience.MEMBERS, reason="They asked.", by=as_one("coordinator"), now=NOON,
    )  # fmt: skip
    (release,) = asked.releases
    (found,) = (one for one in releases_to_answer(focal) if one.thing == thing_of(release))
    actions.consent_to_release(
        proposal=release_proposal(focal, found.public_id), seen=seal_of(basis_of(release)),
        by=focal, now=NOON,
    )  # fmt: skip
    Figure.objects.create(
        ask=release.ask, wave=response.wave, path=HAS.path, statistic="shares",
        as_of=NOON.date(), audience=Audience.MEMBERS.value, n=6, hash="0" * 64, made_at=NOON,
        values={"": {"n": 6, "shares": {"yes": 0.65, "no": 0.35}, "places": {}}},
    )  # fmt: skip

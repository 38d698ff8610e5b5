"""Single answers that countries let others read: asked for, consented to, read."""

from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import initiative, programme

from serai.members.queries import release_proposal, releases_to_answer
from serai.members.states import Audience
from serai.surveys import actions
from serai.surveys.models import Release
from serai.surveys.queries.released import basis_of, released, seal_of, showable_countries

NAME, HAS = "/data/office/name", "/data/link/has"


def a_wave():
    """A wave of an initiative's survey."""
    programme()
    return make.wave(make.version(make.survey(initiative=initiative())))


def cleared(wave, place="Roads", country="GEO", **answers):
    given = {NAME: f"Office of {place}", HAS: "yes"} | answers
    return make.cleared(wave, given, organisation=people.organisation(place, country=country))


def ask(wave, paths=(HAS,), to=Audience.MEMBERS, countries=None):
    numbers = [number for number, _name in showable_countries(wave)]
    return actions.ask_answers(
        wave=wave, paths=paths, countries=numbers if countries is None else countries, to=to,
        reason="They asked.", by=people.viewer_with("coordinator"), now=make.NOON,
    )  # fmt: skip


def consent(wave, *focals):
    """Each focal point consents to what stands on the page."""
    for one in focals:
        for asked in releases_to_answer(one):
            row = Release.objects.get(pk=int(asked.thing.partition(":")[2]))
            actions.consent_to_release(
                proposal=release_proposal(one, asked.public_id), seen=seal_of(basis_of(row)),
                by=one, now=make.NOON,
            )  # fmt: skip


def read(viewer, wave):
    return [(row.place, row.words) for row in released(viewer, wave.public_id, make.NOON, "en")]

"""A response at each step, and everybody who might look at it."""

from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import ANONYMOUS
from serai.members.queries import viewer_of
from serai.surveys.models import Delegation
from serai.surveys.states import DelegationScope, DelegationState, ResponseState

STEPS = {
    "draft": (ResponseState.FILLING, 0, 0),
    "handed in": (ResponseState.HANDED_IN, 0, 0),
    "signed": (ResponseState.SIGNED, 5, 0),
    "returned": (ResponseState.CORRECTING, 5, 0),
    "cleared": (ResponseState.CLEARED, 5, 5),
    "asked back": (ResponseState.CORRECTING, 7, 5),
    "withdrawn": (ResponseState.WITHDRAWN, 7, 5),
}
ALWAYS = tuple(STEPS)
SIGNED = ("signed", "returned", "cleared", "asked back")
CLEARED = ("cleared", "asked back")
NEVER = ()

# Who reads the whole response at which steps, and a question with a narrower audience at which.
READS = {
    "lead named": (ALWAYS, ALWAYS),
    "lead of the agency": (ALWAYS, ALWAYS),
    "signer": (ALWAYS, ALWAYS),
    "delegate who sees the rest": (ALWAYS, NEVER),
    "delegate": (("signed", "cleared"), NEVER),
    "delegate who declined": (SIGNED, NEVER),
    "delegate who left the agency": (NEVER, NEVER),
    "contributor": (SIGNED, NEVER),
    "lead of another": (NEVER, NEVER),
    "contributor of another": (NEVER, NEVER),
    "focal_point": (SIGNED, SIGNED),
    "deputy": (SIGNED, SIGNED),
    "focal_point of another": (NEVER, NEVER),
    "deputy of another": (NEVER, NEVER),
    "officer": (CLEARED, NEVER),
    "coordinator": (CLEARED, NEVER),
    "officer of the initiative": (CLEARED, NEVER),
    "officer of another": (NEVER, NEVER),
    "named reader": (CLEARED, CLEARED),
    "expert": (CLEARED, NEVER),
    "expert of another country": (NEVER, NEVER),
    "expert of another initiative": (NEVER, NEVER),
    "committee": (NEVER, NEVER),
    "partner": (NEVER, NEVER),
    "administrator": (NEVER, NEVER),
    "nobody": (NEVER, NEVER),
    "visitor": (NEVER, NEVER),
}


def part(response, person, scope=DelegationScope.EDIT, **fields):
    defaults = {
        "section": "office", "scope": scope.value, "state": DelegationState.ACCEPTED.value,
        "given_at": make.NOON, "given_by_id": response.invitation.lead_id,
    }  # fmt: skip
    return Delegation.objects.create(response=response, person=person, **(defaults | fields))


def cast(response):
    """One viewer of each line of READS."""
    place, asked = response.invitation.organisation, response.invitation
    resting, giving, refusing = (people.person_with("contributor", place) for _ in range(3))
    leaving, named = people.person(), people.person()
    part(response, leaving, sees_rest=True)
    part(response, resting, sees_rest=True)
    part(response, giving)
    part(response, refusing, sees_rest=True, state=DelegationState.DECLINED.value)
    people.share(f"surveys.response:{response.pk}", f"person:{named.pk}")
    persons = {
        "lead named": asked.lead,
        "lead of the agency": people.person_with("lead", place),
        "signer": asked.signer,
        "delegate who sees the rest": resting,
        "delegate": giving,
        "delegate who declined": refusing,
        "delegate who left the agency": leaving,
        "contributor": people.person_with("contributor", place),
        "lead of another": people.person_with("lead"),
        "contributor of another": people.person_with("contributor"),
        "focal_point": people.person_with("focal_point", "GEO"),
        "deputy": people.person_with("deputy", "GEO"),
        "focal_point of another": people.person_with("focal_point", "UZB"),
        "deputy of another": people.person_with("deputy", "UZB"),
        "officer": people.person_with("officer"),
        "coordinator": people.person_with("coordinator"),
        "officer of the initiative": people.person_with("officer", "virtual-carec"),
        "officer of another": people.person_with("officer", "other"),
        "named reader": named,
        "expert": people.person_with("expert", "virtual-carec:GEO"),
        "expert of another country": people.person_with("expert", "virtual-carec:UZB"),
        "expert of another initiative": people.person_with("expert", "other:GEO"),
        "committee": people.person_with("committee"),
        "partner": people.person_with("partner"),
        "administrator": people.person_with("administrator"),
        "nobody": people.person(),
    }
    viewers = {name: viewer_of(one, make.NOON) for name, one in persons.items()}
    return viewers | {"visitor": ANONYMOUS}


def at(response, step):
    """Put a response at a step, as its row would say."""
    response.state, response.signed_through, response.cleared_through = STEPS[step]
    return response

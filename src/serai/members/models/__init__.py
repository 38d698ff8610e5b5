"""Who takes part: members, organisations, people, grants."""

from serai.members.models.audience import AudienceChange, ReleaseProposal, Share
from serai.members.models.grant import Grant, Invitation
from serai.members.models.member import Member
from serai.members.models.organisation import Affiliation, Organisation
from serai.members.models.person import KnownDevice, Person, SignIn
from serai.members.models.privacy import DataRequest, Repair, Unlock

__all__ = [
    "Affiliation",
    "AudienceChange",
    "DataRequest",
    "Grant",
    "Invitation",
    "KnownDevice",
    "Member",
    "Organisation",
    "Person",
    "ReleaseProposal",
    "Repair",
    "Share",
    "SignIn",
    "Unlock",
]

"""What a loader finds, under the names doors may use: doors never import models."""

from serai.members.models import AudienceChange as ReleaseFound
from serai.members.models import DataRequest as OwnRequest
from serai.members.models import Grant as GrantFound
from serai.members.models import Invitation as InvitationFound
from serai.members.models import KnownDevice as DeviceFound
from serai.members.models import Member as MemberFound
from serai.members.models import Organisation as OrganisationFound
from serai.members.models import Person as PersonFound
from serai.members.models import ReleaseProposal as ProposalFound
from serai.members.models import Share as ShareFound
from serai.members.models import SignIn as OwnSignIn
from serai.members.models import Unlock as UnlockFound

__all__ = [
    "DeviceFound",
    "GrantFound",
    "InvitationFound",
    "MemberFound",
    "OrganisationFound",
    "OwnRequest",
    "OwnSignIn",
    "PersonFound",
    "ProposalFound",
    "ReleaseFound",
    "ShareFound",
    "UnlockFound",
]

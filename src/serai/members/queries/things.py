"""One line of "What others see of my country"."""

from dataclasses import dataclass
from datetime import datetime

from serai.members.states import Audience


@dataclass(frozen=True)
class AudienceThing:
    """A thing of a member and who reads it.

    Attributes:
        thing: label and number, such as `programme.response:12`.
        title: what the reader calls it.
        address: where it is shown.
        audience: who reads it now.
        kind: its kind in a word, such as "Answer" or "Paper".
        owner: whose it is, an agency or the country.
        since: from when this audience reads it.
        may_take_back: whether the viewer may narrow the audience on its own page.
    """

    thing: str
    title: str
    address: str
    audience: Audience
    kind: str = ""
    owner: str = ""
    since: datetime | None = None
    may_take_back: bool = False
    is_sample: bool = False

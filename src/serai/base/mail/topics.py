"""Which letters a reader may turn off, and under which topic; the rooms list theirs at start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

# The topic of letters that cannot be turned off.
ALWAYS = ""


def _nobody(person_id: int, topic: str, now: datetime) -> None:
    raise LookupError(f"No room keeps what person {person_id} turned off ({topic}, {now}).")


@dataclass
class Topics:
    """Every kind of letter by its template, with its topic.

    Attributes:
        kinds: `ALWAYS`, or a topic "My account" offers, by "room/email/kind".
        turn_off: keeps that a reader wants no more letters on a topic.
    """

    kinds: dict[str, str] = field(default_factory=dict)
    turn_off: Callable[[int, str, datetime], None] = _nobody

    def fill(self, room: str, kinds: Mapping[str, str]) -> None:
        """List the letters of a room."""
        self.kinds |= {f"{room}/email/{kind}": topic for kind, topic in kinds.items()}

    def of(self, template: str) -> str:
        """Return a letter's topic.

        Raises:
            LookupError: if its room does not list it, so that no letter escapes the reader's choice.
        """
        if template not in self.kinds:
            raise LookupError(f"{template} has no topic. List it in TOPICS of its room's emails.")
        return self.kinds[template]


TOPICS = Topics()
# To the operator's own address, and to who asked for the work: nobody else is written to.
TOPICS.fill("serai", {"audit_head": ALWAYS, "job_finished": ALWAYS, "job_failed": ALWAYS})

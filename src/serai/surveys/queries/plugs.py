"""What rooms above tell this one, plugged in once at start by `config`."""

from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass
class Plugs:
    """Data that travels up.

    Attributes:
        event_jobs: jobs that a survey may run at its events, by name ("readiness.look_again"), each
            with what it does, in a sentence; it takes `response`, a number, and may run twice.
    """

    event_jobs: "dict[str, str | Promise]" = field(default_factory=dict)


PLUGS = Plugs()

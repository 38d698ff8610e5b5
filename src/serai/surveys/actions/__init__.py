"""Every change of the room surveys."""

from serai.surveys.actions.acts import Refused

__all__ = ["Refused"]

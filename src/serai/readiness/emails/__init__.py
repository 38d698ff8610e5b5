"""Who gets which letter of readiness, and what stands in it: links, never scores."""

from serai.readiness.emails.provision import TOPICS as PROVISION_TOPICS
from serai.readiness.emails.provision import provision_moved

TOPICS = {**PROVISION_TOPICS}

__all__ = ["TOPICS", "provision_moved"]

"""Every change in the room readiness."""

# ---- frameworks, tiers, prices
from serai.readiness.actions.acts import Refused
from serai.readiness.actions.frameworks import (
    Faulty,
    copy_edition,
    delete_draft,
    draft_from_file,
    edit_criterion,
    edit_event_row,
    edit_package,
    edit_weights,
    publish,
    put_framework,
    put_tiers,
    replace_tiers,
)
from serai.readiness.actions.policies import say_policies
from serai.readiness.actions.prices import PriceFacts, record_prices

__all__ = [
    "Faulty",
    "PriceFacts",
    "Refused",
    "copy_edition",
    "delete_draft",
    "draft_from_file",
    "edit_criterion",
    "edit_event_row",
    "edit_package",
    "edit_weights",
    "publish",
    "put_framework",
    "put_tiers",
    "record_prices",
    "replace_tiers",
    "say_policies",
]

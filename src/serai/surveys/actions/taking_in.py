"""A submission stored and taken over at once; what cannot be taken over now is stored all the same."""

import logging
from datetime import datetime

from django.db import transaction

from serai.base import jobs
from serai.surveys.actions.applying import apply_submission, take_over
from serai.surveys.actions.collecting import Parcel, Received, receive
from serai.surveys.models import DeviceKey

LOG = logging.getLogger("serai.surveys")


@transaction.atomic
def take_parcel(*, key: DeviceKey, parcel: Parcel, now: datetime) -> Received:
    """Store what a device hands in and take it over; where that fails, have it done later."""
    received = receive(key=key, parcel=parcel, now=now)
    if received.submission is None:
        return received
    number = received.submission.pk
    try:
        with transaction.atomic():
            if received.step is not None and received.instance is not None:
                take_over(received.step, received.instance, now)
            else:
                apply_submission(submission_id=number, now=now)
    except Exception as error:
        LOG.warning("apply_submission put off: %s", type(error).__name__)
        jobs.enqueue(
            "surveys.apply_submission", key=f"surveys.apply_submission:{number}",
            submission_id=number,
        )  # fmt: skip
    return received

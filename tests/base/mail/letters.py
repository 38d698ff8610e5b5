"""Letters for the tests."""

from datetime import UTC, datetime

from serai.base.mail import Message

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
SENDER = "Programme <noreply@serai.test>"


def letter(key="k", **fields):
    return Message(
        key=key,
        template="serai/email/job_finished",
        facts={"title": "Issuing <b>a report</b>"},
        **({"address": "anna@agency.test"} | fields),
    )

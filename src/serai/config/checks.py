"""What a live installation lacks though nothing of it is wrong: told by `./serai check`."""

from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Tags, Warning, register

ONLY_HERE = {"localhost", "127.0.0.1", "::1"}


def _lacks() -> Iterator[Warning]:
    if not settings.MAIL.host:
        yield Warning(
            "SERAI_SMTP_HOST is empty, so no letter leaves and nobody gets a code to sign in. "
            "Name the mail server, such as SERAI_SMTP_HOST=smtp.example.org.",
            id="serai.W001",
        )
    if parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] in ONLY_HERE:
        yield Warning(
            f"SERAI_MAIL_FROM: '{settings.MAIL_FROM}' is no sender that others accept letters "
            "from. Write one, such as SERAI_MAIL_FROM=Serai <noreply@digital.example.org>.",
            id="serai.W002",
        )
    if urlsplit(settings.SITE_ADDRESS).hostname in ONLY_HERE:
        yield Warning(
            f"SERAI_ADDRESS: '{settings.SITE_ADDRESS}' opens on this machine alone, and letters "
            "link to it. Write the site's own, such as https://digital.example.org.",
            id="serai.W003",
        )


@register(Tags.security, deploy=True)
def live(app_configs: object, **kwargs: Any) -> list[Warning]:
    """Warn where mail cannot leave or links lead nowhere."""
    return list(_lacks())

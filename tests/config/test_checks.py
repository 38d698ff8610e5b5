"""`./serai check` of a live installation names what is lacking though nothing is wrong."""

import pytest

from serai.config import checks
from serai.config.env import MailServer

pytestmark = pytest.mark.either_engine


def said():
    return [warning.msg for warning in checks.live(None)]


def test_a_house_without_mail_and_address_is_told_each(settings):
    settings.MAIL = MailServer(host="", port=587, user="", password="", tls="starttls")
    settings.MAIL_FROM = "Serai <noreply@localhost>"
    settings.SITE_ADDRESS = "https://localhost"

    assert said() == [
        "SERAI_SMTP_HOST is empty, so no letter leaves and nobody gets a code to sign in. "
        "Name the mail server, such as SERAI_SMTP_HOST=smtp.example.org.",
        "SERAI_MAIL_FROM: 'Serai <noreply@localhost>' is no sender that others accept letters "
        "from. Write one, such as SERAI_MAIL_FROM=Serai <noreply@digital.example.org>.",
        "SERAI_ADDRESS: 'https://localhost' opens on this machine alone, and letters link to it. "
        "Write the site's own, such as https://digital.example.org.",
    ]


def test_a_whole_house_is_told_nothing(settings):
    settings.MAIL = MailServer(host="smtp.test", port=587, user="", password="", tls="starttls")
    settings.MAIL_FROM = "noreply@digital.test"
    settings.SITE_ADDRESS = "https://digital.test"

    assert said() == []

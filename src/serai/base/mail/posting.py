"""Hand a letter to the mail server, and read its answer: the only user of smtplib."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from typing import Protocol

TIMEOUT_SECONDS = 30
# The sender has not proved who he is: the installation's fault, not the letter's.
SENDER_UNKNOWN = {530, 534, 535, 538}
ADDRESS_UNKNOWN = {550, 551, 553}


class Server(Protocol):
    """Where mail leaves; the settings' MailServer is one."""

    @property
    def host(self) -> str:
        """Name the machine; empty when there is none."""

    @property
    def port(self) -> int:
        """Return the port."""

    @property
    def user(self) -> str:
        """Name the account; empty when none is needed."""

    @property
    def password(self) -> str:
        """Return the account's password."""

    @property
    def tls(self) -> str:
        """Return starttls, tls or none."""


class Answer(StrEnum):
    """What became of a letter."""

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"
    BOUNCED = "bounced"


@dataclass(frozen=True)
class Reply:
    """The server's answer and its words."""

    answer: Answer
    words: str


def _refusal(code: int, words: bytes | str, *, of_address: bool) -> Reply:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    said = f"{code} {text}"
    if code < 500 or code in SENDER_UNKNOWN:
        return Reply(Answer.LATER, said)
    if of_address and code in ADDRESS_UNKNOWN:
        return Reply(Answer.BOUNCED, said)
    return Reply(Answer.REFUSED, said)


@contextmanager
def _open(server: Server) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if server.tls == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    with line:
        if server.tls == "starttls":
            line.starttls(context=context)
        if server.user:
            line.login(server.user, server.password)
        yield line


def post(letter: EmailMessage, server: Server) -> Reply:
    """Send one letter. A missing, silent or confused server is a reason to try again later."""
    if not server.host:
        return Reply(Answer.LATER, "No mail server is named: set SERAI_SMTP_HOST.")
    is_open = False
    try:
        with _open(server) as line:
            is_open = True
            line.send_message(letter)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        return _refusal(code, words, of_address=True)
    except smtplib.SMTPNotSupportedError as error:
        answer = Answer.REFUSED if is_open else Answer.LATER
        return Reply(answer, str(error))
    except smtplib.SMTPResponseException as error:
        if not is_open:
            return Reply(Answer.LATER, f"{error.smtp_code} {error.smtp_error!r}")
        return _refusal(error.smtp_code, error.smtp_error, of_address=False)
    except (smtplib.SMTPException, OSError) as error:
        return Reply(Answer.LATER, f"{type(error).__name__}: {error}")
    return Reply(Answer.TAKEN, "")

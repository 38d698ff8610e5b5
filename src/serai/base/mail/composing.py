"""Make the letter that goes over the wire."""

import base64
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import quote

from django.core.files.storage import default_storage

from serai.base.mail.hiding import reveal
from serai.base.mail.stopping import stop_address
from serai.base.models import Message


def message_id(key: str, sender: str) -> str:
    """Return the Message-ID of a key: sent twice, a reader's program shows it once.

    Percent-encoded, because a header takes few signs.
    """
    domain = sender.rpartition("@")[2] or "localhost"
    return f"<{quote(key, safe='').replace('..', '.%2E')}@{domain}>"


def compose(row: Message, *, sender: str, now: datetime) -> EmailMessage:
    """Build a letter with text, simple HTML and attachments.

    Raises:
        ValueError: if the address or a header cannot be written.
        OSError: if an attachment cannot be read.
    """
    name, address = parseaddr(sender)
    letter = EmailMessage(policy=SMTP)
    letter["From"] = Address(name, addr_spec=address)
    letter["To"] = Address(addr_spec=row.address)
    letter["Subject"] = row.subject
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = message_id(row.key, address)
    letter["Content-Language"] = row.language
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if row.reply_to:
        letter["Reply-To"] = Address(addr_spec=row.reply_to)
    if row.topic and row.person_id is not None:
        letter["List-Unsubscribe"] = f"<{stop_address(row.person_id, row.topic, row.language)}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(reveal(row, row.text))
    if row.html:
        letter.add_alternative(reveal(row, row.html), subtype="html")
    for kept in row.attachments:
        _attach(letter, kept)
    return letter


def _attach(letter: EmailMessage, kept: dict[str, str]) -> None:
    if "storage_key" in kept:
        with default_storage.open(kept["storage_key"]) as file:
            content = bytes(file.read())
    else:
        content = base64.b64decode(kept["content"])
    main, _, sub = kept["media_type"].partition("/")
    sub, *parameters = (part.strip() for part in sub.split(";"))
    if main == "text":
        # An invitation's METHOD and charset are read from the header by calendar programs.
        named = dict(part.split("=", 1) for part in parameters if "=" in part)
        letter.add_attachment(
            content.decode("utf-8"),
            subtype=sub,
            filename=kept["name"],
            params={key: value for key, value in named.items() if key != "charset"},
        )
        return
    letter.add_attachment(content, maintype=main, subtype=sub, filename=kept["name"])

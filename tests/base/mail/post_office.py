"""A mail server on this machine, as grumpy as told."""

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller


@dataclass
class Office:
    """Answers per stage; what it took stands in `taken`."""

    recipient: str = "250 ok"
    content: str = "250 taken"
    taken: list[object] = field(default_factory=list)
    port: int = 0
    host: str = "127.0.0.1"
    user: str = ""
    password: str = ""
    tls: str = "none"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.content.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=default))
        return self.content


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def open_office(**answers):
    office = Office(port=free_port(), **answers)
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()

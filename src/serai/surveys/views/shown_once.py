"""Secrets that are shown for ten minutes and then nowhere, and the codes that carry them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import segno
from django.http import HttpResponse

from serai.base.access import ServedRequest

SHOWN_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class ShownOnce:
    """One kind of secret, kept in the session of whoever made it.

    Attributes:
        name: of its place in the session.
    """

    name: str

    def keep(self, request: ServedRequest, of: str, secret: str) -> None:
        """Show a secret of a thing from now on."""
        request.session[self.name] = {
            "of": of, "secret": secret, "made_at": request.now.isoformat(),
        }  # fmt: skip

    def shown(self, request: ServedRequest, of: str) -> str:
        """Return the secret of a thing; "" where none was made here, or its time is over."""
        kept = request.session.get(self.name)
        if kept is None or kept["of"] != of:
            return ""
        if request.now - datetime.fromisoformat(kept["made_at"]) > SHOWN_FOR:
            del request.session[self.name]
            return ""
        return str(kept["secret"])

    def forget(self, request: ServedRequest) -> None:
        """Show it no more."""
        request.session.pop(self.name, None)


def drawn(text: str) -> HttpResponse:
    """Draw a text as a QR code; an image of its own, as the content policy asks."""
    picture = segno.make(text, error="l").svg_inline(scale=4, border=4, dark="#000", light="#fff")
    picture = picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    answer = HttpResponse(picture, content_type="image/svg+xml")
    answer.headers["Cache-Control"] = "no-store"
    return answer

"""Put the viewer on each request: config alone knows both the base and the members."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from serai.base.access import ANONYMOUS, ServedRequest, Viewer
from serai.members.queries import needs_second_factor, viewer_of
from serai.surveys.access import COOKIE, Held, with_held

TOUCH_SECONDS = 10 * 60
STRONG = "has_second_factor"
OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {"security", "passkey_options", "add_passkey", "start_totp", "add_totp", "totp_qr",
     "recovery_codes", "sign_in_again", "sign_out"}
)  # fmt: skip


class ViewerMiddleware:
    """Set `request.viewer` for signed-in people and visitors; read only when asked for."""

    def __init__(self, get_response: Callable[[ServedRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ServedRequest) -> HttpResponse:
        def find() -> Viewer:
            person = request.user if request.user.is_authenticated else None
            viewer = viewer_of(person, request.now) if person else ANONYMOUS
            held = Held.read(request.COOKIES.get(COOKIE, ""), request.now)
            return with_held(viewer, held.keys()) if held != Held() else viewer

        request.viewer = cast(Viewer, SimpleLazyObject(find))
        response = self.get_response(request)
        is_known = bool({settings.SESSION_COOKIE_NAME, COOKIE} & set(request.COOKIES))
        if is_known and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    def process_view(
        self, request: ServedRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Keep a session in use alive; in production lead strong roles to their second factor."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        _touch(request)
        if not settings.PRODUCTION or request.session.get(STRONG):
            return None
        match = request.resolver_match
        if match is None or (
            match.app_name == "members" and match.url_name in OPEN_WITHOUT_SECOND_FACTOR
        ):
            return None
        if needs_second_factor(request.viewer):
            return HttpResponseRedirect(reverse("members:security"))
        request.session[STRONG] = True
        return None


def _touch(request: ServedRequest) -> None:
    """Move the end of a session that ends by idleness, at most every ten minutes."""
    seen = int(request.session.get("seen_at", 0))
    now = int(request.now.timestamp())
    if request.session.get("idle_limit") and now - seen > TOUCH_SECONDS:
        request.session["seen_at"] = now

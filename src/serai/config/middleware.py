"""Put the viewer on each request: config alone knows both the base and the members."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from serai.base.access import ANONYMOUS, Viewer
from serai.members.queries import viewer_of


class ViewerMiddleware:
    """Set `request.viewer` for signed-in people and visitors; read only when asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def find() -> Viewer:
            if not request.user.is_authenticated:
                return ANONYMOUS
            return viewer_of(request.user, request.now)

        request.viewer = SimpleLazyObject(find)
        return self.get_response(request)

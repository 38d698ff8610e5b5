"""The end of letters on a topic: the link in each of them, without signing in."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from serai.base.access import NotFound, ServedRequest, Viewer, anyone, guard
from serai.base.frame import address_of
from serai.base.mail.stopping import BrokenLink, Stop, read_stop_token
from serai.base.mail.topics import TOPICS
from serai.base.pages import Crumb, render_page


def _stop(viewer: Viewer, token: str) -> Stop:
    try:
        return read_stop_token(token)
    except BrokenLink as error:
        raise NotFound from error


# Mail programs send the form of RFC 8058 themselves, without our token; the link is the proof.
@csrf_exempt
@guard(may=anyone, load=_stop, methods=("GET", "POST"))
def stop(request: ServedRequest, stop: Stop) -> HttpResponse:
    """Ask once; after the button the topic is off. A link that is only opened changes nothing."""
    is_stopped = request.method == "POST"
    if is_stopped:
        TOPICS.turn_off(stop.person_id, stop.topic, request.now)
    crumbs = (Crumb(_("First page"), address_of("home:page")), Crumb(_("Letters")))
    return render_page(
        request, "serai/stop_letters.html", {"is_stopped": is_stopped, "crumbs": crumbs}
    )

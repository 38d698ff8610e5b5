"""The addresses a watcher asks: /health/live, /health/ready, /health/deep, /metrics."""

import hmac

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import translation
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY

from serai.base.access import ServedRequest, anyone, guard
from serai.base.health import alarm, readings
from serai.base.health.readings import Reading

WRITTEN_IN = "en"  # a watcher compares words; they do not follow its language


def _answer(found: list[Reading]) -> HttpResponse:
    """Answer 200 when all is well, 503 otherwise, naming each reading."""
    is_well = all(reading.is_well for reading in found)
    body = {
        "is_well": is_well,
        "readings": {r.name: {"is_well": r.is_well, "found": r.words} for r in found},
    }
    response = JsonResponse(body, status=200 if is_well else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def _ask_token(request: ServedRequest) -> None:
    """Let in only who carries SERAI_HEALTH_TOKEN; without one set there is nothing to see."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    wanted = settings.HEALTH_TOKEN
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise Http404


@guard(may=anyone)
def live(request: ServedRequest) -> HttpResponse:
    """Answer as long as the process can."""
    return HttpResponse("live", content_type="text/plain", headers={"Cache-Control": "no-store"})


@guard(may=anyone)
def ready(request: ServedRequest) -> HttpResponse:
    """Tell whether requests may be sent here."""
    with translation.override(WRITTEN_IN):
        return _answer(readings.ready(settings.DATA_DIR))


@guard(may=anyone)
def deep(request: ServedRequest) -> HttpResponse:
    """Tell how the whole house does: worker, jobs, mail, backup, seal, disk."""
    _ask_token(request)
    with translation.override(WRITTEN_IN):
        return _answer(alarm.look(settings.BACKUP_DIR, settings.DATA_DIR, request.now))


@guard(may=anyone)
def metrics(request: ServedRequest) -> HttpResponse:
    """Give the figures of all web processes in the form collectors read."""
    _ask_token(request)
    registry = REGISTRY
    if settings.METRICS_DIR:
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=settings.METRICS_DIR)  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

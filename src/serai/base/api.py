"""The open API `/api/v1/`: read-only, through the rooms' queries, errors after RFC 9457.

A room writes `api.py` with a `Router` and `@reads(router, "/milestones", may=…, response=…)`;
`config.urls` adds the routers. A visitor reads what is public; a key reads what its person may.
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import Field, NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer
from pydantic import AfterValidator, BeforeValidator

from serai.base.access import ANONYMOUS, DOORS, Denied, Door, NotFound, ServedRequest, Viewer
from serai.base.keys import valid_key
from serai.base.limits import API_IP, API_KEY, TooOften, client_address, count
from serai.base.text import TranslatedText

T = TypeVar("T")
PROBLEM_TYPE = "application/problem+json"
MOST_ROWS, USUAL_ROWS = 200, 50
FIRST_DAY, LATEST_DAY = date(1990, 1, 1), date(2100, 12, 31)
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass
class Hooks:
    """What higher floors plug in: who a key's person is today."""

    viewer_of: Callable[[int, datetime], Viewer] = field(default=lambda person_id, now: ANONYMOUS)


HOOKS = Hooks()


# -- errors


class Problem(Schema):
    """One error after RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    instance: str = ""
    errors: list[str] = []


TITLES = {
    401: "The key is not valid",
    404: "There is no such thing",
    422: "The question is not understood",
    429: "Asked too often",
}


def problem(
    request: HttpRequest, status: int, detail: str = "", errors: Sequence[str] = ()
) -> HttpResponse:
    """Answer with one error."""
    body = Problem(
        title=TITLES.get(status, "The question cannot be answered"),
        status=status,
        detail=detail,
        instance=request.path,
        errors=list(errors),
    )
    return HttpResponse(body.model_dump_json(), status=status, content_type=PROBLEM_TYPE)


# -- who asks


class KeyOrVisitor(HttpBearer):
    """A key in the header `Authorization: Bearer …`, a signed-in browser, or a visitor."""

    def __call__(self, request: Any) -> object:
        if "Authorization" in request.headers:
            return super().__call__(request)
        count(API_IP, client_address(request), now=request.now)
        return True

    def authenticate(self, request: Any, token: str) -> object:
        """Let the key's person read; count by key, so that a ministry's people do not share."""
        key = valid_key(token, today=request.now.date())
        if key is None:
            count(API_IP, client_address(request), now=request.now)
            return None
        count(API_KEY, key.public_id, now=request.now)
        request.viewer = HOOKS.viewer_of(key.person_id, request.now)
        return True


# -- pages


def only_digits(value: object) -> object:
    """Take a whole number in plain digits; `false`, `1.0` and `1_000` are none."""
    if isinstance(value, str) and not _WHOLE.fullmatch(value):
        raise ValueError("Write a whole number in digits.")
    return value


Whole = Annotated[int, BeforeValidator(only_digits)]


def only_iso(value: object) -> object:
    """Take a day as 2021-06-30; numbers and moments are none."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("Write a day as 2021-06-30.")
    return value


def within_reason(day: date) -> date:
    """Take a day before or after all that is ever known as the first or last such day."""
    return min(max(day, FIRST_DAY), LATEST_DAY)


Day = Annotated[date, BeforeValidator(only_iso), AfterValidator(within_reason)]


def texts(text: TranslatedText) -> dict[str, str]:
    """Return a text by its languages."""
    return {language: words for language, words, _state in text.texts if words}


def never_public(viewer: Viewer, rows: Sequence[T]) -> list[T]:
    """Leave sample rows out for visitors: sample data is never public."""
    if viewer.is_signed_in:
        return list(rows)
    return [row for row in rows if not getattr(row, "sample", False)]


class PageAsked(Schema):
    """Which page: use as `asked: Query[PageAsked]`."""

    limit: Whole = Field(default=USUAL_ROWS, ge=1, le=MOST_ROWS)
    cursor: str = Field(default="", max_length=400, pattern="^([0-9a-f]{2})*$")


class Page(Schema, Generic[T]):
    """One page of a list; `next` is the address of the following one, or null."""

    items: list[T]
    next: str | None


def page_of(
    request: HttpRequest,
    rows: Sequence[Any],
    asked: PageAsked,
    *,
    key: Callable[[Any], str],
    item: Callable[[Any], Any],
) -> dict[str, object]:
    """Cut one page out of rows in ascending order of a key; rows that come or go move no page."""
    start = 0
    if asked.cursor:
        start = bisect_right(rows, _opened(asked.cursor), key=key)
    shown = rows[start : start + asked.limit]
    following = None
    if start + asked.limit < len(rows):
        query = request.GET.dict() | {"cursor": _closed(key(shown[-1])), "limit": str(asked.limit)}
        following = f"{request.path}?{urlencode(query)}"
    return {"items": [item(row) for row in shown], "next": following}


def _closed(key: str) -> str:
    return key.encode().hex()


def _opened(cursor: str) -> str:
    return bytes.fromhex(cursor).decode(errors="replace")


# -- doors


def reads(
    router: Router,
    path: str,
    *,
    may: Callable[..., bool],
    response: Any,
    summary: str,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a question of the API with its rule; missing and forbidden both answer 404."""
    rule_name = getattr(may, "rule_name", "")

    def wear(view: Callable[..., Any]) -> Callable[..., Any]:
        name = f"{view.__module__}.{view.__name__}"
        if not rule_name:
            raise ValueError(f"{name}: `may` must be a registered rule.")
        DOORS[name] = Door(name, rule_name, ("GET",), fresh=False)

        @functools.wraps(view)
        def guarded(request: ServedRequest, *args: object, **kwargs: object) -> object:
            if not may(request.viewer):
                raise NotFound(name)
            return view(request, *args, **kwargs)

        answers = {200: response, 401: Problem, 404: Problem, 422: Problem, 429: Problem}
        router.get(path, response=answers, summary=summary, url_name=name)(guarded)
        return guarded

    return wear


class OpenApi(NinjaAPI):
    """The API of one installation; its schema says that a key is not asked of visitors."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """Describe the API: keys optional, errors as `application/problem+json`."""
        schema = super().get_openapi_schema(*args, **kwargs)
        for path in schema["paths"].values():
            for operation in path.values():
                operation["security"] = [{}, *operation.get("security", [])]
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in answer.get("content", {}):
                        answer["content"] = {PROBLEM_TYPE: answer["content"]["application/json"]}
        return schema


def new_api(routers: Sequence[tuple[str, Router]], *, name: str = "api") -> OpenApi:
    """Build the API from the rooms' routers: [("programme", router), …]."""
    api = OpenApi(
        title="Serai",
        version="1",
        description="Read-only. Lists come in pages: follow `next`.",
        urls_namespace=name,
        docs_url=None,
        auth=KeyOrVisitor(),
    )
    for room, router in routers:
        api.add_router(f"/{room}", router, tags=[room])
    _explain(api)
    return api


def doors(api: NinjaAPI) -> tuple[list[URLPattern], str, str]:
    """Return the API's addresses, each wearing its rule for the house's own checks."""
    patterns, app, space = api.urls
    found = [pattern for pattern in patterns if isinstance(pattern, URLPattern)]
    for pattern in found:
        open_door = Door(str(pattern.name), "base.anyone", ("GET",), fresh=False)
        door = DOORS.get(str(pattern.name), open_door)
        setattr(pattern.callback, "door", door)  # noqa: B010  functions have no such field
    return found, app, space


def _explain(api: OpenApi) -> None:
    """Answer each kind of error with a problem in words."""

    def absent(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(request, 404, "It may have moved, or it may not be open to you.")

    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        words = [f"{'.'.join(str(p) for p in e['loc'][1:])}: {e['msg']}" for e in error.errors]
        return problem(request, 422, "Correct what is named under errors.", words)

    def unknown(request: HttpRequest, error: Any) -> HttpResponse:
        response = problem(request, 401, "Make a new key on your own page, or ask without one.")
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    def too_often(request: HttpRequest, error: Any) -> HttpResponse:
        response = problem(request, 429, f"Wait {error.retry_after} seconds, then ask again.")
        response.headers["Retry-After"] = str(error.retry_after)
        return response

    def other(request: HttpRequest, error: Any) -> HttpResponse:
        return problem(request, error.status_code, str(error))

    for kind in (Http404, NotFound, Denied):
        api.add_exception_handler(kind, absent)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(AuthenticationError, unknown)
    api.add_exception_handler(TooOften, too_often)
    api.add_exception_handler(HttpError, other)

"""The mechanism of permission: viewers, named rules, guarded doors.

A rule is a function `may_…(viewer, thing) -> bool` in a room's `access.py`, registered with the
roles it admits so that the table of rights can be drawn. A door wears a guard that names its rule;
an address without a guard stops the start (see `serai.base.checks`).
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse

P = ParamSpec("P")
T = TypeVar("T")


class Denied(Exception):
    """The acting person may not do this."""


class NotFound(Exception):
    """There is no such thing, or the viewer may not know of it."""


@dataclass(frozen=True)
class Viewer:
    """Who looks: a frozen set of audience keys and of roles held today.

    Attributes:
        keys: audience keys such as `public`, `members`, `secretariat:virtual-carec`,
            `expert:virtual-carec:GEO`, `country:GEO`, `organisation:12`, `share:…`.
        roles: `officer` for the whole installation, `officer@virtual-carec` for one scope.
        person_id: the person behind the viewer; None for a visitor or a report's audience.
        is_sample: a demonstration person; whatever such a viewer makes is sample too.
    """

    keys: frozenset[str] = frozenset({"public"})
    roles: frozenset[str] = frozenset()
    person_id: int | None = None
    name: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    is_sample: bool = False

    @property
    def itself(self) -> "Viewer":
        """Return the viewer, where a request has only a promise of one: to be kept as a key."""
        return self

    @property
    def is_signed_in(self) -> bool:
        """Tell whether a person stands behind this viewer."""
        return self.person_id is not None

    def holds(self, role: str, scope: str | None = None) -> bool:
        """Tell whether the viewer holds a role, for one scope or (scope None) for any."""
        if role in self.roles:
            return True
        if scope is None:
            return any(held.partition("@")[0] == role for held in self.roles)
        return f"{role}@{scope}" in self.roles

    def holds_any(self, roles: Sequence[str], scope: str | None = None) -> bool:
        """Tell whether the viewer holds one of several roles."""
        return any(self.holds(role, scope) for role in roles)

    def scopes(self, role: str) -> frozenset[str]:
        """Return the scopes for which a role is held; empty when held for all or not at all."""
        pairs = (held.partition("@") for held in self.roles)
        return frozenset(scope for name, _, scope in pairs if name == role and scope)


ANONYMOUS = Viewer()


class ServedRequest(HttpRequest):
    """A request as our doors see it."""

    viewer: Viewer
    now: datetime
    request_id: str
    held_token: str
    kept_day: str


@dataclass(frozen=True)
class Rule:
    """One named right.

    Attributes:
        name: `<room>.<function>`, such as `programme.may_replan`.
        sentence: what it lets one do, for the drawn table.
        roles: the roles it admits for a thing within their scope; `visitor` and `signed-in`
            stand for everybody and every signed-in person, `owner` for the thing's own people.
    """

    name: str
    sentence: str
    roles: tuple[str, ...]
    decide: Callable[..., bool]


REGISTER: dict[str, Rule] = {}


def rule(sentence: str, roles: Sequence[str]) -> Callable[[Callable[P, bool]], Callable[P, bool]]:
    """Register a named rule under its room's and function's name."""

    def register(decide: Callable[P, bool]) -> Callable[P, bool]:
        room = decide.__module__.split(".")[1]
        name = f"{room}.{decide.__name__}"
        if name in REGISTER:
            raise ValueError(f"Rule {name} is registered twice.")
        REGISTER[name] = Rule(name=name, sentence=sentence, roles=tuple(roles), decide=decide)
        decide.rule_name = name  # type: ignore[attr-defined]
        return decide

    return register


def require(decide: Callable[..., bool], viewer: Viewer, *things: object) -> None:
    """Let an action go on, or stop it.

    Raises:
        Denied: naming the rule that refused.
    """
    if not decide(viewer, *things):
        raise Denied(getattr(decide, "rule_name", decide.__name__))


@rule("Open a public page", roles=("visitor", "signed-in"))
def anyone(viewer: Viewer, *things: object) -> bool:
    """Admit everybody."""
    return True


@rule("Open a page of one's own", roles=("signed-in",))
def signed_in(viewer: Viewer, *things: object) -> bool:
    """Admit every signed-in person."""
    return viewer.is_signed_in


@dataclass(frozen=True)
class Door:
    """What a guard knows of the view it stands before."""

    view: str
    rule_name: str
    methods: tuple[str, ...]
    fresh: bool


DOORS: dict[str, Door] = {}


@dataclass
class Hooks:
    """What higher floors plug into the guard, set once at start by `config`."""

    is_fresh: Callable[[HttpRequest], bool] = field(default=lambda request: True)
    hold: Callable[[Any], None] = field(default=lambda request: None)
    once: Callable[[Any, Callable[[], HttpResponseBase]], HttpResponseBase] = field(
        default=lambda request, answer: answer()
    )


HOOKS = Hooks()


def guard(
    *,
    may: Callable[..., bool],
    load: Callable[..., Any] | None = None,
    methods: Sequence[str] = ("GET",),
    fresh: bool = False,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Stand before a view: load the thing as the viewer sees it, then ask the rule.

    Args:
        may: a registered rule; asked with (viewer, thing), or (viewer) without `load`.
        load: a query `load(viewer, **url_arguments)` that raises NotFound.
        methods: the HTTP methods the view answers; GET includes HEAD.
        fresh: ask for a sign-in at most 15 minutes old.
    Returns:
        A view that answers 404 for what is missing or forbidden, and sends visitors to sign in.
    """
    allowed = {*methods, *({"HEAD"} if "GET" in methods else set())}

    def wear(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        name = f"{view.__module__}.{view.__name__}"
        door = Door(name, getattr(may, "rule_name", ""), tuple(methods), fresh)
        if not door.rule_name:
            raise ValueError(f"{name}: `may` must be a registered rule.")
        DOORS[name] = door

        @functools.wraps(view)
        def guarded(request: ServedRequest, **kwargs: object) -> HttpResponseBase:
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))

            back = _back(request, is_page="GET" in allowed)

            def answer() -> HttpResponseBase:
                things = _admitted(request, may, load, kwargs)
                if things is None:
                    return _to_sign_in(request, back)
                if fresh and not HOOKS.is_fresh(request):
                    return _to_sign_in(request, back, again=True)
                return view(request, *things, **({} if load else kwargs))

            return HOOKS.once(request, answer)

        guarded.door = door  # type: ignore[attr-defined]
        return guarded

    return wear


def _admitted(
    request: ServedRequest,
    may: Callable[..., bool],
    load: Callable[..., Any] | None,
    kwargs: dict[str, object],
) -> tuple[object, ...] | None:
    """Return what the view gets; None asks a visitor to sign in; 404 for all else."""
    try:
        things = (load(request.viewer, **kwargs),) if load else ()
        if may(request.viewer, *things):
            return things
    except NotFound as error:
        if request.viewer.is_signed_in:
            raise Http404(str(error)) from error
        return None
    if request.viewer.is_signed_in:
        raise Http404
    return None


def _back(request: ServedRequest, *, is_page: bool) -> str:
    """Return where to come back to after a sign-in: for a button alone, the page it stood on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    if is_page:
        return request.path
    came = urlsplit(request.headers.get("Referer", ""))
    is_ours = came.netloc == request.get_host() and came.path.startswith("/")
    return urlunsplit(("", "", came.path, came.query, "")) if is_ours else "/"


def _to_sign_in(request: ServedRequest, back: str, *, again: bool = False) -> HttpResponse:
    """Send a visitor to sign in and come back; what was typed is held for half an hour."""
    if request.method not in {"GET", "HEAD"}:
        HOOKS.hold(request)
    page = "members:sign_in_again" if again else "members:sign_in"
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': back})}")


@rule("Open the component page", roles=("officer", "coordinator", "administrator"))
def may_see_styleguide(viewer: Viewer, *things: object) -> bool:
    """Admit the secretariat's staff and administrators."""
    return viewer.holds_any(("officer", "coordinator", "administrator"))

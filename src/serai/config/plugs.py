"""Plug the higher floors' facts into the lower floors' hooks, once at start."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest
from django.utils.translation import get_language

from serai.base import access, api, frame, held
from serai.home import queries as home
from serai.members import queries as members
from serai.programme import queries as programme
from serai.reports import queries as reports

FRESH_SECONDS = 15 * 60


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person signed in, or again, within the latest 15 minutes."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - float(records[-1]["at"]) < FRESH_SECONDS


def programme_of(request: HttpRequest) -> frame.Programme:
    """Return whose installation this is, read once a request."""
    kept = getattr(request, "serai_programme", None)
    if kept is None:
        language = get_language() or "en"
        row = programme.programme(request.viewer)  # type: ignore[attr-defined]
        kept = frame.Programme(
            name=row.name.pick(language)[0],
            short_name=row.short_name.pick(language)[0] or "Serai",
            time_zone=row.time_zone,
        )
        request.serai_programme = kept  # type: ignore[attr-defined]
    return kept


def plug() -> None:
    """Tell the guard what a fresh sign-in is, the frame whose site it is, rooms what waits."""
    access.HOOKS.is_fresh = is_fresh
    access.HOOKS.hold = held.hold
    access.HOOKS.once = held.once
    api.HOOKS.viewer_of = members.viewer_of_person_id
    frame.HOOKS.sections = home.sections
    frame.HOOKS.programme = programme_of
    members.PLUGS.todos = [programme.todos, reports.next_todos, members.todos]

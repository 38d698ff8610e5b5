"""Plug the higher floors' facts into the lower floors' hooks, once at start."""

import time
from datetime import datetime
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from serai.base import access, api, as_of, characters, frame, held, receipts, search
from serai.base import admin as base
from serai.base.access import Viewer
from serai.base.bench import BENCH
from serai.base.mail.topics import TOPICS
from serai.base.pages import Todo
from serai.home import queries as home
from serai.members import actions
from serai.members import admin as people
from serai.members import emails as people_letters
from serai.members import queries as members
from serai.programme import actions as plan_actions
from serai.programme import admin as plans
from serai.programme import emails as plan_letters
from serai.programme import queries as programme
from serai.reports import actions as paper_actions
from serai.reports import admin as papers
from serai.reports import emails as paper_letters
from serai.reports import queries as reports
from serai.setup import admin as presets
from serai.surveys import actions as survey_actions
from serai.surveys import admin as forms_and_waves
from serai.surveys import emails as survey_letters
from serai.surveys import queries as surveys

FRESH_SECONDS = 15 * 60


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person signed in, or again, within the latest 15 minutes."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - float(records[-1]["at"]) < FRESH_SECONDS


def programme_of(request: HttpRequest) -> frame.Programme:
    """Return whose installation this is, in the page's language."""
    language = get_language() or "en"
    row = programme.programme_of(request)  # type: ignore[arg-type]
    return frame.Programme(
        name=row.name.pick(language)[0],
        short_name=row.short_name.pick(language)[0] or "Serai",
        time_zone=row.time_zone,
    )


def sections_of(request: HttpRequest) -> tuple[frame.Section, ...]:
    """Return the masthead's entries for whoever asks."""
    asked = request.GET.get(as_of.PARAMETER, "")
    query = f"?{urlencode({as_of.PARAMETER: asked})}" if asked else ""
    return home.sections(request.viewer, request.path, query=query)  # type: ignore[attr-defined]


def display_of(request: HttpRequest) -> frame.Display | None:
    """Return how the signed-in person wants pages shown, on every device; None for visitors."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return None
    return frame.Display(theme=person.theme, text_size=person.text_size)


def keep_display(request: HttpRequest, display: frame.Display, language: str) -> bool:
    """Keep a signed-in person's choices with the account; False for visitors."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return False
    wanted = actions.DisplayWanted(
        theme=display.theme,
        text_size=display.text_size,
        language=language,
    )
    actions.change_display(wanted=wanted, by=request.viewer, now=request.now)  # type: ignore[attr-defined]
    return True


def initiatives(viewer: Viewer) -> list[members.Choice]:
    """Return the initiatives a role can be limited to."""
    language = get_language() or "en"
    return [
        members.Choice(one.code, one.name.pick(language)[0])
        for one in programme.initiative_choices(viewer)
    ]


def reports_todos(viewer: Viewer, now: datetime) -> list[Todo]:
    """Return what reports ask of a viewer, whatever the moment."""
    return reports.next_todos(viewer)


def surveys_todos(viewer: Viewer, now: datetime) -> list[Todo]:
    """Return what surveys ask of a viewer, whatever the moment."""
    return surveys.todos(viewer)


def turn_off(person_id: int, topic: str, now: datetime) -> None:
    """Keep that a reader wants no more letters on a topic."""
    actions.stop_letters(person_id=person_id, topic=topic, now=now)


def plug() -> None:
    """Tell the guard what a fresh sign-in is, the frame whose site it is, rooms what waits."""
    characters.RIGHT_TO_LEFT.update(settings.RIGHT_TO_LEFT)
    access.HOOKS.is_fresh = is_fresh
    access.HOOKS.hold = held.hold
    access.HOOKS.once = receipts.once
    api.HOOKS.viewer_of = members.viewer_of_person_id
    frame.HOOKS.sections = sections_of
    frame.HOOKS.programme = programme_of
    frame.HOOKS.display = display_of
    frame.HOOKS.keep_display = keep_display
    search.HOOKS.rooms = [
        actions.findable,
        plan_actions.findable,
        paper_actions.findable,
        survey_actions.findable,
    ]
    BENCH.fill(
        [
            *base.SHELVES,
            *people.SHELVES,
            *plans.SHELVES,
            *papers.SHELVES,
            *forms_and_waves.SHELVES,
            *presets.SHELVES,
        ]
    )
    TOPICS.fill("members", people_letters.TOPICS)
    TOPICS.fill("programme", plan_letters.TOPICS)
    TOPICS.fill("reports", paper_letters.TOPICS)
    TOPICS.fill("surveys", survey_letters.TOPICS)
    TOPICS.turn_off = turn_off
    members.PLUGS.initiatives = initiatives
    members.PLUGS.audience_things = [programme.things_of_country, surveys.things_of_country]
    members.PLUGS.release_pages = {"surveys": "surveys:consent"}
    members.PLUGS.own_parts = [programme.own_parts, surveys.own_parts, reports.own_parts]
    members.PLUGS.reminders = [programme.reminders]
    members.PLUGS.todos = [programme.todos, surveys_todos, reports_todos, members.todos]

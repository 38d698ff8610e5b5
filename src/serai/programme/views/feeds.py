"""Calendar links: one's own, and what a calendar reads from them."""

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound
from django.urls import reverse
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, anyone, guard
from serai.base.calendars import (
    CONTENT_TYPE,
    AllDayEvent,
    Calendar,
    TimedEvent,
    write_feed,
)
from serai.base.form_pages import status_of
from serai.base.held import typed
from serai.base.pages import redirect_with, render_page
from serai.members.queries import viewer_of_person_id
from serai.programme import access, actions, queries
from serai.programme.actions import Refused
from serai.programme.forms import FeedForm
from serai.programme.queries import FeedContents, FeedMeeting, FeedMilestone
from serai.programme.states import MeetingState
from serai.programme.views.shared import crumbs, named, shown

if TYPE_CHECKING:
    from serai.programme.models import CalendarFeed

HOUR = timedelta(hours=1)
# A double click must not lose the address: it stays in the maker's own session for this long.
SHOWN_FOR = timedelta(minutes=10)
IN_SESSION = "new_feed"
HERE = "public-id-here"  # an address is looked up once, not for each of 500 events


@guard(may=access.may_make_feed, methods=("GET", "POST"))
def feeds(request: ServedRequest) -> HttpResponse:
    """List one's own links and make a new one; its address is shown while its time runs."""
    rows = queries.initiative_choices(request.viewer)
    names = {row.code: named(row.name) for row in rows} | {"all": _("The whole programme")}
    form = FeedForm(typed(request), initiatives=[(row.code, named(row.name)) for row in rows])
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_feed(
                scope=form.cleaned_data["scope"], by=request.viewer, now=request.now
            )
        except Refused as error:
            form.add_error("scope", str(error))
        else:
            request.session[IN_SESSION] = {
                "token": made.token,
                "feed": made.feed.public_id,
                "made_at": request.now.isoformat(),
            }
            return redirect_with(request, reverse("programme:feeds"), _("The link is made."))
    response = render_page(
        request,
        "programme/feeds.html",
        {
            "form": form,
            "address": _just_made(request),
            "rows": [
                (row, names.get(row.scope, row.scope)) for row in queries.feeds(request.viewer)
            ],
            "crumbs": crumbs(title=_("Calendar links")),
        },
        status=status_of(request, form),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _just_made(request: ServedRequest) -> str:
    """Return the address of a link just made; nothing once its time is over."""
    kept = request.session.get(IN_SESSION)
    if kept is None:
        return ""
    if request.now - datetime.fromisoformat(kept["made_at"]) > SHOWN_FOR:
        del request.session[IN_SESSION]
        return ""
    return settings.SITE_ADDRESS + reverse("programme:feed", args=[kept["token"]])


@guard(may=access.may_keep_feed, load=queries.feed, methods=("POST",))
def revoke(request: ServedRequest, found: "CalendarFeed") -> HttpResponse:
    """Revoke a link."""
    actions.revoke_feed(feed=found, by=request.viewer, now=request.now)
    if request.session.get(IN_SESSION, {}).get("feed") == found.public_id:
        del request.session[IN_SESSION]
    return redirect_with(
        request, reverse("programme:feeds"), _("The link is revoked. Calendars that used it stop.")
    )


@guard(may=anyone)
def feed(request: ServedRequest, token: str) -> HttpResponse:
    """Answer a calendar: 410 for a revoked link, 304 for an unchanged one."""
    found = queries.feed_by_token(token)
    if found is None:
        return HttpResponseNotFound(_("There is no such calendar."), content_type="text/plain")
    if found.revoked_at is not None:
        return HttpResponse(
            _("This calendar link was revoked."), status=410, content_type="text/plain"
        )
    viewer = viewer_of_person_id(found.person_id, request.now)
    day = shown(request)
    contents = queries.feed_contents(viewer, found.scope, day.today, request.now)
    content = write_feed(
        as_calendar(
            contents, found.public_id, day.programme.short_name.pick(get_language() or "en")[0]
        )
    )
    if found.last_read_at is None or request.now - found.last_read_at > HOUR:
        actions.note_read(feed=found, now=request.now)
    return _answer(request, content)


def _answer(request: ServedRequest, content: bytes) -> HttpResponse:
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    if request.headers.get("If-None-Match", "") == etag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(content, content_type=CONTENT_TYPE)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def as_calendar(contents: FeedContents, uid: str, name: str) -> Calendar:
    """Return a link's contents as a calendar."""
    language = get_language() or "en"
    address = settings.SITE_ADDRESS + reverse("programme:milestone", args=[HERE])
    events = [_milestone(row, address) for row in contents.milestones]
    timed = [_meeting(row) for row in contents.meetings]
    return Calendar(
        uid=f"{uid}@serai",
        name=name,
        language=language,
        events=(*events, *timed),
        url=settings.SITE_ADDRESS + reverse("programme:timeline"),
    )


def _milestone(row: FeedMilestone, address: str) -> AllDayEvent:
    return AllDayEvent(
        uid=f"milestone-{row.public_id}@serai",
        summary=named(row.name),
        earliest=row.window.end_earliest,
        latest=row.window.end_latest,
        words=named(row.words),
        sequence=row.sequence,
        changed_at=row.changed_at,
        url=address.replace(HERE, row.public_id),
        categories=(named(row.initiative_name),),
    )


def _meeting(row: FeedMeeting) -> TimedEvent:
    return TimedEvent(
        uid=f"meeting-{row.public_id}@serai",
        summary=named(row.title),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        sequence=row.sequence,
        changed_at=row.changed_at,
        place=row.place,
        join_link=row.join_link,
        url=settings.SITE_ADDRESS + reverse("programme:meeting", args=[row.public_id]),
        is_tentative=row.state == MeetingState.PLANNED,
        is_cancelled=row.state == MeetingState.CANCELLED,
    )

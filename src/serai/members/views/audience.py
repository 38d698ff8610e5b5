"""What others see of my country."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.pages import Crumb, redirect_with, render_page
from serai.members import access, actions, queries
from serai.members.states import Audience
from serai.members.states.words import AUDIENCE_NAMES, AUDIENCE_SENTENCES


@guard(may=access.may_see_audiences, load=queries.member, methods=("GET",))
def audience(request: ServedRequest, found: queries.MemberFound) -> HttpResponse:
    """Show each thing of a country and who reads it."""
    things = queries.audience_things(request.viewer, found.iso3)
    name = found.shown_name.pick(request.LANGUAGE_CODE)[0]
    return render_page(
        request,
        "members/audience.html",
        {
            "found": found,
            "name": name,
            "groups": [
                (
                    AUDIENCE_NAMES[level],
                    AUDIENCE_SENTENCES[level],
                    [thing for thing in things if thing.audience is level],
                )
                for level in reversed(Audience)
            ],
            "count": len(things),
            "shares": queries.shares(request.viewer, found),
            "changes": [
                (row, AUDIENCE_NAMES[row.from_audience], AUDIENCE_NAMES[row.to_audience])
                for row in queries.audience_changes(request.viewer, found)
            ],
            "sample": any(thing.is_sample for thing in things),
            "crumbs": [
                Crumb(_("Members"), reverse("members:members")),
                Crumb(name, reverse("members:member", args=[found.iso3])),
                Crumb(_("What others see")),
            ],
        },
    )


@guard(may=access.may_end_share, load=queries.share, methods=("POST",))
def end_share(request: ServedRequest, found: queries.ShareFound) -> HttpResponse:
    """Stop showing a thing by name."""
    actions.end_share(share=found, by=request.viewer, now=request.now)
    iso3 = found.member.iso3 if found.member else ""
    back = reverse("members:audience", args=[iso3]) if iso3 else reverse("members:me")
    return redirect_with(request, back, _("It is no longer shared."))

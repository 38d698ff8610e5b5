"""The end of a membership: its last day with a reason, and taking it back."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest, guard
from serai.base.pages import Crumb, redirect_with, render_page
from serai.members import access, actions, queries
from serai.members.forms import EndMemberForm


@guard(may=access.may_end_member, load=queries.member, methods=("GET", "POST"), fresh=True)
def end(request: ServedRequest, found: queries.MemberFound) -> HttpResponse:
    """Ask for the last day and the reason, after saying what the day brings."""
    form = EndMemberForm(request.POST or None, initial={"until_on": request.now.date()})
    back = reverse("members:member", args=[found.iso3])
    name = found.shown_name.pick(request.LANGUAGE_CODE)[0]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.end_member(
                member=found, until_on=given["until_on"], reason=given["reason"],
                by=request.viewer, now=request.now,
            )  # fmt: skip
            return redirect_with(request, back, _("The last day of the membership is set."))
        except actions.Refused as error:
            form.add_error(None, str(error))
    return render_page(
        request,
        "members/with_reason.html",
        {
            "form": form,
            "title": _("End the membership"),
            "text": _(
                "After its last day {member} is shown as a former member, is offered in no form and "
                "is asked for nothing. The roles of its people, in its ministries and agencies too, "
                "end on that day; open invitations end now. Lists and reports of earlier days keep "
                "it. It can be kept as a member again, but roles that ended are given anew."
            ).format(member=name),
            "verb": _("End the membership"),
            "back": back,
            "crumbs": [
                Crumb(_("Members"), reverse("members:members")),
                Crumb(name, back),
                Crumb(_("End the membership")),
            ],
            "kind": "danger",
            "back_words": _("Back"),
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


@guard(may=access.may_end_member, load=queries.member, methods=("POST",))
def keep(request: ServedRequest, found: queries.MemberFound) -> HttpResponse:
    """Take the end of a membership back."""
    said = _("It is kept as a member. Give the roles of its people anew.")
    try:
        actions.keep_member(member=found, by=request.viewer, now=request.now)
    except actions.Refused as error:
        said = str(error)
    return redirect_with(request, reverse("members:member", args=[found.iso3]), said)

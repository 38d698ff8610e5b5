"""One's own account: name, language, letters, where one is signed in."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from serai.base.access import ServedRequest, guard
from serai.base.frame import DISPLAY_COOKIE, in_language
from serai.base.pages import Crumb, redirect_with, render_page
from serai.members import access, actions, queries
from serai.members.forms import ProfileForm
from serai.members.states.words import METHODS, ROLE_NAMES, ROLE_SENTENCES, TOPICS


@guard(may=access.may_keep_own_account, methods=("GET", "POST"))
def me(request: ServedRequest) -> HttpResponse:
    """Show and change what a person says of themselves."""
    person = queries.myself(request.viewer)
    every = [topic for topic, _name in TOPICS]
    shown = {
        name: getattr(person, name)
        for name in (
            "full_name", "address_as", "language", "time_zone", "theme", "text_size", "digest",
        )
    }  # fmt: skip
    shown["topics"] = [topic for topic in every if topic not in person.muted_topics]
    form = ProfileForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        return _save(request, form, person.muted_topics, every)
    grants = queries.grants_of(request.viewer, person=person)
    return render_page(
        request,
        "members/me.html",
        {
            "form": form,
            "person": person,
            "roles": [(ROLE_NAMES[row.role], ROLE_SENTENCES[row.role], row) for row in grants],
            "sign_ins": [
                (row, METHODS.get(row.method, row.method))
                for row in queries.sign_ins(request.viewer, request.session.session_key or "")
            ],
            "must_set_up": queries.needs_second_factor(request.viewer),
            "crumbs": [Crumb(_("My account"))],
            "sample": person.sample,
        },
        status=422 if form.errors else 200,
    )


def _save(
    request: ServedRequest, form: ProfileForm, muted: list[str], every: list[str]
) -> HttpResponse:
    """Keep the profile and go on in the language just chosen; what is not shown stays turned off."""
    found = form.cleaned_data
    profile = actions.Profile(
        full_name=found["full_name"],
        address_as=found["address_as"],
        language=found["language"],
        time_zone=found["time_zone"],
        theme=found["theme"],
        text_size=found["text_size"],
        digest=found["digest"],
        muted_topics=(
            *(topic for topic in muted if topic not in every),
            *(topic for topic in every if topic not in found["topics"]),
        ),
    )
    actions.change_me(profile=profile, by=request.viewer, now=request.now)
    with override(profile.language):
        said = _("Saved.")
    response = redirect_with(request, in_language(reverse("members:me"), profile.language), said)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, profile.language, samesite="Lax")
    response.delete_cookie(DISPLAY_COOKIE)
    return response


@guard(may=access.may_keep_own_account, load=queries.own_sign_in, methods=("POST",))
def end_sign_in(request: ServedRequest, sign_in: queries.OwnSignIn) -> HttpResponse:
    """Sign out another browser."""
    actions.end_sign_in(sign_in=sign_in, by=request.viewer, now=request.now)
    return redirect_with(request, reverse("members:me"), _("That browser is signed out."))

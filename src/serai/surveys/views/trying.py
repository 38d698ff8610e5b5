"""A form that anybody with the link tries: filled in page by page, checked, kept nowhere."""

from django.http import HttpResponse
from django.utils.formats import get_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import NotFound, ServedRequest, anyone, guard
from serai.base.characters import direction
from serai.base.pages import render_page
from serai.surveys import queries
from serai.surveys.exports.tables import said
from serai.surveys.forms import posted_changes
from serai.surveys.views.answering import page_refs

CHECK = "check"


@guard(may=anyone, methods=("GET", "POST"))
def try_form(request: ServedRequest, token: str) -> HttpResponse:
    """Show one page of a form on trial, with all that was typed before."""
    try:
        version = queries.version_to_try(token, request.now)
    except NotFound:
        sentence = _("This link is not complete, or its 30 days are over. Ask for a new one.")
        context = {"sentence": sentence}
        return render_page(request, "surveys/open_closed.html", context, status=404)
    trial = queries.Trial(version, request.POST.get("kept", ""), request.now)
    names = [one.name for one in trial.pages("") if one.name]
    current = _act(request, trial) if request.method == "POST" else ""
    if current != CHECK and trial.page(current) is None:
        current = next(iter(names), CHECK)
    page = trial.page(current) if current != CHECK else None
    tag = queries.tag_of(page.language) if page else get_language() or "en"
    return render_page(
        request,
        "surveys/trial.html",
        {
            "title": said(version.survey.title),
            "version": version,
            "page": page,
            "pages": trial.pages(current),
            "current": current,
            "kept": trial.kept(),
            "missing": trial.missing() if page is None else [],
            "logic": trial.logic(page) if page else None,
            "writes": True,
            "reasons": queries.reasons_of(trial.response),
            "tag": tag,
            "is_other": tag != get_language(),
            "direction": direction(tag),
            "decimal": get_format("DECIMAL_SEPARATOR"),
            "is_nameless": True,
            "sample": version.survey.sample,
        },
    )


def _act(request: ServedRequest, trial: queries.Trial) -> str:
    """Take over what was typed, do what the button says; return the page to go to."""
    post = request.POST
    current = post.get("at", "")
    page = trial.page(current)
    if page is not None:
        changes = posted_changes(post, page_refs(page))
        trial.take((one.ref, one.value, one.reason) for one in changes)
    if "add" in post:
        key = trial.add(queries.ref_of(post["add"]))
        return (trial.page_of_entry(key) if key else "") or current
    if "remove" in post:
        trial.remove(post["remove"])
        return current
    if "go_on" in post:
        names = [one.name for one in trial.pages("") if one.name]
        after = names[names.index(current) + 1 :] if current in names else []
        return next(iter(after), CHECK)
    return post.get("go", current)

"""The texts of a form in one language: edited in place, downloaded, brought back as a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.access import ServedRequest, guard
from serai.base.characters import clean, direction
from serai.base.files import answer_download
from serai.base.held import held_post
from serai.base.lists import kept_query, page_of
from serai.base.pages import Crumb, redirect_with, render_page
from serai.base.shown import Mark, Tab
from serai.base.tables import XLSX_TYPE
from serai.surveys import access, actions, queries
from serai.surveys.forms import TableForm
from serai.surveys.queries.phrases import LanguageOf, PhraseRow
from serai.surveys.states import PhraseState
from serai.surveys.states.words import state_mark
from serai.surveys.views import phrase_tables
from serai.surveys.views.work import form_crumbs

LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Box:
    """One text as the page shows it.

    Attributes:
        text, is_checked: what its writer typed, else what is kept.
        theirs: what somebody else wrote meanwhile; None where nobody did.
        wrong: what is wrong with it.
    """

    row: PhraseRow
    mark: Mark
    text: str
    is_checked: bool
    theirs: str | None = None
    wrong: str = ""


# With their boxes, states and counts they are heavier than rows of a list.
TEXTS_A_PAGE = 40


def crumbs_of(of: LanguageOf, title: str = "") -> list[Crumb]:
    """Return the way back to one language of a survey's forms."""
    found = form_crumbs(of.survey, title=of.name)
    found.insert(
        -1, Crumb(_("Translations"), reverse("surveys:translations", args=[of.survey.public_id]))
    )
    if title:
        found[-1] = Crumb(of.name, address_of(of))
        found.append(Crumb(title))
    return found


def address_of(of: LanguageOf, page: str = "translate") -> str:
    """Return the address of one of a language's pages."""
    return reverse(f"surveys:{page}", args=[of.survey.public_id, of.language])


@guard(may=access.may_translate_into, load=queries.language_of, methods=("GET", "POST"))
def language(request: ServedRequest, of: LanguageOf) -> HttpResponse:
    """Show forty texts at a time beside their translations, and save what is written."""
    every = queries.phrases(request.viewer, of)
    asked = request.GET.get("state", "")
    rows = [row for row in every if not asked or row.state == asked]
    page = page_of(request, rows, TEXTS_A_PAGE)
    boxes = [_box(row) for row in page.object_list]
    status = 200
    if request.method == "POST":
        sent = _sent(request.POST, every)
        try:
            count = actions.write_phrases(
                survey=of.survey, language=of.language, written=sent, by=request.viewer,
                now=request.now,
            )  # fmt: skip
        except actions.OthersText as others:
            status = 409
            boxes = _again(every, sent, theirs=others.theirs)
        except actions.OtherQuotes as quotes:
            status = 422
            boxes = _again(every, sent, wrong={one: str(quotes) for one in quotes.hashes})
        else:
            return redirect_with(request, request.get_full_path(), _saved(count))
    elif (held := held_post(request)) is not None:
        boxes = _again(every, _sent(held, every))
    context = {
        "of": of, "survey": of.survey, "boxes": boxes, "page": page, "status": status,
        "query": kept_query(request), "direction": direction(of.language),
        "source_language": queries.source_language(of.survey),
        "tabs": _tabs(every, asked), "total": len(every),
        "waiting": sum(1 for row in every if row.text and not row.is_in_form),
        "form_at_work": queries.form_at_work(of.survey),
        "may_keep": access.may_keep_survey(request.viewer, of.survey),
        "wrong": [box for box in boxes if box.wrong or box.theirs is not None],
        "crumbs": crumbs_of(of), "sample": of.survey.sample,
    }  # fmt: skip
    return render_page(request, "surveys/translate.html", context, status=status)


def _box(row: PhraseRow) -> Box:
    state = PhraseState(row.state)
    return Box(row, state_mark(state), row.text, state is PhraseState.CHECKED)


def _tabs(rows: list[PhraseRow], asked: str) -> list[Tab]:
    tabs = [Tab(_("All"), "?", not asked, len(rows))]
    return tabs + [
        Tab(
            state_mark(state).word, f"?state={state.value}", asked == state.value,
            sum(1 for row in rows if row.state == state),
        )
        for state in PhraseState
    ]  # fmt: skip


def _sent(posted: QueryDict, rows: list[PhraseRow]) -> dict[str, actions.PhraseWritten]:
    """Return what was sent of the texts that the form has."""
    is_all = "all" in posted
    found = {}
    for row in rows:
        text = posted.get(f"text-{row.hash}")
        if text is not None:
            plain = clean(text.replace("\r\n", "\n").strip()[:LONGEST_TEXT]).text
            is_checked = bool(plain) and (is_all or f"checked-{row.hash}" in posted)
            seen = posted.get(f"seen-{row.hash}", "")
            found[row.hash] = actions.PhraseWritten(plain, is_checked, seen)
    return found


def _again(
    rows: list[PhraseRow], sent: Mapping[str, actions.PhraseWritten],
    *, theirs: Mapping[str, str] | None = None, wrong: Mapping[str, str] | None = None,
) -> list[Box]:  # fmt: skip
    """Return what was sent, as it was typed; another's text beside it, and what is wrong."""
    return [
        Box(
            row, state_mark(PhraseState(row.state)), sent[row.hash].text,
            sent[row.hash].is_checked, (theirs or {}).get(row.hash), (wrong or {}).get(row.hash, ""),
        )
        for row in rows
        if row.hash in sent
    ]  # fmt: skip


def _saved(count: int) -> str:
    if not count:
        return _("Nothing had changed.")
    return ngettext("{n} text is saved.", "{n} texts are saved.", count).format(n=count)


# ---------------------------------------------------------------- as a table


@guard(may=access.may_translate_into, load=queries.language_of)
def table(request: ServedRequest, of: LanguageOf) -> HttpResponseBase:
    """Give the texts as a workbook; only its third column is to be filled."""
    found = queries.phrases_table(of)
    if found is None:
        return redirect_with(request, address_of(of), _("There is no form to translate yet."))
    sample = "sample-" if of.survey.sample else ""
    name = f"{sample}{of.survey.code}-{of.language}.xlsx"
    return answer_download(found.to_xlsx(), name, XLSX_TYPE)


@guard(may=access.may_translate_into, load=queries.language_of, methods=("GET", "POST"))
def upload(request: ServedRequest, of: LanguageOf) -> HttpResponse:
    """Take a table back and show what it would change."""
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        read = phrase_tables.read(request, form, of)
        if read is not None:
            return _preview(request, of, read)
    context = {"form": form, "of": of, "survey": of.survey, "sample": of.survey.sample,
               "crumbs": crumbs_of(of, _("Bring a table back"))}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render_page(request, "surveys/import_phrases.html", context, status=status)


def _preview(request: ServedRequest, of: LanguageOf, read: phrase_tables.Read) -> HttpResponse:
    context = {
        "of": of, "survey": of.survey, "read": read, "sample": of.survey.sample,
        "faults": read.faults, "table": read.table(), "packed": read.packed(),
        "crumbs": crumbs_of(of, _("Preview of the table")),
    }  # fmt: skip
    status = 422 if read.faults else 200
    return render_page(request, "surveys/check_phrases.html", context, status=status)


@guard(may=access.may_translate_into, load=queries.language_of, methods=("POST",))
def check(request: ServedRequest, of: LanguageOf) -> HttpResponse:
    """Write all texts of the table that was looked at, or none."""
    kept = phrase_tables.unpacked(request.POST.get("packed", ""))
    back = address_of(of, "import_phrases")
    if kept is None:
        return redirect_with(
            request, back, _("The preview is older than two hours. Bring the table again.")
        )
    try:
        before = actions.import_phrases(
            survey=of.survey, language=of.language, texts=kept.texts, seen=kept.seen,
            by=request.viewer, now=request.now,
        )  # fmt: skip
    except actions.Refused as error:
        return redirect_with(request, back, str(error))
    context = {
        "of": of, "survey": of.survey, "count": len(before), "sample": of.survey.sample,
        "packed": phrase_tables.pack_undo(before, kept.texts),
        "crumbs": crumbs_of(of, _("The table is in")),
    }  # fmt: skip
    return render_page(request, "surveys/imported_phrases.html", context)


@guard(may=access.may_translate_into, load=queries.language_of, methods=("POST",))
def undo(request: ServedRequest, of: LanguageOf) -> HttpResponse:
    """Put every text of a table back as it was, or none."""
    kept = phrase_tables.unpacked_undo(request.POST.get("packed", ""))
    if kept is None:
        return redirect_with(
            request, address_of(of), _("This was more than two hours ago. Change the texts here.")
        )
    try:
        count = actions.undo_import(
            survey=of.survey, language=of.language, before=kept.before, texts=kept.texts,
            by=request.viewer, now=request.now,
        )  # fmt: skip
    except actions.Refused as error:
        return redirect_with(request, address_of(of), str(error))
    said = ngettext("{n} text is as it was.", "{n} texts are as they were.", count)
    return redirect_with(request, address_of(of), said.format(n=count))

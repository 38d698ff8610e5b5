"""The names of languages in the reader's language."""

from django.utils.translation import get_language_info, gettext, gettext_noop

# Those that Django has no name for, or none by which the country itself calls it.
OTHERS = {
    "fa-af": gettext_noop("Dari"), "ky": gettext_noop("Kyrgyz"), "ps": gettext_noop("Pashto"),
    "ur": gettext_noop("Urdu"),
}  # fmt: skip


def language_name(code: str) -> str:
    """Return a language's name in the reader's language: `fa-AF` is Dari, `fa-IR` Persian; unknown codes stay."""
    whole = code.lower()
    for known in (whole, whole.partition("-")[0]):
        if known in OTHERS:
            return gettext(OTHERS[known])
        try:
            return str(get_language_info(known)["name_translated"])
        except KeyError:
            continue
    return code

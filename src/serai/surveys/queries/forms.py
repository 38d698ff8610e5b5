"""Compiled forms: read once a process; what a published version says never changes."""

from functools import lru_cache

from serai.base.files import place_of
from serai.calc.xforms import CompiledForm, compile_form
from serai.surveys.models import FormFile, FormVersion

KEPT_FORMS = 32
LIST_ENDINGS = (".csv", ".xml")


def compiled(version: FormVersion) -> CompiledForm:
    """Return a version's form, ready to be filled; the same object each time."""
    return _compiled(version.pk, version.sha256)


@lru_cache(maxsize=KEPT_FORMS)
def _compiled(version_id: int, _sha256: str) -> CompiledForm:
    xform = FormVersion.objects.values_list("xform", flat=True).get(pk=version_id)
    return compile_form(xform, lists_of(version_id))


def lists_of(version_id: int) -> dict[str, str]:
    """Return the texts of the lists that a form draws its choices from, by file name."""
    rows = FormFile.objects.filter(version_id=version_id).values_list("name", "file__storage_key")
    return {
        name: place_of(key).read_text(encoding="utf-8-sig")
        for name, key in rows
        if name.lower().endswith(LIST_ENDINGS)
    }

"""A sheet that is uploaded to be imported: read once, then carried signed from preview to preview."""

from django.core import signing
from django.forms import Form
from django.utils.translation import gettext as _

from serai.base.tables import Sheet, SheetFault, read_sheet
from serai.base.tables.sheets import sheet_of

KEPT_SECONDS = 2 * 3600


def uploaded(form: Form, most: int) -> Sheet | None:
    """Return the sheet of a form's field `sheet`, of at most so many rows, its head included; else say at the field why not."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["sheet"]
    try:
        sheet = read_sheet(file.read(), file.name)
    except SheetFault as error:
        form.add_error("sheet", str(error))
        return None
    if 1 < len(sheet) <= most:
        return sheet
    form.add_error("sheet", _rows_words(len(sheet), most))
    return None


def _rows_words(count: int, most: int) -> str:
    if count < 2:
        return _("The sheet has no rows below the names of columns. Fill it and upload it again.")
    return _("The sheet has {count} rows; {most} fit at a time. Split it.").format(
        count=count, most=most
    )


def sign(sheet: Sheet, salt: str) -> str:
    """Pack a sheet for the preview's form."""
    rows = [(row.number, list(row)) for row in sheet]
    return signing.dumps([sheet.name, rows], salt=salt, compress=True)


def unsign(text: str, salt: str) -> Sheet | None:
    """Return the sheet a preview carried; None when it is older than two hours or not ours."""
    try:
        name, rows = signing.loads(text, salt=salt, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    return sheet_of(name, rows)

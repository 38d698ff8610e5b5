"""A questionnaire as a workbook, for whoever edits it in a spreadsheet."""

from serai.base.xlsform.sheets import FormSheets, lines


def to_xlsx(sheets: FormSheets) -> bytes:
    """Write the sheets as XLSForm; rows keep their numbers, so problems name the same places."""
    # openpyxl costs a quarter of a second that a start without a workbook need not pay.
    from serai.base.tables.book_file import book_file  # noqa: PLC0415

    settings = sheets.settings.rows
    title = settings[0]["form_title"] if settings else ""
    return book_file(title, [(sheet.name, list(lines(sheet))) for sheet in sheets if sheet.columns])

"""Formulas without a value are found wherever they stand."""

import io
import zipfile

from openpyxl import Workbook

from serai.base.tables import unfilled_formulas


def book() -> bytes:
    made = Workbook()
    made.active.title = "One"
    made.active.append(["a", "=1+1", 2])
    made.create_sheet("Two & more").append(["=A1"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_each_unfilled_formula_is_named_by_sheet_and_address():
    assert unfilled_formulas(book()) == [("One", "B1"), ("Two & more", "A1")]


def test_a_formula_with_its_value_is_none():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
                part = part.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
            new.writestr(name, part)

    assert unfilled_formulas(out.getvalue()) == [("Two & more", "A1")]

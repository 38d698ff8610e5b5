"""The preset's questionnaires, compiled, and responses to them filled in as people would."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from serai import setup
from serai.base.xlsform import XlsForm, read_xlsform
from serai.calc.xforms import (
    ENGLISH_NAMES,
    CompiledForm,
    Env,
    FormState,
    Ref,
    compile_form,
    open_form,
)
from serai.calc.xforms.frames import Cell

FORMS = Path(setup.__file__).parent / "presets" / "carec" / "forms"
NAMES = tuple(sorted(path.stem for path in FORMS.glob("*.md")))
# What a person writes where a text must be of a certain shape.
TEXTS = {"email": "office@ministry.example", "currency": "USD", "address": "https://ministry.example",
         "web": "https://team.example", "video": "https://team.example/film"}  # fmt: skip
PLAIN = {"int": "1", "decimal": "1", "date": "2026-01-15", "binary": "file.pdf", "string": "Words."}
YEARS = {"strategy_from": "2021", "strategy_to": "2030"}


@cache
def read(name: str) -> XlsForm:
    """A questionnaire as the preset keeps it."""
    return read_xlsform((FORMS / f"{name}.md").read_bytes(), f"{name}.md")


@cache
def compiled(name: str) -> CompiledForm:
    return compile_form(read(name).xform)


def opened(
    name: str, language: str = "English (en)", answers: Mapping[Ref, str] | None = None
) -> FormState:
    """A response as it is first opened, on a day in November 2026."""
    env = Env(
        now=datetime(2026, 11, 27, 9, tzinfo=UTC), zone=UTC, language=language,
        random=Random(1).random, new_uuid=lambda: "u", user={}, names=ENGLISH_NAMES,
    )  # fmt: skip
    return open_form(compiled(name), answers or {}, None, env, first=True)


def asked(state: FormState) -> list[Cell]:
    """The questions that people are asked, in order; notes and read-only fields are none."""
    return [
        cell
        for cell in state.cells()
        if cell.spec.control is not None
        and not cell.spec.children
        and cell.relevant
        and not cell.readonly
    ]


def fill(state: FormState, answers: Mapping[str, str]) -> FormState:
    """Answer every question, those named as given, the others with what fits."""
    for _round in range(20):
        empty = [
            cell for cell in asked(state) if not cell.text and answers.get(cell.spec.name) != ""
        ]
        if not empty:
            break
        for cell in empty:
            ref = Ref(cell.spec.path, cell.frame.key)
            if cell.relevant and not cell.text:
                state.set(ref, answers.get(cell.spec.name) or _likely(state, cell, ref))
    return state


def _likely(state: FormState, cell: Cell, ref: Ref) -> str:
    name = cell.spec.name
    choices = [one.value for one in state.choices(ref) if not one.is_no_information]
    if cell.spec.control is not None and cell.spec.control.kind == "rank":
        return " ".join(one.value for one in state.choices(ref))
    if choices:
        return next((one for one in choices if one != "none"), choices[0])
    if name in YEARS:
        return YEARS[name]
    return TEXTS.get(name.rpartition("_")[2], PLAIN[cell.spec.type])

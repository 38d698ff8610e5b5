"""Each reason has its sentence, each remedy its reason, and all are put into other languages."""

import re
from pathlib import Path

from django.utils.functional import Promise

from serai.base import xlsform
from serai.base.xlsform.words import FEATURES, REMEDIES, SENTENCES

FOLDER = Path(xlsform.__file__).parent
CODES = re.compile(r'(?:problem|Problem|say)\(\s*"(\w+)"')


def test_every_code_that_is_raised_has_a_sentence_and_every_sentence_is_raised():
    sources = "\n".join(path.read_text() for path in FOLDER.glob("*.py"))

    raised = set(CODES.findall(sources)) | set(re.findall(r'code = "(\w+)"', sources))
    # Three own columns and the settings' kinds name their code in a variable.
    raised |= {
        "weight",
        "audience",
        "was",
        *re.findall(r'"(unsupported_\w+|unknown_\w+)"', sources),
    }

    assert raised == SENTENCES.keys()


def test_remedies_belong_to_reasons_and_all_is_translatable():
    assert REMEDIES.keys() <= SENTENCES.keys()
    assert SENTENCES.keys() - REMEDIES.keys() == {"file"}
    assert all(
        isinstance(words, Promise)
        for table in (FEATURES, SENTENCES, REMEDIES)
        for code, words in table.items()
        if code != "file"
    )

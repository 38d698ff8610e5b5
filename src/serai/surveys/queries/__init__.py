"""Every read of the room surveys."""

from serai.surveys.models import Delegation, Response, Suggestion
from serai.surveys.queries.browser import logic_of, results_of
from serai.surveys.queries.changes import changes_since, missing
from serai.surveys.queries.filling import problems_of
from serai.surveys.queries.forms import compiled, tag_of
from serai.surveys.queries.overview import overview
from serai.surveys.queries.own import (
    ResponseHead,
    again,
    delegation,
    head_of,
    in_words,
    last_signature,
    next_place,
    offers,
    own_rows,
    part_choices,
    part_label,
    readers_after_signing,
    reasons_of,
    response_again,
    steps_of,
    suggestion,
)
from serai.surveys.queries.responses import colleagues, response
from serai.surveys.queries.sections import (
    AnswerFile,
    QuestionRow,
    SectionPage,
    answer_file,
    author_name,
    name_of,
    place,
    ref_of,
    section_page,
    theirs,
    wrong_words,
)

__all__ = [
    "AnswerFile",
    "Delegation",
    "QuestionRow",
    "Response",
    "ResponseHead",
    "SectionPage",
    "Suggestion",
    "again",
    "answer_file",
    "author_name",
    "colleagues",
    "compiled",
    "delegation",
    "head_of",
    "in_words",
    "logic_of",
    "name_of",
    "next_place",
    "offers",
    "overview",
    "own_rows",
    "place",
    "problems_of",
    "reasons_of",
    "changes_since",
    "missing",
    "part_label",
    "part_choices",
    "readers_after_signing",
    "last_signature",
    "response_again",
    "ref_of",
    "response",
    "results_of",
    "section_page",
    "steps_of",
    "suggestion",
    "tag_of",
    "theirs",
    "wrong_words",
]

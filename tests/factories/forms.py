"""Questionnaires as sheets, and versions made of them as the room makes them."""

from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.files import Checked
from serai.base.jobs import run_ready
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.models import FormVersion, Response, Survey

MARKDOWN = "text/markdown"

# Two languages, two groups and a repeat; each piece may be left out or replaced.
HEAD = (
    "| survey |\n| | type | name | label::English (en) | label::Русский (ru) | required"
    " | constraint | constraint_message::English (en) | constraint_message::Русский (ru)"
    " | relevant | calculation | bind::serai:was |\n"
)
OFFICE = "\n".join(
    [
        "| | begin_group | office | The office | Отдел | | | | | | | |",
        "| | text | name | Name of the office | Название отдела | yes | | | | | | |",
        "| | integer | staff | People who run events | Сотрудники | | . >= 0 and . <= 500"
        " | From 0 to 500. | От 0 до 500. | | | |",
        "| | end_group | | | | | | | | | | |",
    ]
)
LINE = "\n".join(
    [
        "| | begin_group | link | The line | Линия | | | | | | | |",
        "| | select_one yes_no | has | Is there a leased line? | Есть ли линия? | yes | | | | | | |",
        "| | decimal | mbps | Its speed | Её скорость | | | | | ${has} = 'yes' | | |",
        "| | end_group | | | | | | | | | | |",
    ]
)
ROOMS = "\n".join(
    [
        "| | begin_repeat | room | Room | Зал | | | | | | | |",
        "| | integer | seats | Seats | Места | | | | | | | |",
        "| | end_repeat | | | | | | | | | | |",
    ]
)
CHOICES = """
| choices |
| | list_name | name | label::English (en) | label::Русский (ru) |
| | yes_no | yes | Yes | Да |
| | yes_no | no | No | Нет |
"""


def row(kind: str, name: str, label: str, *, ru: str = "…", **columns: str) -> str:
    """One row of the sheet survey."""
    order = ("required", "constraint", "message", "message_ru", "relevant", "calculation", "was")
    cells = [kind, name, label, ru if label else "", *(columns.get(key, "") for key in order)]
    return "| | " + " | ".join(cells) + " |"


def markdown(
    *rows: str, form_id: str = "offices", version: str = "1", choices: str = CHOICES
) -> str:
    """A questionnaire in English and Russian."""
    settings = (
        "\n| settings |\n| | form_id | form_title | version | default_language | namespaces |\n"
        f'| | {form_id} | Offices | {version} | English (en) | serai="urn:serai:form:1" |\n'
    )
    return HEAD + "\n".join(rows or (OFFICE, LINE, ROOMS)) + "\n" + choices + settings


def officer():
    """A viewer who keeps every survey."""
    return viewer_of(people.person_with("officer"), make.NOON)


def handed_in(of: Survey, text: str, by=None) -> FormVersion:
    """The version that a text becomes, checked or refused, its job run."""
    checked = Checked(text.encode(), "form.md", MARKDOWN)
    actions.upload_version(survey=of, checked=checked, by=by or officer(), now=make.NOON)
    run_ready(now=make.NOON)
    return of.versions.order_by("-number").first()


def acknowledged(version: FormVersion, by=None) -> FormVersion:
    """The version with every warning seen."""
    from serai.surveys import queries

    found = queries.findings(version, queries.compiled(version))
    names = {one.name for one in found}
    return actions.acknowledge(version=version, names=names, by=by or officer(), now=make.NOON)


def published(of: Survey, text: str, by=None) -> FormVersion:
    """A published version of a text."""
    by = by or officer()
    version = acknowledged(handed_in(of, text, by), by)
    return actions.publish(version=version, by=by, now=make.NOON)


def response(version: FormVersion, **fields) -> Response:
    """A response in an open wave of a version, being filled in by its invitation's lead."""
    asked = make.invitation(make.wave(version))
    return Response.objects.create(
        wave=asked.wave, invitation=asked, version=version, language="en", **fields
    )

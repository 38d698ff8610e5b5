"""A questionnaire as an officer writes it: weights, a question for few readers, a file, a rule across
sections, and repeats in repeats; and a response to it, filled in.
"""

import itertools
from functools import cache

from tests.factories import surveys as make

from serai.base.access import Viewer
from serai.base.xlsform import read_xlsform
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change, Outcome
from serai.surveys.models import AnswerHead, FormVersion, Response

NAME, STAFF = Ref("/data/office/name"), Ref("/data/office/staff")
PHONE, MBPS = Ref("/data/office/phone"), Ref("/data/line/mbps")
ROOM, DESK = "/data/room", "/data/room/desk"
LABEL, PLAN, COUNT = f"{ROOM}/label", f"{ROOM}/plan", f"{ROOM}/desks"
TAG, PAPER = f"{DESK}/tag", f"{DESK}/paper"

COLUMNS = (
    "| survey |\n| | type | name | label::English (en) | label::Русский (ru) | required"
    " | relevant | calculation | bind::serai:weight | bind::serai:audience |\n"
)
ROWS = """| | begin_group | office | The office | Отдел | | | | | |
| | text | name | Name of the office | Название | yes | | | 2 | |
| | integer | staff | People | Сотрудники | | | | 1 | |
| | text | phone | Direct line | Прямой номер | | | | 1 | security |
| | end_group | | | | | | | | |
| | begin_repeat | room | Room | Зал | | | | | |
| | text | label | Its name | Имя зала | | | | | |
| | image | plan | Its plan | План зала | | | | | |
| | begin_repeat | desk | Desk | Стол | | | | | |
| | text | tag | Its tag | Метка | | | | | |
| | image | paper | Its paper | Паспорт стола | | | | | |
| | end_repeat | | | | | | | | |
| | calculate | desks | | | | | count(${desk}) | | |
| | end_repeat | | | | | | | | |
| | begin_group | line | The line | Линия | | | | | |
| | decimal | mbps | Its speed | Её скорость | yes | ${staff} > 3 | | 4 | |
| | end_group | | | | | | | | |
"""
SETTINGS = (
    "\n| settings |\n| | form_id | form_title | version | default_language | namespaces |\n"
    '| | offices | Offices | 1 | English (en) | serai="urn:serai:form:1" |\n'
)
MARKDOWN = COLUMNS + ROWS + SETTINGS

_ids = itertools.count(1)


@cache
def xform() -> str:
    """The questionnaire as pyxform writes it."""
    return read_xlsform(MARKDOWN.encode(), "offices.md").xform


def published(**survey: object) -> FormVersion:
    """A published version of the questionnaire."""
    return make.version(make.survey(**survey), xform=xform(), form_id="offices")


def begun(version: FormVersion | None = None, **invitation: object) -> tuple[Response, Viewer]:
    """Begin a response in an open wave of its own, without the room that the form begins with."""
    asked = make.invitation(make.wave(version or published()), **invitation)
    lead = viewer_of(asked.lead, make.NOON)
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON, language="en")
    for key in response.entries.filter(repeat_path=ROOM).values_list("key", flat=True):
        actions.remove_entry(response=response, key=key, by=lead, now=make.NOON)
    return response, lead


def give(response: Response, by: Viewer, ref: Ref, value: str, reason: str = "") -> Outcome:
    """Write one answer on what stands; return what became of it."""
    head = AnswerHead.objects.filter(response=response, path=ref.path, entry=ref.entry).first()
    base = head.answer_id if head else 0
    change = Change(f"given-{next(_ids)}", ref, base, value, reason)
    written = actions.write_answers(response=response, changes=[change], by=by, now=make.NOON)
    return written.outcomes[0]


def ready() -> tuple[Response, Viewer]:
    """Begin a response and answer all that is required."""
    response, lead = begun()
    for ref, text in ((NAME, "Agency"), (STAFF, "2"), (PHONE, "1")):
        give(response, lead, ref, text)
    return response, lead


def add(response: Response, by: Viewer, key: str, repeat: str = ROOM, parent: str = "") -> str:
    """Add an entry under a key of one's own."""
    return actions.add_entry(
        response=response, repeat_path=repeat, parent=parent, key=key, by=by, now=make.NOON
    )


def stands(response: Response) -> dict[Ref, str]:
    """Return what stands at each place that is answered."""
    rows = AnswerHead.objects.filter(response=response).select_related("answer")
    return {Ref(row.path, row.entry): row.answer.value for row in rows if row.answer.value}


def signed(response: Response, lead: Viewer) -> Response:
    """Hand in and sign."""
    actions.hand_in(response=response, by=lead, now=make.NOON)
    return actions.sign(response=response, name="A. Head", position="Head", by=lead, now=make.NOON)


def narrow() -> Response:
    """A cleared response whose number of staff is for named readers alone."""
    of = make.version(xform=make.XFORM.replace('serai:weight="2"', 'serai:audience="security"'))
    response, lead = begun(of)
    give(response, lead, STAFF, "7")
    newest = response.answers.order_by("-pk").first().pk
    Response.objects.filter(pk=response.pk).update(
        state="cleared", signed_through=newest, cleared_through=newest
    )
    return Response.objects.get(pk=response.pk)

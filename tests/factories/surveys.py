"""Plain factories of the room surveys."""

import hashlib
import itertools
from datetime import UTC, date, datetime

from tests.factories import members as people
from tests.factories.programme import STAFF

from serai.base.text import TranslatedText
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change
from serai.surveys.models import FormVersion, Invitation, Response, Survey, Wave
from serai.surveys.states import InvitationState, SurveyKind, SurveyState, VersionState, WaveState

__all__ = ["NOON", "STAFF", "cleared", "invitation", "survey", "version", "wave"]

NOON = datetime(2021, 3, 1, 12, tzinfo=UTC)
_numbers = itertools.count(1)

# Two sections and a repeat: text, number with a constraint, a choice that opens another question.
XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"
 xmlns:serai="urn:serai:form:1">
<h:head><h:title>Offices</h:title><model odk:xforms-version="1.0.0">
<itext>
 <translation lang="English (en)" default="true()">
  <text id="/data/office/name:label"><value>Name of the office</value></text>
  <text id="/data/office/staff:label"><value>People who run events</value></text>
  <text id="/data/office/staff:jr:constraintMsg"><value>Between 0 and 500.</value></text>
  <text id="/data/link/has:label"><value>Is there a leased line?</value></text>
  <text id="/data/link/mbps:label"><value>Its speed, in Mbit/s</value></text>
  <text id="/data/room:label"><value>Meeting room</value></text>
  <text id="/data/room/seats:label"><value>Seats</value></text>
  <text id="/data/office:label"><value>The office</value></text>
  <text id="/data/link:label"><value>The line</value></text>
 </translation>
 <translation lang="Русский (ru)">
  <text id="/data/office/name:label"><value>Название отдела</value></text>
  <text id="/data/office/staff:label"><value>Кто проводит мероприятия</value></text>
  <text id="/data/office/staff:jr:constraintMsg"><value>От 0 до 500.</value></text>
  <text id="/data/link/has:label"><value>Есть ли выделенная линия?</value></text>
  <text id="/data/link/mbps:label"><value>Её скорость, Мбит/с</value></text>
  <text id="/data/room:label"><value>Зал</value></text>
  <text id="/data/room/seats:label"><value>Места</value></text>
  <text id="/data/office:label"><value>Отдел</value></text>
  <text id="/data/link:label"><value>Линия</value></text>
 </translation>
</itext>
<instance><data id="offices" version="{version}">
 <office><name/><staff/></office>
 <link><has/><mbps/><is_fast/></link>
 <room jr:template=""><seats/></room>
 <seats_total/><meta><instanceID/></meta>
</data></instance>
<bind nodeset="/data/office/name" type="string" required="true()"/>
<bind nodeset="/data/office/staff" type="int" constraint=". &gt;= 0 and . &lt;= 500"
  jr:constraintMsg="jr:itext('/data/office/staff:jr:constraintMsg')" serai:weight="2"/>
<bind nodeset="/data/link/has" type="string" required="true()"/>
<bind nodeset="/data/link/mbps" type="decimal" relevant=" /data/link/has = 'yes'" required="true()"/>
<bind nodeset="/data/link/is_fast" type="string"
  calculate="if( /data/link/mbps &gt;= 10, 'yes', 'no')"/>
<bind nodeset="/data/room/seats" type="int"/>
<bind nodeset="/data/seats_total" type="int" calculate="sum( /data/room/seats )"/>
<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>
</model></h:head>
<h:body>
<group ref="/data/office"><label ref="jr:itext('/data/office:label')"/>
 <input ref="/data/office/name"><label ref="jr:itext('/data/office/name:label')"/></input>
 <input ref="/data/office/staff"><label ref="jr:itext('/data/office/staff:label')"/></input>
</group>
<group ref="/data/link"><label ref="jr:itext('/data/link:label')"/>
 <select1 ref="/data/link/has"><label ref="jr:itext('/data/link/has:label')"/>
  <item><label>Yes</label><value>yes</value></item><item><label>No</label><value>no</value></item>
 </select1>
 <input ref="/data/link/mbps"><label ref="jr:itext('/data/link/mbps:label')"/></input>
</group>
<group ref="/data/room"><label ref="jr:itext('/data/room:label')"/>
 <repeat nodeset="/data/room">
  <input ref="/data/room/seats"><label ref="jr:itext('/data/room/seats:label')"/></input>
 </repeat>
</group>
</h:body></h:html>"""


def survey(**fields) -> Survey:
    """An open questionnaire of the whole programme, signed and cleared."""
    defaults = {
        "code": f"survey-{next(_numbers)}",
        "kind": SurveyKind.QUESTIONNAIRE.value,
        "title": TranslatedText.of("Offices"),
        "languages": ["en", "ru"],
        "state": SurveyState.OPEN.value,
        "made_at": NOON,
    }
    return Survey.objects.create(**(defaults | fields))


def version(of: Survey | None = None, xform: str = "", **fields) -> FormVersion:
    """A published version of the small form."""
    of = of or survey()
    number = of.versions.count() + 1
    text = (xform or XFORM).replace("{version}", str(number))
    defaults = {
        "survey": of,
        "number": number,
        "form_id": of.code,
        "version": str(number),
        "xform": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "languages": ["en", "ru"],
        "default_language": "English (en)",
        "state": VersionState.PUBLISHED.value,
        "made_at": NOON,
        "published_at": NOON,
    }
    return FormVersion.objects.create(**(defaults | fields))


def wave(of: FormVersion | None = None, **fields) -> Wave:
    """An open wave, due at the end of March 2021."""
    of = of or version()
    defaults = {
        "survey": of.survey,
        "version": of,
        "title": TranslatedText.of("First round"),
        "opens_on": date(2021, 3, 1),
        "due_on": date(2021, 3, 31),
        "state": WaveState.OPEN.value,
        "made_at": NOON,
        "sample": of.survey.sample,
    }
    return Wave.objects.create(**(defaults | fields))


def invitation(of: Wave | None = None, **fields) -> Invitation:
    """A sent invitation of a Georgian agency, whose lead has a role there."""
    of = of or wave()
    place = fields.pop("organisation", None) or people.organisation()
    defaults = {
        "wave": of,
        "organisation": place,
        "country": place.member,
        "lead": fields.pop("lead", None) or people.person_with("lead", place),
        "state": InvitationState.SENT.value,
        "sent_at": NOON,
        "sample": of.sample,
    }
    return Invitation.objects.create(**(defaults | fields))


def cleared(of: Wave, answers: dict[str, str], **fields) -> Response:
    """A cleared response: answers by path, a reason as "!later"; fields as of an invitation."""
    asked = invitation(of, **fields)
    lead = viewer_of(asked.lead, NOON)
    found = actions.start_response(invitation=asked, by=lead, now=NOON)
    changes = [
        Change(f"c{n}", Ref(path), 0, "", reason=text[1:])
        if text.startswith("!")
        else Change(f"c{n}", Ref(path), 0, text)
        for n, (path, text) in enumerate(answers.items())
    ]
    actions.write_answers(response=found, changes=changes, by=lead, now=NOON)
    newest = found.answers.order_by("-pk").values_list("pk", flat=True)[0]
    Response.objects.filter(pk=found.pk).update(
        cleared_through=newest, signed_through=newest, state="cleared"
    )
    found.refresh_from_db()
    return found

"""What the surveys' load is made of: a form of 100 fields, devices that hand it in, people who type."""

import http.client
import json
import threading
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from benchmarks._house import PORT

GROUPS, PER_GROUP = 10, 10
# Each kind of field in turn, its rule and what a device writes in it.
KINDS = (
    ("string", 'required="true()"', "Words about an office"),
    ("int", 'constraint=". &gt;= 0 and . &lt; 1000"', "12"),
    ("decimal", "relevant=\"../{first} != ''\"", "1.5"),
    ("string", "", "More words about it"),
    ("date", "constraint=\". &lt; date('2030-01-01')\"", "2021-03-05"),
)
FORM_ID = "hundred"


def hundred_fields() -> str:
    """Write a form of 100 questions in ten sections, with rules on three of five."""
    binds, fields, body = [], [], []
    for group in range(GROUPS):
        names = [f"q{group * PER_GROUP + n}" for n in range(PER_GROUP)]
        path = f"/data/g{group}"
        fields.append(f"<g{group}>{''.join(f'<{name}/>' for name in names)}</g{group}>")
        for n, name in enumerate(names):
            kind, rules, _text = KINDS[n % len(KINDS)]
            rules = rules.format(first=names[0])
            binds.append(f'<bind nodeset="{path}/{name}" type="{kind}" {rules}/>')
        body.append(
            f'<group ref="{path}"><label>Part {group}</label>'
            + "".join(f'<input ref="{path}/{name}"><label>{name}</label></input>' for name in names)
            + "</group>"
        )
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
        ' xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Hundred</h:title><model>'
        f'<instance><data id="{FORM_ID}" version="1">{"".join(fields)}<meta><instanceID/></meta>'
        f"</data></instance>{''.join(binds)}"
        '<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>'
        f"</model></h:head><h:body>{''.join(body)}</h:body></h:html>"
    )


def instance() -> bytes:
    """Write what a device hands in: every field answered, a name of its own."""
    groups = "".join(
        f"<g{group}>"
        + "".join(
            f"<q{group * PER_GROUP + n}>{KINDS[n % len(KINDS)][2]}</q{group * PER_GROUP + n}>"
            for n in range(PER_GROUP)
        )
        + f"</g{group}>"
        for group in range(GROUPS)
    )
    meta = f"<meta><instanceID>uuid:{uuid4()}</instanceID></meta>"
    return f'<data id="{FORM_ID}" version="1">{groups}{meta}</data>'.encode()


def make_keys(count: int) -> list[str]:
    """Ask by a round of many responses; return a key for each device."""
    from secrets import token_urlsafe

    from django.utils import timezone
    from tests.factories import members as people
    from tests.factories import surveys as make

    from serai.members.queries import token_hash
    from serai.surveys.models import DeviceKey

    version = make.version(
        make.survey(kind="interview", has_signature=False, has_clearance=False),
        hundred_fields(),
        form_id=FORM_ID,
    )
    wave, now = make.wave(version), timezone.now()
    secrets = [token_urlsafe(24) for _ in range(count)]
    DeviceKey.objects.bulk_create(
        DeviceKey(wave=wave, person=people.person(), name="Tablet", key_hash=token_hash(secret),
                  made_at=now, expires_at=now + timedelta(days=1))
        for secret in secrets
    )  # fmt: skip
    return secrets


def make_leads(count: int) -> list[tuple[object, str]]:
    """Ask agencies by the preset's readiness questionnaire; return each lead and their response."""
    from django.utils import timezone
    from tests.factories import questionnaires
    from tests.factories import surveys as make

    from serai.members.queries import viewer_of
    from serai.surveys import actions

    version = make.version(xform=questionnaires.read("readiness_office").xform, form_id="bench")
    wave, now = make.wave(version), timezone.now()
    found = []
    for _ in range(count):
        asked = make.invitation(wave)
        by = viewer_of(asked.lead, now)
        response = actions.start_response(invitation=asked, by=by, now=now)
        found.append((asked.lead, response.public_id))
    return found


@dataclass
class Sender(threading.Thread, ABC):
    """Sends one thing after another on a kept connection until told to stop."""

    until: float = 0.0
    done: int = 0
    failed: int = 0
    times: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        threading.Thread.__init__(self, daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        door = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        while time.perf_counter() < self.until:
            address, body, headers = self.next()
            began = time.perf_counter()
            try:
                door.request("POST", address, body, headers)
                answer = door.getresponse()
                is_good = self.took(answer.status, answer.read())
            except OSError:
                door.close()
                is_good = False
            self.done += is_good
            self.failed += not is_good
            self.times.append(time.perf_counter() - began)

    @abstractmethod
    def next(self) -> tuple[str, bytes, dict[str, str]]:
        """Return the next address, body and headers."""

    @abstractmethod
    def took(self, status: int, body: bytes) -> bool:
        """Tell whether it was taken."""


class Device(Sender):
    """A device that hands in one instance after another."""

    def __init__(self, key: str, until: float) -> None:
        super().__init__(until)
        self.key = key

    def next(self) -> tuple[str, bytes, dict[str, str]]:
        body = (
            b'--b\r\nContent-Disposition: form-data; name="xml_submission_file"; '
            b'filename="submission.xml"\r\nContent-Type: text/xml\r\n\r\n'
            + instance()
            + b"\r\n--b--\r\n"
        )
        headers = {
            "Content-Type": "multipart/form-data; boundary=b",
            "X-OpenRosa-Version": "1.0",
        }
        return f"/collect/{self.key}/submission", body, headers

    def took(self, status: int, body: bytes) -> bool:
        return status == 201 and b"submit_success" in body


class Typist(Sender):
    """A lead whose page saves what they type, one answer at a time."""

    REF = "/data/about_office/city"

    def __init__(self, number: str, cookie: str, until: float) -> None:
        super().__init__(until)
        self.number, self.base = number, 0
        token = "b" * 32
        self.headers = {
            "Cookie": f"{cookie}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/json",
        }

    def next(self) -> tuple[str, bytes, dict[str, str]]:
        change = {"client_id": uuid4().hex, "ref": self.REF, "base": str(self.base),
                  "value": f"City {uuid4().hex[:6]}"}  # fmt: skip
        address = f"/en/surveys/responses/{self.number}/autosave/?section=about_office"
        return address, json.dumps([change]).encode(), self.headers

    def took(self, status: int, body: bytes) -> bool:
        if status != 200:
            return False
        told = json.loads(body)["answers"][0]
        self.base = told.get("base", self.base)
        return bool(told["status"] == "saved")

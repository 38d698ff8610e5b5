"""A small site for one section: its page, the script, and a server that answers autosaves.

It keeps to docs/methods/xforms-browser.md and counts what arrives, so that tests can say "once".
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from time import sleep
from typing import Any

from tests.calc.xforms.forms import xform
from tests.calc.xforms.xpath_vectors import env
from tests.surveys.browser.conftest import SCRIPT

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.flow import Ref
from serai.calc.xforms.state import FormState, open_form
from serai.calc.xforms.wire import wire
from serai.calc.xforms.wire_state import server_results, wire_state

FORM = compile_form(
    xform(
        "<s><has_link/><speed/><double/><country/><city/><n/><r jr:template=''><name/></r><note/>"
        "<digest/></s>",
        '<instance id="cities"><list><item><name>almaty</name><country>kz</country></item>'
        "<item><name>tashkent</name><country>uz</country></item></list></instance>"
        '<bind nodeset="/data/s/speed" type="decimal" relevant="../has_link = \'yes\'" required="true()" '
        'constraint=". &lt; 1000"/>'
        '<bind nodeset="/data/s/double" calculate="/data/s/speed * 2" relevant="../speed != \'\'"/>'
        '<bind nodeset="/data/s/n" type="int"/>'
        '<bind nodeset="/data/s/r/name" required="position(..) = 1"/>'
        '<bind nodeset="/data/s/note" readonly="../has_link = \'no\'"/>'
        '<bind nodeset="/data/s/digest" calculate="digest(../note, \'MD5\', \'hex\')"/>',
        '<group ref="/data/s"><select1 ref="/data/s/has_link"><item><value>yes</value></item>'
        '<item><value>no</value></item></select1><input ref="/data/s/speed"/>'
        '<select1 ref="/data/s/country"><item><value>kz</value></item><item><value>uz</value></item></select1>'
        '<select1 ref="/data/s/city"><itemset nodeset="instance(\'cities\')/list/item[country = /data/s/country]">'
        '<value ref="name"/><label ref="name"/></itemset></select1><input ref="/data/s/n"/>'
        '<group><repeat nodeset="/data/s/r" jr:count="/data/s/n"><input ref="/data/s/r/name"/></repeat></group>'
        '<input ref="/data/s/note"/></group>',
    )
)  # fmt: skip
FIELDS = ("has_link", "speed", "country", "city", "n", "note")
CHOICES = {"has_link": ["yes", "no"], "country": ["kz", "uz"], "city": ["almaty", "tashkent"]}


@dataclass
class Site:
    """What the server knows, and how it behaves at the moment.

    Attributes:
        state: the response.
        bases: number of the newest answer by ref.
        known: what was answered to each client_id.
        arrived: every change that was written, as (ref, value).
        posts: how many autosaves came.
        mode: "" as it should, "signed out", "broken", "mute" (writes, then cuts the line), "locked".
    """

    person: str = "7:12"
    is_own: bool = True
    state: FormState = field(default_factory=lambda: open_form(FORM, {}, None, env(), first=True))
    bases: dict[str, int] = field(default_factory=dict)
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    arrived: list[tuple[str, str]] = field(default_factory=list)
    posts: int = 0
    mode: str = ""

    def __post_init__(self) -> None:
        self.let_go, self.held = Event(), ""
        self.let_go.set()
        self.logic = wire(FORM, "/data/s")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @contextmanager
    def written_but_held(self) -> Iterator[None]:
        """Write a page as it is asked for, and hand it over at the end of the block."""
        self.let_go.clear()
        yield
        self.let_go.set()

    def asked_page(self) -> str:
        self.held = self.page()
        self.let_go.wait()
        return self.held

    def has_saved(self, value: str) -> None:
        """Wait until an answer has come, and half a second for the page to hear so."""
        for _turn in range(100):
            if value in [said for _ref, said in self.arrived]:
                break
            sleep(0.1)
        sleep(0.5)

    def rewrite(self) -> None:
        """What is held, as the section stands by now."""
        self.held = self.page()

    # ------------------------------------------------------------------ answers

    def write(self, ref: str, value: str) -> None:
        """Take over an answer, from this page or from anybody."""
        path, _, key = ref.partition("@")
        self.state.set(Ref(path, key), value)
        self.bases[ref] = self.bases.get(ref, 0) + 1

    def value(self, ref: str) -> str:
        path, _, key = ref.partition("@")
        return self.state.cell(Ref(path, key)).text

    def autosave(self, changes: list[dict[str, Any]]) -> dict[str, Any]:
        answers = [self.take(change) for change in changes]
        return {"answers": answers, "results": server_results(self.state, self.logic)}

    def take(self, change: dict[str, Any]) -> dict[str, Any]:
        name, ref, value = change["client_id"], change["ref"], change["value"]
        if name not in self.known:
            found = self.judged(ref, value, change.get("base", ""))
            if found["status"] == "conflict":
                return {"client_id": name, **found}
            self.known[name] = found
        return {"client_id": name, **self.known[name]}

    def judged(self, ref: str, value: str, base: str) -> dict[str, Any]:
        newest = str(self.bases.get(ref, 0))
        if self.mode == "locked":
            return {"status": "locked", "why": "The form is signed."}
        if value == self.value(ref):
            return {"status": "same", "base": newest}
        if base != newest:
            theirs = self.value(ref)
            told = {"value": theirs, "base": newest, "who": "Aigul", "when": "today"}
            return {"status": "conflict", "base": newest, "theirs": told}
        if ref == "/data/s/n" and not value.isdigit():
            return {"status": "refused", "why": "“about 20” is not a number."}
        self.write(ref, value)
        self.arrived.append((ref, value))
        return {"status": "saved", "base": str(self.bases[ref])}

    # ------------------------------------------------------------------ the page

    def page(self) -> str:
        """Write the section as the room's templates do, as plain HTML."""
        logic = {"logic": self.logic.json, "state": wire_state(self.state, self.logic)}
        written = json.dumps(logic).replace("<", "\\u003c")
        own = " data-own" if self.is_own else ""
        entries = "".join(
            self.block(f"/data/s/r@{key}", self.block(f"/data/s/r/name@{key}", "name"))
            for key in self.state.entries("/data/s/r")
        )
        fields = "".join(self.block(f"/data/s/{one}", one) for one in FIELDS)
        value = escape(self.value("/data/s/double"))
        digest = escape(self.value("/data/s/digest"))
        return f"""<!doctype html><html lang="en"><title>Section</title>
<form method="post" data-logic="logic" data-autosave="/autosave" data-queue="{self.person}"{own}
 data-decimal="," data-unsent="Not sent: {{n}}" data-sent="All is saved." data-signed-out="Sign in again."
 data-opened="Questions opened: {{n}}">
<input type="hidden" name="csrfmiddlewaretoken" value="token">
<p role="status" data-status></p><p role="status" data-announce></p>
{fields}<div data-ref="/data/s/double" hidden><output data-value>{value}</output></div>
<div data-ref="/data/s/digest"><output data-value>{digest}</output></div>
{entries}<p data-more="/data/s/r" hidden>Save to see the new entries.</p>
<template data-conflict><div class="conflict"><q data-slot="mine"></q> <q data-slot="value"></q>
<span data-slot="who"></span> <span data-slot="when"></span>
<button type="button" data-decide="mine">Keep mine</button>
<button type="button" data-decide="theirs">Take theirs</button></div></template>
<button>Save</button></form>
<script type="application/json" id="logic">{written}</script>
<script type="module" src="/form.js"></script></html>"""

    def block(self, ref: str, inside: str) -> str:
        path, _, key = ref.partition("@")
        cell = self.state.cell(Ref(path, key))
        if not inside.startswith("<"):
            inside = self.question(inside, cell.text, f"{inside}-{key}")
            newest = self.bases.get(ref, 0)
            inside += f'<input type="hidden" data-base value="{newest}">'
        hidden = "" if cell.relevant else " hidden"
        return f'<div data-ref="{ref}" data-broken="Below 1,000, please."{hidden}>{inside}</div>'

    def question(self, name: str, text: str, id_: str) -> str:
        said = f'data-answer aria-describedby="{id_}-issue"'
        if name in CHOICES:
            inside = "".join(
                f'<label data-choice="{one}"><input type="radio" name="{id_}" value="{one}" {said}'
                f"{' checked' if one == text else ''}>{one}</label>"
                for one in CHOICES[name]
            )
        else:
            inside = f'<label>{name}<input id="{id_}" value="{escape(text)}" {said}></label>'
        return f'{inside}<b data-required hidden>*</b><p id="{id_}-issue" data-issue></p>'


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/form.js":
                self.answer(200, SCRIPT.read_bytes(), "text/javascript")
            else:
                self.answer(200, site.asked_page().encode(), "text/html; charset=utf-8")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            site.posts += 1
            if site.mode == "signed out":
                self.send_response(302)
                self.send_header("Location", "/sign-in")
                self.end_headers()
            elif site.mode == "broken" or self.headers["X-CSRFToken"] != "token":
                self.answer(500, b"", "text/plain")
            else:
                found = json.dumps(site.autosave(json.loads(body))).encode()
                if site.mode != "mute":
                    self.answer(200, found, "application/json")

        def answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing: a test's output is its own."""

    return Handler

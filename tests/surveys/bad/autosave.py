"""What the page's script may send badly while somebody types, and how each change ends."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.surveys.bad import world as place

Change = dict[str, object]


@dataclass(frozen=True)
class Batch:
    """One bad batch of changes.

    Attributes:
        body: what comes: changes, or a body as it is.
        told: of each change its status, and why; the page's script keeps what is not saved.
        status: of the answer; `told` counts where it is 200.
        who: lead, helper (edits the office), adviser (suggests there), other (next door's lead),
            officer, nobody.
        stored, beside: answers that change; texts put beside.
        marked: issues at the answers afterwards.
    """

    name: str
    body: list[Change] | str
    told: tuple[tuple[str, str], ...] = ()
    status: int = 200
    who: str = "lead"
    section: str = "office"
    stored: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    marked: tuple[str, ...] = ()
    before: Callable[[place.World], None] | None = None
    is_theirs: bool = False


def change(
    ref: str, value: str = "", base: object = "0", client_id: str = "c1", **more: object
) -> Change:
    return {"client_id": client_id, "ref": ref, "base": base, "value": value, **more}


def one(name: str, ref: str, value: str, status: str, why: str = "", **more: object) -> Batch:
    """One change to one question."""
    base = more.pop("base", "0")
    reason = {"reason": more.pop("reason")} if "reason" in more else {}
    return Batch(name, [change(ref, value, base, **reason)], ((status, why),), **more)  # type: ignore[arg-type]


def broken(
    name: str, place_: str, value: str, *marked: str, kept: dict[str, str] | None = None
) -> Batch:
    """A text that breaks a rule: saved as typed, with its issue beside."""
    return Batch(name, [change(f"/data/office/{place_}", value)], (("saved", ""),),
                 stored=kept or {place_: value}, marked=marked)  # fmt: skip


GONE = "This question, or its entry, is not in the form any more."
NOT_YOURS = "This question is not in your hands."
CALCULATED = "This answer is calculated; it cannot be written."
LOCKED = "The answers are locked. You can leave a remark beside this one."
CHANGED = "Somebody changed this answer meanwhile."
NO_NAME = "The change has no name of its own. Load the page again."
TOO_LONG = "The answer is longer than 20000 letters. Shorten it."
NO_SIGN = "The answer holds a sign that cannot be stored. Write it anew."
NO_REASON = "This reason is not offered here. Choose another."
BOTH = "Give either an answer or a reason, not both."
BESIDE = "It stands beside the answer; the lead decides."
NAME, CODE, STAFF, NOTE = (
    "/data/office/name",
    "/data/office/code",
    "/data/office/staff",
    "/data/plan/note",
)


def no_batch(name: str, body: str) -> Batch:
    return Batch(name, body, status=400)


BODIES = [
    no_batch("nothing", ""),
    no_batch("half of JSON", "[{"),
    no_batch("an object", "{}"),
    no_batch("a text", '"name"'),
    no_batch("nil", "null"),
    no_batch("numbers for changes", "[1]"),
    no_batch("lists for changes", "[[]]"),
    no_batch("a number for a name", json.dumps([change(NAME, client_id=1)])),  # type: ignore[arg-type]
    no_batch("a list for a value", json.dumps([{**change(NAME), "value": ["x"]}])),
    no_batch("an object for a place", json.dumps([{**change(NAME), "ref": {}}])),
    no_batch("a null sign in a name", json.dumps([change(NAME, client_id="a\x00")])),
    no_batch("half of a pair in a name", json.dumps([change(NAME, client_id="\ud800")])),
    no_batch("a base below none", json.dumps([change(NAME, base="-1")])),
    no_batch("a base in words", json.dumps([change(NAME, base="latest")])),
    no_batch("a base with a fraction", json.dumps([change(NAME, base=1.5)])),
    no_batch("a base of 19 figures", json.dumps([change(NAME, base="9" * 19)])),
    no_batch("501 changes", json.dumps([change(NAME, client_id=str(n)) for n in range(501)])),
    no_batch("400,000 letters and more", json.dumps([change(NAME, "n" * 400_001)])),
    no_batch("brackets 100,000 deep", "[" * 100_000),
    no_batch("a form instead of JSON", "name=Agency&base=0"),
    no_batch("bytes that are no text", "\udcff"),
]  # fmt: skip

PLACES = [
    one("a question that never was", "/data/office/strange", "x", "refused", GONE),
    one("no place", "", "x", "refused", GONE),
    one("a place that is no path", "office/name", "x", "refused", GONE),
    one("a path with steps back", "/data/plan/../office/name", "x", "refused", GONE),
    one("the group itself", "/data/office", "x", "refused", CALCULATED),
    one("the form itself", "/data", "x", "refused", CALCULATED),
    one("the instance's own name", "/data/meta/instanceID", "uuid:forged", "refused", CALCULATED),
    one("a calculated answer", "/data/office/double", "99", "refused", CALCULATED),
    one("a read-only answer", "/data/office/fixed", "forged", "refused", CALCULATED),
    one("an entry that never was", "/data/room/seats@none", "5", "refused", GONE, section="room"),
    one("an entry that was taken out", "/data/room/seats@room2", "5", "refused", GONE, section="room"),
    one("an entry's question without its entry", "/data/room/seats", "5", "refused", GONE),
    one("an entry where there are none", f"{NAME}@room1", "Other", "refused", GONE),
    one("two entries in one name", "/data/room/seats@room1@room1", "5", "refused", GONE),
    one("a page that never was", NOTE, "Text", "saved", section="nowhere", stored={"plan/note": "Text"}),
    one("a path for a page", NOTE, "Text", "saved", section="../../plan", stored={"plan/note": "Text"}),
    one("another page than the question's", NOTE, "Text", "saved", section="office", stored={"plan/note": "Text"}),
    one("a page of entries without its entry", NOTE, "Text", "saved", section="room", stored={"plan/note": "Text"}),
    one("a question the form lost", NOTE, "Text", "refused", GONE, before=place.renewed),
    Batch("a good change between two bad ones",
          [change("/data/x", "1", client_id="c1"), change(NOTE, "Text", client_id="c2"), change("/data/office/double", "1", client_id="c3")],
          (("refused", GONE), ("saved", ""), ("refused", CALCULATED)), stored={"plan/note": "Text"}),
]  # fmt: skip

TEXTS = [
    one("a null sign", NOTE, "a\x00b", "refused", NO_SIGN),
    one("20,001 letters", NOTE, "n" * 20_001, "refused", TOO_LONG),
    one("half of a pair of letters", NOTE, "a\ud800b", "refused", NO_SIGN),
    broken("words in a number", "staff", "about 20", "constraint staff", "type staff"),
    broken("more than the most", "staff", "501", "constraint staff", kept={"staff": "501", "double": "1002"}),
    broken("a share above one", "share", "2", "constraint share"),
    broken("a day that is none", "day", "2021-02-30", "constraint day", "type day"),
    broken("a day too late", "day", "2022-01-01", "constraint day"),
    broken("a moment without time", "moment", "2021-03-01", "type moment"),
    broken("a time past midnight", "clock", "25:00", "type clock"),
    broken("a place by name", "spot", "Tbilisi", "type spot"),
    broken("a way of one point", "way", "41 44", "type way"),
    broken("a field that does not close", "field", "1 1; 2 2; 3 3; 4 4", "type field"),
    broken("a choice that is not offered", "tools", "a z", "choice tools"),
    broken("a number which could be two", "share", "1,234", "constraint share", "type share"),
    Batch("a decimal comma", [change("/data/office/share", "0,5")], (("saved", ""),), stored={"share": "0.5"}),
    Batch("a choice opened and its question left empty",
          [change("/data/office/link", "a", "{base}")], (("saved", ""),), stored={"link": "a"}),
    Batch("one name for two changes", [change(NOTE, "One"), change(STAFF, "5")],
          (("saved", ""), ("refused", NO_NAME)), stored={"plan/note": "One"}),
    Batch("the same question twice", [change(NOTE, "One"), change(NOTE, "Two", client_id="c2")],
          (("saved", ""), ("saved", "")), stored={"plan/note": "Two"}),
    one("a reason nobody offers", STAFF, "", "refused", NO_REASON, reason="bored"),
    one("an answer and a reason", STAFF, "5", "refused", BOTH, reason="not_known"),
    Batch("a change without a name", [change(STAFF, "5", client_id="")], (("refused", NO_NAME),)),
    Batch("a name of 41 letters", [change(STAFF, "5", client_id="c" * 41)], (("refused", NO_NAME),)),
]  # fmt: skip

BASES = [
    one("a stale base", NAME, "Mine", "conflict", CHANGED),
    one("a base ahead of time", NAME, "Mine", "conflict", CHANGED, base="999999999"),
    one("the base of another question", NAME, "Mine", "conflict", CHANGED, base="{other}"),
    one("a base where nothing stands", NOTE, "Mine", "conflict", CHANGED, base="999999999"),
    one("a stale base and the text that stands", NAME, "Agency", "same"),
    one("a stale base and nothing typed", NAME, "", "same"),
]  # fmt: skip

MOMENTS = [
    one("a signed response", NOTE, "Late", "locked", LOCKED, before=place.signed),
    one("a closed round", NOTE, "Late", "saved", before=place.closed, stored={"plan/note": "Late"}),
    one("a response that was taken back", NOTE, "Late", "locked", LOCKED, before=place.withdrawn),
    one("another answer than asked for again", NOTE, "More", "locked", LOCKED, before=place.asked_back),
    one("the answer asked for again, on a stale base", CODE, "DEF", "conflict", CHANGED, before=place.asked_back),
]  # fmt: skip

PEOPLE = [
    Batch("nobody who signed in", [change(NOTE, "Mine")], status=302, who="nobody"),
    Batch("the lead next door", [change(NOTE, "Mine")], status=404, who="other"),
    Batch("an officer", [change(NOTE, "Mine")], status=404, who="officer"),
    Batch("the lead at the response next door", [change(NOTE, "Mine")], status=404, is_theirs=True),
    one("a helper outside the part given", NOTE, "Mine", "refused", NOT_YOURS, who="helper"),
    one("a helper in another part's name", NOTE, "Mine", "refused", NOT_YOURS, who="helper", section="office"),
    one("a helper in an entry", "/data/room/seats@room1", "9", "refused", NOT_YOURS, who="helper"),
    one("an adviser in the part to advise on", STAFF, "9", "suggested", BESIDE, who="adviser", beside={"staff": "9"}),
    one("an adviser outside it", NOTE, "Mine", "refused", NOT_YOURS, who="adviser"),
    one("an adviser on a signed response", STAFF, "9", "locked", LOCKED, who="adviser", before=place.signed),
]  # fmt: skip

ROWS = [*BODIES, *PLACES, *TEXTS, *BASES, *MOMENTS, *PEOPLE]

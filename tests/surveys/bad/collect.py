"""What ODK Collect may hand in badly, and how each ends."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.surveys.bad import world as place
from tests.surveys.bad.form import FORM_ID, instance


@dataclass(frozen=True)
class Sent:
    """One bad submission.

    Attributes:
        xml: the data that comes.
        status, says: what the device is told.
        state: applied, flagged; "" where nothing may be kept.
        issues: what is noted, by kind and place.
        stored, beside: answers that change; texts put beside answers that stay.
        before: what happened first.
        key: shown in place of the device's own.
        entries: how many entries come.
        files: sent with it.
        send: sends something else to the device's address.
    """

    name: str
    xml: bytes
    status: int = 201
    says: str = "Received. Thank you."
    state: str = ""
    issues: tuple[str, ...] = ()
    stored: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    before: Callable[[place.World], None] | None = None
    key: str = ""
    entries: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    send: Callable[[str], HttpResponse] | None = None


def raw(body: str) -> bytes:
    """An instance whose inside is as given, named as ours."""
    meta = "<meta><instanceID>uuid:new</instanceID></meta>"
    return f'<data id="{FORM_ID}" version="1">{body}{meta}</data>'.encode()


def nested(depth: int) -> str:
    return "<x>" * depth + "</x>" * depth


def wrong(name: str, *issues: str, stored: dict[str, str] | None = None, **fields: str) -> Sent:
    """A text that breaks a rule in an empty place: kept as it came, unless `stored`, and flagged."""
    return Sent(name, instance(**fields), state="flagged", issues=issues, stored=stored or fields)


def refused(name: str, xml: bytes, status: int, says: str, **more: object) -> Sent:
    """What is not kept at all; the device keeps it and is told why."""
    return Sent(name, xml, status, says, **more)  # type: ignore[arg-type]


def unreadable(name: str, xml: bytes, why: str) -> Sent:
    return refused(name, xml, 400, f"The data is not readable XML: {why}")


NO_FORM = "There is no such form here."
NO_VERSION = "There is no such form here, or not this version."
NO_NAME = "The data has no instanceID of its own."
OTHER = "Other data was received under this instanceID before."
BAD_KEY = "This key is not good. Ask for a new one."
TOKEN = "not well-formed (invalid token)."
SUBSET = "The DOCTYPE has an internal subset, which we do not take."
DEEP = "Elements stand more than 100 deep."
UTF16 = '<?xml version="1.0" encoding="UTF-16"?>'

TYPES = [
    wrong("words in a whole number", "type staff", "constraint staff", staff="many"),
    wrong("a fraction in a whole number", "type staff", stored={"staff": "12.5", "double": "25"}, staff="12.5"),
    wrong("a comma in a whole number", "type staff", "constraint staff", stored={"staff": "1.5", "double": "3"}, staff="1,5"),
    wrong("an exponent in a whole number", "type staff", stored={"staff": "1e2", "double": "200"}, staff="1e2"),
    wrong("digits of another script", "type staff", "constraint staff", staff="١٢"),
    wrong("not a number", "type staff", "constraint staff", staff="NaN"),
    wrong("a hexadecimal number", "type staff", "constraint staff", staff="0x10"),
    wrong("a number with its unit", "type staff", "constraint staff", staff="12 people"),
    wrong("two numbers", "type staff", "constraint staff", stored={"staff": "12", "double": "24"}, staff="1 2"),
    wrong("a formula in a number", "type staff", "constraint staff", staff="=1+1"),
    wrong("words in a decimal", "type share", "constraint share", share="half"),
    wrong("a decimal comma", "type share", "constraint share", stored={"share": "0.5"}, share="0,5"),
    wrong("a share in percent", "type share", "constraint share", share="50 %"),
    wrong("two points in a decimal", "type share", "constraint share", share="0.5.1"),
    wrong("an endless decimal", "type share", "constraint share", share="Infinity"),
    wrong("a sign without number", "type share", "constraint share", share="-"),
    wrong("words for a day", "type day", "constraint day", day="tomorrow"),
    wrong("a day in another order", "type day", "constraint day", day="31.12.2020"),
    wrong("the thirtieth of February", "type day", "constraint day", day="2021-02-30"),
    wrong("a thirteenth month", "type day", "constraint day", day="2021-13-01"),
    wrong("a day with its time", "type day", day="2021-03-01T10:00:00Z"),
    wrong("no leap year", "type day", "constraint day", day="2021-02-29"),
    wrong("a day without its month", "type day", day="2021"),
    wrong("a moment without its time", "type moment", moment="2021-03-01"),
    wrong("a moment at 25 o'clock", "type moment", moment="2021-03-01T25:00:00"),
    wrong("a moment far off any zone", "type moment", moment="2021-03-01T10:00:00+15:30"),
    wrong("words for a moment", "type moment", moment="noon"),
    wrong("a time of 24 hours and more", "type clock", clock="24:30"),
    wrong("a time of 60 minutes", "type clock", clock="10:60"),
    wrong("a time in words", "type clock", clock="half past ten"),
    wrong("a place by its name", "type spot", spot="Tbilisi"),
    wrong("a place with a half", "type spot", spot="41.7"),
    wrong("a place beyond the pole", "type spot", spot="91 44 0 0"),
    wrong("a place beyond the date line", "type spot", spot="41 181 0 0"),
    wrong("two places for one", "type spot", spot="41 44 0 0; 42 45 0 0"),
    wrong("a way of one point", "type way", way="41 44 0 0"),
    wrong("a field that does not close", "type field", field="41 44 0 0; 41 45 0 0; 42 45 0 0; 43 46 0 0"),
    wrong("a field of two points", "type field", field="41 44 0 0; 41 44 0 0"),
]  # fmt: skip

RULES = [
    wrong("fewer than none", "constraint staff", stored={"staff": "-1", "double": "-2"}, staff="-1"),
    wrong("more than the most", "constraint staff", stored={"staff": "501", "double": "1002"}, staff="501"),
    wrong("far more than fits", "constraint staff", "type double", stored={"staff": "9" * 400, "double": "Infinity"}, staff="9" * 400),
    wrong("a share above one", "constraint share", share="1.01"),
    wrong("a share just below none", "constraint share", share="-0.0001"),
    wrong("a day too late", "constraint day", day="2022-01-01"),
    Sent("a code that breaks its pattern beside one that stands", instance(code="abcd"), state="flagged",
         issues=("constraint code",), beside={"code": "abcd"}),
    Sent("a code with a line break beside one that stands", instance(code="ABC\nDEF"), state="flagged",
         issues=("constraint code",), beside={"code": "ABC\nDEF"}),
    wrong("a choice that is not offered", "choice tools", tools="d"),
    wrong("one good choice and one that is not offered", "choice tools", tools="a d"),
    wrong("choices joined by commas", "choice tools", tools="a,b"),
    wrong("a choice by its label", "choice tools", tools="First"),
    wrong("a choice in capitals", "choice tools", tools="A"),
    wrong("a ranking of what is not offered", "choice order", stored={"order": "c b a"}, order="c b d"),
    Sent("two choices where one holds", instance(link="a b"), state="flagged",
         issues=("choice link",), beside={"link": "a b"}),
    Sent("a single choice that is not offered", instance(link="z"), state="flagged",
         issues=("choice link",), beside={"link": "z"}),
    Sent("a required answer left out", instance(name=""), state="flagged", issues=("required name",)),
    Sent("a required choice left out", instance(link=""), state="flagged", issues=("required link",)),
    Sent("a required answer of blanks", instance(name="   "), state="applied", beside={"name": "   "}),
    Sent("a required answer that its choice opens, left out", instance(link="a"), state="flagged",
         issues=("required mbps",), beside={"link": "a"}),
    Sent("three faults at once", instance(name="", staff="501", day="never"), state="flagged",
         issues=("required name", "constraint staff", "type day", "constraint day"),
         stored={"staff": "501", "double": "1002", "day": "never"}),
    Sent("seats past the most in a new entry", instance(rooms=("20", "1000")), state="flagged",
         issues=("constraint room/seats@2",), stored={"room/seats@{new}": "1000"}, entries=1),
    Sent("seats in words in the entry that stands", instance(rooms=("none",)), state="flagged",
         issues=("type room/seats@1", "constraint room/seats@1"), beside={"room/seats@{room}": "none"}),
    Sent("an answer that its condition closed", instance(mbps="9"), state="applied", stored={"mbps": "9"}),
    Sent("a calculated answer of its own", instance(double="99"), state="applied"),
    Sent("a read-only answer", instance(fixed="forged"), state="flagged", issues=("refused fixed",)),
]  # fmt: skip

STRANGERS = [
    Sent("an element the form does not know", instance(extra="<strange>x</strange>"), state="flagged",
         issues=("unknown strange",)),
    Sent("an unknown element without text", instance(extra="<strange/>"), state="flagged",
         issues=("unknown strange",)),
    Sent("an unknown group with two texts", instance(extra="<odd><a>1</a><b>2</b></odd>"), state="flagged",
         issues=("unknown odd/a", "unknown odd/b")),
    Sent("the same unknown element twice", instance(extra="<odd>1</odd><odd>2</odd>"), state="flagged",
         issues=("unknown odd",)),
    Sent("elements inside an answer", raw("<office><name>Agency<b>bold</b></name><link>b</link></office>"),
         state="flagged", issues=("unknown name/b",), beside={"name": "Agencybold"}),
    Sent("another namespace", raw('<office xmlns="urn:other"><name>Mine</name></office>'),
         state="flagged", issues=("required link",), beside={"name": "Mine"}),
    Sent("a path out of the form", instance(extra="<__proto__>x</__proto__>"), state="flagged",
         issues=("unknown __proto__",)),
    Sent("the whole office twice", raw("<office><name>Agency</name><link>b</link></office><office><name>Two</name></office>"),
         state="flagged", issues=("unknown name",)),
    Sent("nothing in it but its name", raw(""), state="flagged", issues=("required name", "required link")),
    Sent("an entry of a repeat that the form counts itself",
         instance(extra="<pair><side>l</side></pair>" * 3), state="flagged",
         issues=("entry pair/side@3",), stored={"pair/side@1": "l", "pair/side@2": "l"}),
    Sent("a script as a text", instance(note="<script>alert(1)</script>"), state="applied",
         stored={"plan/note": "<script>alert(1)</script>"}),
    Sent("signs of the other direction", instance(note="\u202eabc"), state="applied",
         stored={"plan/note": "\u202eabc"}),
    Sent("half of a pair of letters", instance(note="\U0001f600"), state="applied",
         stored={"plan/note": "\U0001f600"}),
    Sent("an answer longer than any", instance(note="n" * 20_001), state="flagged", issues=("refused plan/note",)),
    Sent("a file that never came", instance(photo="room.jpg"), state="applied", stored={"photo": "room.jpg"}),
    Sent("a file from outside its folder", instance(photo="../../etc/passwd"), state="applied",
         stored={"photo": "../../etc/passwd"}),
]  # fmt: skip

XML = [
    unreadable("nothing at all", b"", "no element found."),
    unreadable("blanks alone", b"   ", "no element found."),
    unreadable("no XML", b"not xml", "syntax error."),
    unreadable("JSON", b'{"name": "Agency"}', TOKEN),
    unreadable("cut off in the middle", instance()[:-30], "no element found."),
    unreadable("a name cut off", b"<data", "unclosed token."),
    unreadable("elements that cross", raw("<office><name></office></name>"), "mismatched tag."),
    unreadable("two roots", instance() + instance(), "junk after document element."),
    unreadable("words after its end", instance() + b"more", "junk after document element."),
    unreadable("a bare ampersand", raw("<plan><note>R&D</note></plan>"), TOKEN),
    unreadable("a bare angle", raw("<plan><note>1 < 2</note></plan>"), TOKEN),
    unreadable("the same attribute twice", b'<data id="offices" id="offices"/>', "duplicate attribute."),
    unreadable("an attribute without quotes", b"<data id=offices/>", TOKEN),
    unreadable("an unknown prefix", raw("<q:x>1</q:x>"), "unbound prefix."),
    unreadable("a null byte", instance(note="a\x00b"), TOKEN),
    unreadable("a control sign", instance(note="a\x08b"), TOKEN),
    unreadable("a null by its number", raw("<plan><note>&#0;</note></plan>"), "reference to invalid character number."),
    unreadable("half a pair by its number", raw("<plan><note>&#xD800;</note></plan>"), "reference to invalid character number."),
    unreadable("bytes that are no UTF-8", instance().replace(b"Agency", b"\xc0\xaf"), TOKEN),
    unreadable("Latin letters called UTF-8", instance().replace(b"Agency", b"Agence fran\xe7aise"), TOKEN),
    unreadable("an encoding that is not", b'<?xml version="1.0" encoding="klingon"?>' + instance(), "The encoding it names cannot be read."),
    unreadable("an encoding of many bytes", b'<?xml version="1.0" encoding="utf-32"?>' + instance(), "The encoding it names cannot be read."),
    unreadable("UTF-16 that is none", UTF16.encode() + instance(), "encoding specified in XML declaration is incorrect."),
    unreadable("a mark of UTF-16 and no more", b"\xff\xfe\x00", "unclosed token."),
    unreadable("a compressed file", b"\x1f\x8b\x08\x00" + b"\x00" * 40, TOKEN),
    unreadable("an entity of its own", b'<!DOCTYPE d [<!ENTITY e "x">]>' + raw("<plan><note>&e;</note></plan>"), SUBSET),
    unreadable("a file of the server as an entity",
               b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + raw("<plan><note>&e;</note></plan>"), SUBSET),
    unreadable("an address as an entity",
               b'<!DOCTYPE d [<!ENTITY e SYSTEM "http://127.0.0.1/">]>' + raw("<plan><note>&e;</note></plan>"), SUBSET),
    unreadable("a billion laughs",
               b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + raw("<plan><note>&b;</note></plan>"), SUBSET),
    unreadable("a parameter entity", b'<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>' + instance(), SUBSET),
    unreadable("an empty subset", b"<!DOCTYPE d []>" + instance(), SUBSET),
    unreadable("an entity nobody declared", raw("<plan><note>&nbsp;</note></plan>"), "undefined entity."),
    unreadable("101 elements deep", raw(nested(101)), DEEP),
    unreadable("ten thousand elements deep", raw(nested(10_000)), DEEP),
    unreadable("more than 200,000 elements", raw("<x/>" * 200_001), "More than 200,000 nodes."),
    unreadable("a declaration in the middle", raw('<?xml version="1.0"?>'), "XML or text declaration not at start of entity."),
    unreadable("a comment that does not end", raw("<!-- "), "unclosed token."),
    unreadable("an HTML page", b"<html><body><p>Sign in<br></body></html>", "mismatched tag."),
    refused("an XHTML page", b"<html><body/></html>", 404, NO_FORM),
    refused("an SVG picture", b'<svg xmlns="http://www.w3.org/2000/svg"/>', 404, NO_FORM),
    refused("the blank form itself", b'<h:html xmlns:h="http://www.w3.org/1999/xhtml"/>', 404, NO_FORM),
]  # fmt: skip

NAMES = [
    refused("no instanceID", instance(number=""), 400, NO_NAME),
    refused("an empty instanceID", raw("").replace(b"uuid:new", b""), 400, NO_NAME),
    refused("an instanceID of blanks", raw("").replace(b"uuid:new", b"  "), 400, NO_NAME),
    refused("an instanceID of 201 letters", instance(number="n" * 196), 400, NO_NAME),
    refused("no meta", f'<data id="{FORM_ID}" version="1"/>'.encode(), 400, NO_NAME),
    refused("the instanceID outside meta", b'<data id="offices" version="1"><instanceID>uuid:1</instanceID></data>', 400, NO_NAME),
    refused("another form", instance(form_id="strangers"), 404, NO_VERSION),
    refused("no form", instance(form_id=""), 404, NO_VERSION),
    refused("a form by another case", instance(form_id="Offices"), 404, NO_VERSION),
    refused("a version that never was", instance(version="99"), 404, NO_VERSION),
    refused("no version", instance(version=""), 404, NO_VERSION),
    refused("a version with blanks", instance(version=" 1"), 404, NO_VERSION),
    refused("a version that is not published", instance(version="2"), 404, NO_VERSION, before=place.draft_version),
    refused("data of 4 MB and more", instance(note="n" * 4_000_001), 413, "The form's data is larger than 4 MB."),
    refused("other data under a name received", instance(number="one", note="Forged"), 409, OTHER, before=place.received),
    refused("a blank more under a name received", instance(number="one", note="First") + b" ", 409, OTHER, before=place.received),
    refused("the same data from another round", instance(number="one", note="First"), 409, OTHER, before=place.received_next_door),
    Sent("the same data again", instance(number="one", note="First"), says="Received before.", before=place.received),
    Sent("the corrected data again", instance(number="one", note="First"), says="Received before.", before=place.corrected),
    refused("a correction of what never came", instance(corrects="none"), 404, "The data that this corrects is not known here."),
    refused("a correction of itself", instance(number="new", corrects="new"), 404, "The data that this corrects is not known here."),
    refused("a second correction of the same", instance(corrects="one"), 409,
            "The data that this corrects was corrected before already.", before=place.corrected),
    refused("a correction of another round's", instance(corrects="one"), 404,
            "The data that this corrects is not known here.", before=place.received_next_door),
    Sent("a correction that breaks a rule", instance(corrects="one", staff="501"), state="flagged",
         issues=("constraint staff",), stored={"plan/note": "", "staff": "501", "double": "1002"},
         before=place.received),
]  # fmt: skip

MOMENTS = [
    refused("a key that never was", instance(), 401, BAD_KEY, key="x" * 32),
    refused("a key too short", instance(), 401, BAD_KEY, key="x"),
    refused("a key too long", instance(), 401, BAD_KEY, key="x" * 65),
    refused("a key that was ended", instance(), 401, BAD_KEY, before=place.revoked),
    refused("a key too old", instance(), 401, BAD_KEY, before=place.expired),
    refused("an archived survey", instance(), 409, "This survey is archived and takes no answers.", before=place.archived),
    Sent("a closed round", instance(note="Late"), state="flagged", issues=("late",),
         stored={"plan/note": "Late"}, before=place.closed),
    Sent("a signed response", instance(note="Late"), state="flagged", issues=("locked plan/note",),
         beside={"plan/note": "Late"}, before=place.signed),
    Sent("a response that was taken back", instance(note="Late"), state="flagged", issues=("locked plan/note",),
         beside={"plan/note": "Late"}, before=place.withdrawn),
    Sent("a question the new version lost", instance(note="Gone"), state="flagged",
         issues=("unknown plan/note",), before=place.renewed),
    Sent("another answer than asked for again", instance(code="DEF", note="More"), state="flagged",
         issues=("locked plan/note",), beside={"code": "DEF", "plan/note": "More"}, before=place.asked_back),
]  # fmt: skip

NO_PART = "The part “xml_submission_file” is missing."
PART = SimpleUploadedFile("submission.xml", instance(), "text/xml")
PROGRAM = b"\x7fELF" + b"\x00" * 60

PARTS = [
    refused("no part at all", b"", 400, NO_PART, send=lambda door: Client().post(door, {})),
    refused("the part under another name", b"", 400, NO_PART, send=lambda door: Client().post(door, {"xml": PART})),
    refused("the part as a plain field", b"", 400, NO_PART,
            send=lambda door: Client().post(door, {"xml_submission_file": instance().decode()})),
    refused("the data as the whole body", b"", 400, NO_PART,
            send=lambda door: Client().post(door, instance(), content_type="text/xml")),
    refused("a body cut off in its parts", b"", 400, NO_PART,
            send=lambda door: Client().post(door, b"--x\r\n", content_type="multipart/form-data; boundary=x")),
    Sent("a program called a picture", instance(note="With it"), state="flagged", issues=("file room.jpg",),
         stored={"plan/note": "With it"}, files={"room.jpg": PROGRAM}),
    Sent("a page called a picture", instance(note="With it"), state="flagged", issues=("file room.jpg",),
         stored={"plan/note": "With it"}, files={"room.jpg": b"<html><script>1</script></html>"}),
    Sent("an empty file", instance(note="With it"), state="flagged", issues=("file room.jpg",),
         stored={"plan/note": "With it"}, files={"room.jpg": b""}),
    Sent("a file without an ending", instance(note="With it"), state="flagged", issues=("file room",),
         stored={"plan/note": "With it"}, files={"room": b"words"}),
    Sent("a script", instance(note="With it"), state="flagged", issues=("file room.js",),
         stored={"plan/note": "With it"}, files={"room.js": b"alert(1)"}),
]  # fmt: skip

ROWS = [*TYPES, *RULES, *STRANGERS, *XML, *NAMES, *MOMENTS, *PARTS]

"""The questionnaire that is handed in badly: a question of every type, rules of every kind."""

from xml.sax.saxutils import escape

FORM_ID, VERSION = "offices", "1"
ITEMS = "".join(
    f"<item><label>{label}</label><value>{value}</value></item>"
    for value, label in (("a", "First"), ("b", "Second"), ("c", "Third"))
)

# name: (type, control, further marks of its bind, label)
CODE = 'constraint="regex(., \'^[A-Z]{3}$\')" jr:constraintMsg="Three capital letters."'
STAFF = 'constraint=". &gt;= 0 and . &lt;= 500" jr:constraintMsg="Between 0 and 500."'
SHARE = 'constraint=". &gt;= 0 and . &lt;= 1" jr:constraintMsg="From 0 to 1."'
DAY = 'constraint=". &lt;= date(\'2021-12-31\')" jr:constraintMsg="Not after 2021."'
MBPS = """relevant=" /data/office/link = 'a'" required="true()" """
OFFICE = {
    "name": ("string", "input", 'required="true()"', "Name"),
    "code": ("string", "input", CODE, "Code"),
    "staff": ("int", "input", STAFF, "Staff"),
    "share": ("decimal", "input", SHARE, "Share"),
    "day": ("date", "input", DAY, "Day"),
    "moment": ("dateTime", "input", "", "Moment"),
    "clock": ("time", "input", "", "Clock"),
    "spot": ("geopoint", "input", "", "Spot"),
    "way": ("geotrace", "input", "", "Way"),
    "field": ("geoshape", "input", "", "Field"),
    "link": ("string", "select1", 'required="true()"', "Link"),
    "tools": ("string", "select", "", "Tools"),
    "order": ("odk:rank", "odk:rank", "", "Order"),
    "photo": ("binary", "upload", "", "Photo"),
    "agreed": ("string", "trigger", "", "Agreed"),
    "mbps": ("decimal", "input", MBPS, "Speed"),
    "fixed": ("string", "input", 'readonly="true()"', "Fixed"),
    "double": ("int", "input", 'calculate=" /data/office/staff * 2" readonly="true()"', "Double"),
}
PLAN = {"note": ("string", "input", "", "Note"), "year": ("int", "input", "", "Year")}


def _binds(path: str, fields: dict[str, tuple[str, str, str, str]]) -> str:
    return "".join(
        f'<bind nodeset="{path}/{name}" type="{kind}" {rules}/>'
        for name, (kind, _control, rules, _label) in fields.items()
    )


def _controls(path: str, fields: dict[str, tuple[str, str, str, str]]) -> str:
    return "".join(
        f'<{control} ref="{path}/{name}"{" mediatype=" + chr(34) + "image/*" + chr(34) if control == "upload" else ""}>'
        f"<label>{label}</label>{ITEMS if name in CHOSEN else ''}</{control}>"
        for name, (_kind, control, _rules, label) in fields.items()
    )


CHOSEN = ("link", "tools", "order")
XFORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms">'
    "<h:head><h:title>Offices</h:title><model><instance>"
    f'<data id="{FORM_ID}" version="{VERSION}">'
    f"<office>{''.join(f'<{name}/>' for name in OFFICE)}</office>"
    f"<plan>{''.join(f'<{name}/>' for name in PLAN)}</plan>"
    '<room jr:template=""><seats/></room><pair><side/></pair><meta><instanceID/></meta></data></instance>'
    + _binds("/data/office", OFFICE)
    + _binds("/data/plan", PLAN)
    + '<bind nodeset="/data/room/seats" type="int" constraint=". &lt; 1000"/>'
    '<bind nodeset="/data/pair/side" type="string"/>'
    '<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>'
    "</model></h:head><h:body>"
    f'<group ref="/data/office"><label>The office</label>{_controls("/data/office", OFFICE)}</group>'
    f'<group ref="/data/plan"><label>The plan</label>{_controls("/data/plan", PLAN)}</group>'
    '<group ref="/data/room"><label>Room</label><repeat nodeset="/data/room">'
    '<input ref="/data/room/seats"><label>Seats</label></input></repeat></group>'
    '<group ref="/data/pair"><label>Pair</label><repeat nodeset="/data/pair" jr:count="2">'
    '<input ref="/data/pair/side"><label>Side</label></input></repeat></group>'
    "</h:body></h:html>"
)


def instance(
    *,
    number: str = "new",
    corrects: str = "",
    form_id: str = FORM_ID,
    version: str = VERSION,
    extra: str = "",
    rooms: tuple[str, ...] = (),
    **fields: str,
) -> bytes:
    """Write what a device hands in: the office's name and link as they stand, and `fields`."""
    given = {"name": "Agency", "link": "b"} | fields
    office = "".join(f"<{name}>{escape(given.get(name, ''))}</{name}>" for name in OFFICE)
    plan = "".join(f"<{name}>{escape(given.get(name, ''))}</{name}>" for name in PLAN)
    seats = "".join(f"<room><seats>{escape(one)}</seats></room>" for one in rooms)
    old = f"<deprecatedID>uuid:{corrects}</deprecatedID>" if corrects else ""
    meta = f"<meta><instanceID>uuid:{number}</instanceID>{old}</meta>" if number else ""
    return (
        f'<data id="{form_id}" version="{version}"><office>{office}</office><plan>{plan}</plan>'
        f"{seats}{extra}{meta}</data>"
    ).encode()

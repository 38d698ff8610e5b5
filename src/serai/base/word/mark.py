"""The large slanting words behind each page of a draft or of sample data, as Word makes them."""

from lxml import etree

from serai.base.word.xml import Element, make

SHAPES = "urn:schemas-microsoft-com:vml"
OFFICE = "urn:schemas-microsoft-com:office:office"
NAMES = {"v": SHAPES, "o": OFFICE}
PATH_TYPE = "136"  # text along a straight line, among the shapes that every Word knows
POINTS_A_SIGN, HEIGHT_POINTS, LONGEST_POINTS = 62, 110, 520


def watermark(words: str, ink: str) -> Element:
    """A run that lays the words over the middle of the page, behind its text."""
    width = min(LONGEST_POINTS, POINTS_A_SIGN * len(words))
    height = min(HEIGHT_POINTS, width * 2 // max(len(words), 1))
    shape = _shape(
        "shape", id="PageMark", type=f"#_x0000_t{PATH_TYPE}", alt=words, stroked="f",
        fillcolor=f"#{ink}",
        style="position:absolute;margin-left:0;margin-top:0;"
        f"width:{width}pt;height:{height}pt;rotation:308;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin",
    )  # fmt: skip
    shape.append(_shape("fill", opacity=".15"))
    shape.append(_shape("textpath", style='font-family:"Noto Sans";font-weight:bold', string=words))
    return make("w:r", make("w:pict", _type(), shape))


def _type() -> Element:
    """What kind of shape it is, told to programs that know it by number only."""
    kind = _shape(
        "shapetype", id=f"_x0000_t{PATH_TYPE}", coordsize="21600,21600", adj="10800",
        path="m@7,l@8,m@5,21600l@6,21600e",
    )  # fmt: skip
    kind.set(f"{{{OFFICE}}}spt", PATH_TYPE)
    formulas = _shape("formulas")
    for equation in (
        "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3",
        "if @0 @3 0", "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5",
        "mid @7 @8", "mid @6 @7", "sum @6 0 @5",
    ):  # fmt: skip
        formulas.append(_shape("f", eqn=equation))
    kind.append(formulas)
    kind.append(_shape("path", textpathok="t"))
    kind.append(_shape("textpath", on="t", fitshape="t"))
    return kind


def _shape(name: str, **attributes: str) -> Element:
    element = etree.Element(f"{{{SHAPES}}}{name}", nsmap=NAMES)
    for key, value in attributes.items():
        element.set(key, value)
    return element

#!/usr/bin/env python3
"""Make `src/serai/base/word/reference.docx`: the styles and numberings of every Word file.

    python tools/make_reference_docx.py

Standard library only; the same script gives the same bytes. The house's colours and type, with
the built-in names of styles, so that Word's own contents, navigation and screen readers work.
"""

import zipfile
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/serai/base/word/reference.docx"
DAY = (1980, 1, 1, 0, 0, 0)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
INK, MUTED, ACCENT, LINE, SOFT = "16211F", "566461", "0F5F56", "CFD9D5", "EEF4F2"
TONES = {
    "Note": ("1F5A96", "EEF4FA"),
    "Good": ("1D6B3A", "ECF6EF"),
    "Attention": ("8A5200", "FDF4E3"),
    "Wrong": ("A6262B", "FCF0EE"),
}
LEVELS = 4
PARTS = {
    "styles": "styles",
    "settings": "settings",
    "numbering": "numbering",
    "footnotes": "footnotes",
}


def run(size: float = 0, color: str = "", *, bold: bool = False, italic: bool = False) -> str:
    """Write the properties of runs; sizes in points."""
    parts = ["<w:b/><w:bCs/>" if bold else "", "<w:i/><w:iCs/>" if italic else ""]
    parts.append(f'<w:color w:val="{color}"/>' if color else "")
    if size:
        parts.append(f'<w:sz w:val="{size * 2:g}"/><w:szCs w:val="{size * 2:g}"/>')
    return f"<w:rPr>{''.join(parts)}</w:rPr>" if any(parts) else ""


def spaced(before: float, after: float, extra: str = "", first: str = "", line: float = 0) -> str:
    """Write the properties of paragraphs; distances in points."""
    height = f' w:line="{line * 240:.0f}" w:lineRule="auto"' if line else ""
    gap = f'<w:spacing w:before="{before * 20:g}" w:after="{after * 20:g}"{height}/>'
    return f"<w:pPr>{first}{gap}{extra}</w:pPr>"


def style(
    key: str, name: str, inside: str, *, kind: str = "paragraph", base: str = "Normal"
) -> str:
    """Write one style."""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    after = '<w:next w:val="Normal"/>' if key.startswith("Heading") else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{based}{after}'
        f'<w:uiPriority w:val="1"/><w:qFormat/>{inside}</w:style>'
    )


def headings() -> str:
    """Write the four levels of headings and of contents."""
    sizes = {1: (18, 28, 10), 2: (13, 20, 6), 3: (11, 14, 4), 4: (10, 12, 4)}
    found = []
    for level, (size, before, after) in sizes.items():
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        keep = "<w:keepNext/><w:keepLines/>"
        color = MUTED if level == LEVELS else INK
        inside = spaced(before, after, outline, keep, 1.1) + run(size, color, bold=True)
        found.append(style(f"Heading{level}", f"heading {level}", inside))
    for level in range(1, LEVELS + 1):
        tab = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8957"/></w:tabs>'
        indent = f'<w:ind w:left="{(level - 1) * 240}"/>'
        before = 6 if level == 1 else 2
        inside = spaced(before, 2, indent, tab, 1.1) + run(0, bold=level == 1)
        found.append(style(f"TOC{level}", f"toc {level}", inside))
    return "".join(found)


def paragraphs() -> str:
    """Write the styles of paragraphs that are no headings."""
    side = '<w:pBdr><w:{0} w:val="single" w:sz="{1}" w:space="8" w:color="{2}"/></w:pBdr>'
    keep = "<w:keepNext/><w:keepLines/>"
    rule = side.format("top", 24, ACCENT).replace('w:space="8"', 'w:space="18"')
    found = [
        style("Title", "Title", spaced(150, 14, "", rule, 1.05) + run(29, INK, bold=True)),
        style("Subtitle", "Subtitle", spaced(0, 26, "", "", 1.15) + run(14.5, MUTED)),
        style("CoverLine", "Cover Line", spaced(0, 6)),
        style("TOCHeading", "TOC Heading", spaced(0, 12, "", keep) + run(18, INK, bold=True)),
        style("Caption", "caption", spaced(14, 5, "", keep, 1.1) + run(9.2, INK, bold=True)),
        style("Picture", "Picture", spaced(0, 8, "", "", 1)),
        style("ListParagraph", "List Paragraph", spaced(0, 4)),
        style("TableText", "Table Text", spaced(2.5, 2.5, "", "", 1.08) + run(9)),
        style(
            "TableHead",
            "Table Head",
            spaced(2.5, 2.5, "", keep, 1.08) + run(8.6, ACCENT, bold=True),
        ),
        style("TableNote", "Table Note", spaced(4, 4, "", "", 1.08) + run(8, MUTED)),
        style("FootnoteText", "footnote text", spaced(0, 2, "", "", 1.08) + run(8.5)),
        style("CommentText", "annotation text", spaced(0, 0) + run(9)),
        style("KeyValue", "Key Value", spaced(4, 0, "", keep, 1.05) + run(19, ACCENT, bold=True)),
        style("KeyLabel", "Key Label", spaced(0, 0, "", "", 1.1) + run(8.8)),
        style("KeyNote", "Key Note", spaced(0, 0, "", "", 1.1) + run(8, MUTED)),
        style("Provision", "Provision", spaced(4, 6, '<w:ind w:left="720" w:hanging="720"/>')),
        style("ProvisionText", "Provision Text", spaced(0, 6, '<w:ind w:left="720"/>')),
        style("Header", "header", spaced(0, 0, "", side.format("bottom", 4, LINE)) + run(8, MUTED)),
        style("Footer", "footer", spaced(0, 0) + run(8, MUTED)),
    ]
    border = side.format("left", 8, LINE)
    indent = '<w:ind w:left="240"/>'
    found.append(style("Quote", "Quote", spaced(4, 4, indent, border)))
    found.append(style("QuoteSource", "Quote Source", spaced(0, 8, indent, border) + run(9, MUTED)))
    for tone, (ink, ground) in TONES.items():
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'
        border = side.format("left", 18, ink) + shade
        indent = '<w:ind w:left="200" w:right="120"/>'
        found.append(style(f"Callout{tone}", f"Callout {tone}", spaced(0, 6, indent, border)))
        title = spaced(8, 4, indent, keep + border) + run(0, ink, bold=True)
        found.append(style(f"CalloutTitle{tone}", f"Callout Title {tone}", title))
    return "".join(found)


def table_styles() -> str:
    """Write the one style of tables, and the empty one beneath it."""
    normal = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="90" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="90" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )
    line = '<w:{0} w:val="single" w:sz="{1}" w:space="0" w:color="{2}"/>'
    borders = line.format("bottom", 8, ACCENT) + line.format("insideH", 4, LINE)
    first = f"<w:tcPr><w:tcBorders>{line.format('bottom', 8, ACCENT)}</w:tcBorders></w:tcPr>"
    last = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SOFT}"/></w:tcPr>'
    inside = (
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow">{first}</w:tblStylePr>'
        f'<w:tblStylePr w:type="lastRow"><w:rPr><w:b/><w:bCs/></w:rPr>{last}</w:tblStylePr>'
    )
    return normal + style("ReportTable", "Report Table", inside, kind="table", base="TableNormal")


def styles() -> str:
    """Write word/styles.xml."""
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Microsoft YaHei" w:cs="Arial"/>'
    lang = '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    size = '<w:sz w:val="20"/><w:szCs w:val="20"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="{INK}"/>{size}{lang}</w:rPr>'
        "</w:rPrDefault><w:pPrDefault>"
        '<w:pPr><w:spacing w:after="140" w:line="300" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
    )
    up = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    small = '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
    link = f'<w:rPr><w:color w:val="{ACCENT}"/><w:u w:val="single"/></w:rPr>'
    letters = "".join(
        style(key, name, inside, kind="character", base="DefaultParagraphFont")
        for key, name, inside in (
            ("FootnoteReference", "footnote reference", up),
            ("CommentReference", "annotation reference", small),
            ("Hyperlink", "Hyperlink", link),
        )
    )
    body = defaults + normal + headings() + paragraphs() + letters + table_styles()
    return f"{HEAD}<w:styles {W}>{body}</w:styles>"


def numbering() -> str:
    """Write word/numbering.xml: bullets and numbers, four levels deep."""

    def level(number: int, form: str, text: str) -> str:
        place = f'<w:ind w:left="{400 + 360 * number}" w:hanging="320"/>'
        ink = f'<w:rPr><w:color w:val="{ACCENT}"/></w:rPr>' if form == "bullet" else ""
        return (
            f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{place}</w:pPr>{ink}</w:lvl>'
        )

    bullets = "".join(level(n, "bullet", "•") for n in range(LEVELS))
    numbers = "".join(level(n, "decimal", f"%{n + 1}.") for n in range(LEVELS))
    kind = '<w:multiLevelType w:val="hybridMultilevel"/>'
    return (
        f'{HEAD}<w:numbering {W}><w:abstractNum w:abstractNumId="0">{kind}{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{kind}{numbers}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def settings() -> str:
    """Write word/settings.xml: the modes of Word 2013 and later."""
    compatible = (
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    notes = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    return (
        f'{HEAD}<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/>{notes}{compatible}'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def footnotes() -> str:
    """Write word/footnotes.xml: the two separators every file has."""
    form = (
        '<w:footnote w:type="{0}" w:id="{1}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
        'w:lineRule="auto"/></w:pPr><w:r><w:{0}/></w:r></w:p></w:footnote>'
    )
    inside = form.format("separator", -1) + form.format("continuationSeparator", 0)
    return f"{HEAD}<w:footnotes {W} {R}>{inside}</w:footnotes>"


def package() -> dict[str, str]:
    """Name every member with its text."""
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{OFFICE}.{kind}+xml"/>'
        for name, kind in {"document": "document.main", **PARTS}.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATION}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(PARTS, 1)
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"></cp:coreProperties>',
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{relations}</Relationships>",
        "word/document.xml": f"{HEAD}<w:document {W} {R}><w:body><w:sectPr>"
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1640" w:right="1474" w:bottom="1420" '
        'w:left="1474" w:header="800" w:footer="700" w:gutter="0"/></w:sectPr></w:body></w:document>',
        "word/footnotes.xml": footnotes(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/styles.xml": styles(),
    }


def main() -> None:
    """Write the file."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in package().items():
            archive.writestr(zipfile.ZipInfo(name, DAY), text, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()

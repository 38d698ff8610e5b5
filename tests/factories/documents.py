"""A document with everything in it, in English and in Persian, and samples of every script."""

from datetime import UTC, date, datetime
from decimal import Decimal

from serai.base import blocks as b

DAY = date(2021, 6, 30)
AT = datetime(2021, 6, 30, 9, 0, tzinfo=UTC)

CHART = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 150" role="img">
<title>Replies received</title><desc>Georgia 3 of 3, Uzbekistan 1 of 5.</desc>
<text x="118" y="36" text-anchor="end" font-size="13" fill="#16211f">Georgia</text>
<rect x="130" y="20" width="420" height="24" fill="#2f7f73"/>
<text x="560" y="36" font-size="13" fill="#16211f">3 of 3</text>
<text x="118" y="86" text-anchor="end" font-size="13" fill="#16211f">Uzbekistan</text>
<rect x="130" y="70" width="84" height="24" fill="#b9dad4"/>
<text x="224" y="86" font-size="13" fill="#16211f">1 of 5</text>
<line x1="130" y1="110" x2="610" y2="110" stroke="#566461" stroke-width="1"/>
<text x="130" y="128" font-size="11" fill="#566461">0</text>
<text x="600" y="128" font-size="11" fill="#566461">100</text></svg>"""

SCRIPTS = {
    "az": "Azərbaycan Respublikasının Rəqəmsal İnkişaf və Nəqliyyat Nazirliyi, ğ ş ç ö ü ı",
    "tk": "Türkmenistanyň Maliýe ministrligi, ä ž ň ö ş ü ý",
    "uz": "Oʻzbekiston Respublikasi Raqamli texnologiyalar vazirligi, gʻ sh ch",
    "kk": "Қазақстан Республикасы Ұлттық экономика министрлігі, ә ғ қ ң ө ұ ү һ і",
    "ky": "Кыргыз Республикасынын Экономика министрлиги, ң ө ү",
    "mn": "Монгол Улсын Сангийн яам, ө ү",
    "tg": "Вазорати рушди иқтисод ва савдои Ҷумҳурии Тоҷикистон, ғ ӣ қ ӯ ҳ ҷ",
    "ka": "საქართველოს ეკონომიკისა და მდგრადი განვითარების სამინისტრო",
    "zh-hans": "中华人民共和国财政部,数字战略与能力评估。",
    "fa": "وزارت مخابرات و تکنالوجی معلوماتی؛ می‌خواهیم گزارش پیشرفت را بخوانیم.",
    "ps": "د افغانستان د مالیې وزارت، ټ ډ ړ ږ ښ ګ ڼ ې ۍ ئ",
    "ur": "وزارتِ اقتصادی امور، حکومتِ پاکستان، ٹ ڈ ڑ ں ہ ھ ے",
    "ru": "Министерство экономики, отчёт о ходе работы № 12 — «проект»",
    "en": "Signs: ● ◐ ○ ✓ ✗ → ≤ ≥ − ≈ √ § © ₸ ₾ ₼ € 25 °C",
}


def table(*, key: str = "milestones", is_wide: bool = False) -> b.Table:
    heads = ("No.", "Milestone", "Date in words", "Status", "Days")
    kinds = (b.ColumnKind.SHORT, b.ColumnKind.WORDS, b.ColumnKind.WORDS, b.ColumnKind.SHORT)
    columns = tuple(
        b.Column(b.words(head), kind, 2 if head == "Milestone" else 1)
        for head, kind in zip(heads, (*kinds, b.ColumnKind.NUMBER), strict=True)
    )
    rows = (
        ("1", "Inception report on recommended practices", "15th March 2021", "● done", "0"),
        ("2", "Survey questionnaire sent to agencies", "end of June 2021", "! overdue", "8"),
        ("3", "Workshops and training material", "early July 2021", "○ planned", "15"),
    )
    return b.Table(
        caption=b.words("Milestones of the initiative"),
        columns=columns,
        rows=(
            *(b.Row(tuple(map(b.cell, row))) for row in rows),
            b.Row(tuple(map(b.cell, ("", "All", "", "", "23"))), is_total=True),
        ),
        notes=(b.words("Days past the latest date; absence of a record is not a failure."),),
        key=key,
        is_wide=is_wide,
    )


def rich(*, sample: bool = True) -> b.Document:
    """Every kind of node at least once."""
    return b.Document(
        title="Progress report on the digital initiatives",
        subtitle="Paper for the Virtual Senior Officials’ Meeting",
        language="en",
        date=DAY,
        audience="For members",
        publisher="CAREC Secretariat",
        reference="Report 12",
        sample=sample,
        blocks=(
            b.Contents(depth=2),
            *opening(),
            *middle(),
            *redline(),
            b.Heading(1, b.words("Languages of the programme"), key="languages", number="Annex B"),
            *(
                b.Paragraph((b.Foreign(b.words(text), code), b.Text(f" ({code})")))
                for code, text in SCRIPTS.items()
            ),
        ),
    )


def opening() -> tuple[b.Block, ...]:
    note = b.Footnote(b.words("Concept note, page 4."))
    return (
        b.Heading(1, b.words("Virtual CAREC"), key="virtual", number="1"),
        b.Heading(2, b.words("Objective"), key="objective", number="1.1"),
        b.Paragraph(
            (
                b.Text("The initiative helps "),
                b.Strong(b.words("eleven members")),
                b.Text(" to hold events "),
                b.Emphasis(b.words("without travel")),
                b.Text(". Replies stand at "),
                b.Number(Decimal("12345.6"), "", 1),
                b.Text(" of all agencies asked"),
                note,
                b.Text("; see "),
                b.Link(b.words("the annex"), "#languages"),
                b.Text(" and "),
                b.Link(b.words("the programme’s page"), "https://www.carecprogram.org/"),
                b.Text(
                    ". #hash *stars* _under_ $x$ <b>tags</b> \\n @label `code` [x] // stay signs."
                ),
            )
        ),
        b.KeyFigures(
            (
                b.KeyFigure(b.Number(Decimal(84), "%"), "replies received", "9 more since 1 June"),
                b.KeyFigure(b.Text("5 of 11"), "meet the seminar minimum"),
                b.KeyFigure(b.Number(Decimal(7)), "follow-ups open", "2 overdue"),
            )
        ),
        b.Callout("In short", (b.paragraph("Four milestones are past their date."),)),
        b.Callout("Attention", (b.paragraph("A re-plan is proposed."),), b.Tone.ATTENTION),
        b.Heading(2, b.words("Current status"), number="1.2"),
        b.paragraph("The work goes on along three lines, in this order:"),
        b.List(
            (
                b.ListItem((b.paragraph("follow up with agencies;"),)),
                b.ListItem(
                    (
                        b.paragraph("draft the report:"),
                        b.List((b.ListItem((b.paragraph("outline first,"),)),)),
                    )
                ),
                b.ListItem((b.paragraph("prepare the workshops."),)),
            ),
            is_ordered=True,
        ),
    )


def middle() -> tuple[b.Block, ...]:
    values = b.Table(
        caption=(),
        columns=(b.Column(b.words("Member")), b.Column(b.words("Replies"), b.ColumnKind.NUMBER)),
        rows=(
            b.Row((b.cell("Georgia"), b.cell("3"))),
            b.Row((b.cell("Uzbekistan"), b.cell("1"))),
        ),
    )
    return (
        b.Figure(
            CHART,
            b.words("Georgia has replied in full"),
            "Bars of replies by member.",
            values,
            "f1",
        ),
        table(),
        b.Heading(3, b.words("What members said")),
        b.Quote((b.paragraph("The line is good until noon."),), "An agency of Mongolia"),
        b.PageBreak(),
        b.Heading(1, b.words("Timeline"), number="Annex A"),
        table(key="wide", is_wide=True),
    )


def redline() -> tuple[b.Block, ...]:
    return (
        b.Heading(2, b.words("Text under discussion")),
        b.Provision(
            "p-1",
            "3.1",
            (
                b.Paragraph(
                    (
                        b.Text("Members "),
                        b.Deleted(b.words("shall"), "A. Saidov", AT),
                        b.Inserted(b.words("should"), "A. Saidov", AT),
                        b.Text(" share "),
                        b.CommentMark(b.words("open data"), "Which data?", "N. Beridze", AT),
                        b.Text(" by 2030."),
                    )
                ),
            ),
        ),
    )


def persian() -> b.Document:
    """A right-to-left document with a table, a list and a figure."""
    columns = (
        b.Column(b.words("شماره"), b.ColumnKind.SHORT),
        b.Column(b.words("نقطه عطف"), weight=2),
        b.Column(b.words("تاریخ")),
        b.Column(b.words("روز"), b.ColumnKind.NUMBER),
    )
    rows = (
        ("1", "گزارش آغازین", "پایان ژوئن 2021", "8"),
        ("2", "پرسش‌نامه برای اداره‌ها", "اوایل ژوئیه 2021", "15"),
    )
    return b.Document(
        title="گزارش پیشرفت ابتکارهای دیجیتال",
        subtitle="برای نشست مجازی مقامات ارشد",
        language="fa",
        date=DAY,
        audience="برای اعضا",
        publisher="دبیرخانه CAREC",
        sample=True,
        blocks=(
            b.Contents(),
            b.Heading(1, b.words("هدف"), number="1", key="goal"),
            b.Paragraph(
                (
                    b.Text("یازده عضو می‌توانند رویدادها را بدون سفر برگزار کنند"),
                    b.Footnote(b.words("یادداشت مفهومی، صفحه 4.")),
                    b.Text(" و گزارش "),
                    b.Foreign(b.words("Virtual CAREC"), "en"),
                    b.Text(" را بخوانند."),
                )
            ),
            b.List((b.ListItem((b.paragraph("پیگیری با اداره‌ها"),)),)),
            b.Callout("خلاصه", (b.paragraph("چهار نقطه عطف دیر شده است."),)),
            b.Table(
                b.words("نقاط عطف"),
                columns,
                tuple(b.Row(tuple(map(b.cell, row))) for row in rows),
            ),
            b.Figure(CHART, b.words("پاسخ‌ها"), "نمودار پاسخ‌ها"),
        ),
    )

import pytest

from serai.base import blocks as b
from serai.base.text import TranslatedText, clean, direction, markdown_blocks, markdown_html

TEXT = TranslatedText((("ru", "Отчёт", "source"), ("ka", "ანგარიში", "machine")))


@pytest.mark.parametrize(
    ("language", "picked"),
    [("ka", ("ანგარიში", "ka")), ("fa", ("Отчёт", "ru")), ("ru", ("Отчёт", "ru"))],
)
def test_pick_falls_back_to_russian(language, picked):
    assert TEXT.pick(language) == picked
    assert TEXT.is_fallback(language) is (picked[1] != language)


def test_pick_falls_back_as_the_interface_does_to_english_first():
    both = TranslatedText((("ru", "Отчёт", "source"), ("en", "Report", "source")))

    assert both.pick("fa") == ("Report", "en")
    assert both.pick("ru") == ("Отчёт", "ru")


def test_pick_takes_english_then_any_then_nothing():
    assert TranslatedText.of("Report").pick("fa") == ("Report", "en")
    assert TranslatedText.of("报告", "zh-hans").pick("fa") == ("报告", "zh-hans")
    assert TranslatedText().pick("fa") == ("", "fa")


def test_states_and_changes():
    changed = TEXT.with_text("ka", "", "checked").with_text("en", "Report\x00", "checked")

    assert TEXT.state("ka") == "machine"
    assert changed.to_json() == {
        "ru": {"text": "Отчёт", "state": "source"},
        "en": {"text": "Report", "state": "checked"},
    }
    assert TranslatedText.from_json(changed.to_json()) == changed


BOTH = TranslatedText((("en", "One", "source"), ("ru", "Один", "checked")))


def states_after(before: TranslatedText, **texts: str) -> dict[str, str]:
    """The states after a text is written anew in some languages."""
    written = before
    for code in ("en", "ru"):
        written = written.with_text(code, texts.get(code, before.pick(code)[0]))
    return {code: state for code, _text, state in written.follow(before).texts}


@pytest.mark.parametrize(
    ("before", "written", "states"),
    [
        (BOTH, {"en": "Two"}, {"en": "source", "ru": "behind"}),
        (BOTH, {"ru": "Два"}, {"en": "behind", "ru": "source"}),
        (BOTH, {"en": "Two", "ru": "Два"}, {"en": "source", "ru": "source"}),
        (BOTH, {}, {"en": "source", "ru": "checked"}),
        (BOTH, {"ru": ""}, {"en": "source"}),
        (TranslatedText(), {"en": "One", "ru": "Один"}, {"en": "source", "ru": "source"}),
        (TranslatedText.of("One"), {"ru": "Один"}, {"en": "source", "ru": "source"}),
    ],
)
def test_a_language_left_as_it_was_falls_behind(before, written, states):
    assert states_after(before, **written) == states


@pytest.mark.parametrize(
    ("written", "states"),
    [
        ({"ru": "Два"}, {"en": "source", "ru": "source"}),
        ({}, {"en": "source", "ru": "checked"}),
        ({"en": "Three"}, {"en": "source", "ru": "behind"}),
    ],
)
def test_what_is_behind_is_brought_up_or_saved_as_it_stands(written, states):
    late = BOTH.with_text("en", "Two").follow(BOTH)

    assert states_after(late, **written) == states


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match='Text in "en": state "new" is none of source'):
        TranslatedText((("en", "a", "new"),))


@pytest.mark.parametrize(
    ("language", "way"),
    [("fa", "rtl"), ("ur", "rtl"), ("ps-AF", "rtl"), ("ar", "rtl"), ("xx-rtl", "rtl"),
     ("az-Arab", "rtl"), ("en", "ltr"), ("xx", "ltr"), ("zh-hans", "ltr")],
)  # fmt: skip
def test_direction(language, way):
    assert direction(language) == way


def test_clean_counts_what_it_takes_out():
    found = clean("a\x00b\u202ec\u2066d\te\r\nf")

    assert (found.text, found.control_count, found.direction_count) == ("abcd\te\nf", 1, 2)
    assert found.is_changed
    assert not clean("plain").is_changed


def test_markdown_of_a_word_processor_is_cleaned_and_told():
    source = (
        '<p class="MsoNormal"><o:p>First</o:p></p><p>Second</p>'
        "<style>p{mso-x:1}</style><script>alert(1)</script>"
    )

    html, dropped = markdown_html(source)

    assert html == "<p>First</p>\n<p>Second</p>"
    assert dropped == ("formatting of a word processor", "HTML: p, script, style")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a **b** *c*", "<p>a <strong>b</strong> <em>c</em></p>"),
        ("# One", "<h2>One</h2>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](https://a.org)", '<p><a href="https://a.org">x</a></p>'),
        ("<https://a.org>", '<p><a href="https://a.org">https://a.org</a></p>'),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        ("`code` #hash $x$", "<p>`code` #hash $x$</p>"),
    ],
)
def test_markdown_html(source, html):
    assert markdown_html(source) == (html, ())


def test_a_picture_is_left_out_and_told():
    html, dropped = markdown_html("![map](https://a.org/m.png) ![b](c)")

    assert html == "<p>map b</p>"
    assert dropped == ("2 pictures",)


def test_markdown_blocks():
    found, dropped = markdown_blocks(
        "# Goal\n\none\ntwo  \nthree **b**\n\n3. x\n   - y\n\n> said\n\n| a |\n|---|\n| 1 |\n\n---\n"
    )

    assert dropped == ()
    assert found == (
        b.Heading(3, b.words("Goal")),
        b.Paragraph((b.Text("one two\nthree "), b.Strong(b.words("b")))),
        b.List(
            (b.ListItem((b.paragraph("x"), b.List((b.ListItem((b.paragraph("y"),)),)))),),
            is_ordered=True,
            start=3,
        ),
        b.Quote((b.paragraph("said"),)),
        b.Table((), (b.Column(b.words("a")),), (b.Row((b.cell("1"),)),)),
    )


def test_hostile_markdown_gives_no_live_html():
    html, _dropped = markdown_html(
        '<img src=x onerror=alert(1)><svg/onload=alert(1)>\x00<a href="data:x">x</a>'
        "[y](<javascript:x>) &lt;script&gt; \u202e"
    )

    assert "<script" not in html
    assert "onerror" not in html
    assert "javascript" not in html
    assert "data:" not in html


def test_a_footnote_stands_where_it_was_written():
    found, dropped = markdown_blocks("A SWOT^[Strengths, *weaknesses*] study.")

    assert dropped == ()
    assert found == (
        b.Paragraph(
            (
                b.Text("A SWOT"),
                b.Footnote((b.Text("Strengths, "), b.Emphasis((b.Text("weaknesses"),)))),
                b.Text(" study."),
            )
        ),
    )


def test_a_footnote_on_a_page_stands_in_brackets():
    html, dropped = markdown_html("A SWOT^[Strengths & weaknesses] study.")

    assert (html, dropped) == ("<p>A SWOT (Strengths &amp; weaknesses) study.</p>", ())


@pytest.mark.parametrize("words", ["2^[3", "a^[]b", "a ^ [b]", "a^[ ]b"])
def test_what_is_no_footnote_stays_as_it_was_typed(words):
    assert markdown_blocks(words)[0] == (b.Paragraph((b.Text(words),)),)


def test_a_footnote_inside_a_footnote_stays_plain():
    found, _dropped = markdown_blocks("a^[b^[c]d] and a second^[e].")

    assert found == (
        b.Paragraph(
            (
                b.Text("a"),
                b.Footnote((b.Text("b^[c]d"),)),
                b.Text(" and a second"),
                b.Footnote((b.Text("e"),)),
                b.Text("."),
            )
        ),
    )

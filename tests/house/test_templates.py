"""Templates: none unused, none with bare words, none with code or style inside."""

import ast
import re
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src" / "serai"
TEMPLATES = sorted(p for p in SRC.glob("*/templates/**/*") if p.is_file())
PAGES = [p for p in TEMPLATES if p.suffix == ".html"]
# Names that are the same in every language.
SAME_EVERYWHERE = {"Serai", "CAREC", "API", "ISO", "PDF", "Word", "XLSX", "CSV", "UTC"}
# Templates that Django and allauth ask for by name.
TAKEN_BY_PACKAGES = ("django/", "allauth/", "account/", "mfa/", "socialaccount/")
# A report saved as one file carries its style inside: no server will send it.
WHOLE_FILES = {"serai/blocks/file.html"}
SUFFIXES = (".subject.txt", ".txt", ".html")


def name_of(path: Path) -> str:
    return str(path).partition("/templates/")[2]


def python_names():
    """Every text in the code, and each text with gaps as a pattern."""
    plain, patterns = set(), []
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(v.value) if isinstance(v, ast.Constant) else "[^/]+"
                    for v in node.values
                ]
                if any("/" in part for part in parts):
                    patterns.append(re.compile("".join(parts)))
    return plain, patterns


def test_no_template_is_unused():
    plain, patterns = python_names()
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        plain |= set(re.findall(r"""["']([\w/.-]+)["']""", text))
    stems = {n.removesuffix(s) for n in map(name_of, TEMPLATES) for s in SUFFIXES}

    unused = []
    for name in map(name_of, TEMPLATES):
        names = {name, *(name.removesuffix(s) for s in SUFFIXES if name.endswith(s))}
        if names & plain or any(p.fullmatch(n) for n in names for p in patterns):
            continue
        # A name put together by a filter: "serai/blocks/"|add:kind|add:".html"
        if any(given.endswith("/") and name.startswith(given) for given in plain if "/" in given):
            continue
        if name.startswith(TAKEN_BY_PACKAGES):
            continue
        unused.append(name)

    assert stems
    assert unused == []


MARKED = (
    re.compile(r"\{%\s*comment\b.*?endcomment\s*%\}", re.S),
    re.compile(r"\{#.*?#\}", re.S),
    re.compile(r"<!--.*?-->", re.S),
    re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.S),
    re.compile(r"\{%.*?%\}", re.S),
    re.compile(r"\{\{.*?\}\}", re.S),
    re.compile(r"<(code|kbd)\b.*?</\1>", re.S),
)
SPOKEN = re.compile(
    r"""\b(?:alt|title|placeholder|aria-label|content)="([^"]*[A-Za-zА-я]{2}[^"]*)\""""
)
WORD = re.compile(r"[A-Za-zА-яЁё]{2,}")


def bare_words(text: str) -> list[str]:
    """What a reader would see untranslated."""
    for pattern in MARKED:
        text = pattern.sub(" ", text)
    text = re.sub(r"<meta\b[^>]*>", " ", text)
    spoken = [word for value in SPOKEN.findall(text) for word in WORD.findall(value)]
    text = re.sub(r"<[^>]*>", " ", text)
    text = re.sub(r"&#?\w+;", " ", text)
    return [w for w in [*spoken, *WORD.findall(text)] if w not in SAME_EVERYWHERE]


def test_bare_words_are_found():
    text = '<p class="note">Hello {{ name }} {% translate "there" %}</p><img alt="A map">'

    assert bare_words(text) == ["map", "Hello"]


def test_every_sentence_is_marked_for_translation():
    found = {name_of(p): bare_words(p.read_text(encoding="utf-8")) for p in TEMPLATES}

    assert {name: words for name, words in found.items() if words} == {}


CODE_INSIDE = {
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "a style sheet in the page": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"""\son[a-z]+\s*=\s*["']""", re.I),
    "htmx running code": re.compile(r"hx-on|hx-vals=['\"]js:|hx-vars|hx-headers=['\"]js:", re.I),
    "a script address": re.compile(r"javascript:", re.I),
    "a third party": re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.I),
}


def test_no_template_holds_code_style_or_a_third_party():
    found = [
        f"{name_of(path)}: {what}"
        for path in PAGES
        if name_of(path) not in WHOLE_FILES
        for what, pattern in CODE_INSIDE.items()
        if pattern.search(path.read_text(encoding="utf-8")) and "/email/" not in str(path)
    ]

    assert found == []


def test_no_page_writes_the_day_of_a_moment_without_its_zone():
    found = [
        name_of(path)
        for path in PAGES
        if re.search(r"_at\|(?:plain_)?day\b", path.read_text(encoding="utf-8"))
        and "/email/" not in str(path)
    ]

    assert found == []


def test_styles_use_start_and_end():
    sheet = (SRC / "base" / "static" / "serai" / "app.css").read_text(encoding="utf-8")
    sided = re.findall(
        r"[^-\w](?:margin|padding|border)-(?:left|right)\b|[^-\w](?:left|right)\s*:|text-align:\s*(?:left|right)",
        sheet,
    )

    assert sided == []

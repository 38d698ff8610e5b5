"""What is marked for translation is found, in code and in templates."""

from pathlib import Path

import polib
from django.core.management import call_command

from serai.base.management.commands import gather_messages as gathering

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy, npgettext
one = _("Not saved.")
two = _(
    "Row %(row)s: "
    "'%(text)s' is not a number."
) % {"row": 1, "text": "x"}
three = ngettext("%(count)s member", "%(count)s members", 3)
four = pgettext_lazy("verb", "Open")
five = npgettext("days", "one", "many", 2)
six = _(variable)
"""
TEMPLATE = """{% load i18n %}{% translate "Due today" %} {% translate "Open" context "verb" %}
{% blocktranslate trimmed with name=row.name %}
  {{ name }} is asked to answer.
{% endblocktranslate %}
{% blocktranslate trimmed count n=many %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
{% include "x.html" with title=_("See \\"all\\"") %}"""


def found(pairs):
    return [(line, s.context, s.text, s.plural) for line, s in pairs]


def test_python_calls_are_read():
    assert found(gathering.in_python(PYTHON)) == [
        (3, None, "Not saved.", ""),
        (4, None, "Row %(row)s: '%(text)s' is not a number.", ""),
        (8, None, "%(count)s member", "%(count)s members"),
        (9, "verb", "Open", ""),
        (10, "days", "one", "many"),
    ]


def test_template_tags_are_read():
    assert found(gathering.in_template(TEMPLATE)) == [
        (1, None, "Due today", ""),
        (1, "verb", "Open", ""),
        (2, None, "%(name)s is asked to answer.", ""),
        (5, None, "%(n)s day", "%(n)s days"),
        (6, None, 'See "all"', ""),
    ]


def test_a_catalogue_keeps_translations_and_drops_what_is_gone():
    catalogue = polib.POFile()
    catalogue.metadata = {"Plural-Forms": "nplurals=3; plural=0;"}
    catalogue.append(polib.POEntry(msgid="Kept", msgstr="Осталось"))
    catalogue.append(polib.POEntry(msgid="Gone", msgstr="Ушло"))
    sentences = [
        gathering.Sentence("Kept", places=[("a.py", "1")]),
        gathering.Sentence("%(n)s day", plural="%(n)s days"),
    ]

    gathering.update(catalogue, {s.key: s for s in sentences})

    assert [(e.msgid, e.msgstr, e.msgstr_plural, e.flags) for e in catalogue] == [
        ("Kept", "Осталось", {}, []),
        ("%(n)s day", "", {0: "", 1: "", 2: ""}, ["python-format"]),
    ]


def test_the_house_s_own_sentences_are_found():
    source = Path(gathering.__file__).parents[3]
    sentences = gathering.gather(source)

    assert len(sentences) > 100
    assert [s.text for s in sentences.values() if not s.places] == []


def test_a_new_catalogue_lies_where_django_looks_for_it(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path / "locale"]

    call_command("gather_messages", locale=["zh-hans"])

    (made,) = (tmp_path / "locale").rglob("*.po")
    assert made == tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

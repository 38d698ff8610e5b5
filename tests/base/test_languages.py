"""Languages by their names, as the reader says them."""

import pytest
from django.utils.translation import override

from serai.base.languages import language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"), ("ru", "Russian"), ("ka", "Georgian"), ("kk", "Kazakh"), ("az", "Azerbaijani"),
        ("ky", "Kyrgyz"), ("mn", "Mongolian"), ("tg", "Tajik"), ("tk", "Turkmen"), ("uz", "Uzbek"),
        ("zh-Hans", "Simplified Chinese"), ("fa-AF", "Dari"), ("fa-IR", "Persian"), ("ps", "Pashto"), ("ur", "Urdu"),
        ("xx-none", "xx-none"),
    ],
)  # fmt: skip
def test_a_language_by_name(code, name):
    assert language_name(code) == name


def test_a_name_in_the_readers_language():
    with override("ru"):
        names = [language_name(code).lower() for code in ("ka", "ky", "fa-AF")]

    assert names == ["грузинский", "кыргызский", "дари"]

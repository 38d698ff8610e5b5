import pytest

from serai.base import codes


@pytest.mark.parametrize("typed", ["ABCD-EFGH", "abcdefgh", " abcd efgh ", "ABCD–EFGH"])
def test_a_code_fits_however_it_is_typed(typed):
    assert codes.is_code(typed, codes.hash_of("ABCD-EFGH"))


@pytest.mark.parametrize(
    ("typed", "kept"), [("ABCD-EFGJ", "ABCD-EFGH"), ("", "ABCD-EFGH"), ("ÄBCD-EFGH", "ABCD-EFGH")]
)
def test_another_code_does_not_fit(typed, kept):
    assert not codes.is_code(typed, codes.hash_of(kept))


@pytest.mark.parametrize("typed", ["", "ABCD-EFGH"])
def test_nothing_fits_where_nothing_was_kept(typed):
    assert not codes.is_code(typed, "")


def test_what_is_kept_does_not_show_the_code_and_needs_the_key(settings):
    kept = codes.hash_of("ABCD-EFGH")
    settings.SECRET_KEY = "another key of another installation"

    assert (len(kept), "ABCD" in kept.upper()) == (64, False)
    assert not codes.is_code("ABCD-EFGH", kept)

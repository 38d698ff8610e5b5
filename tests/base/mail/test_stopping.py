import pytest

from serai.base.mail.stopping import BrokenLink, Stop, read_stop_token, stop_token


@pytest.mark.either_engine
def test_a_token_comes_back_whole():
    assert read_stop_token(stop_token(7, "meetings")) == Stop(7, "meetings")


@pytest.mark.either_engine
@pytest.mark.parametrize("token", ["", "abc", stop_token(7, "meetings")[:-1], "WzgsIm0iXQ:x"])
def test_a_token_written_elsewhere_is_refused(token):
    with pytest.raises(BrokenLink):
        read_stop_token(token)

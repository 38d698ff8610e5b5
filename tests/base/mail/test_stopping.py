import pytest
from tests.factories.members import person

from serai.base.mail.stopping import BrokenLink, Stop, read_stop_token, stop_token, stop_topic


@pytest.mark.either_engine
def test_a_token_comes_back_whole():
    assert read_stop_token(stop_token(7, "meetings")) == Stop(7, "meetings")


@pytest.mark.either_engine
@pytest.mark.parametrize("token", ["", "abc", stop_token(7, "meetings")[:-1], "WzgsIm0iXQ:x"])
def test_a_token_written_elsewhere_is_refused(token):
    with pytest.raises(BrokenLink):
        read_stop_token(token)


@pytest.mark.django_db
def test_stopping_twice_is_stopping_once():
    reader = person()

    stop_topic(Stop(reader.pk, "meetings"))
    stop_topic(Stop(reader.pk, "meetings"))
    stop_topic(Stop(987_654_321, "meetings"))

    reader.refresh_from_db()
    assert reader.muted_topics == ["meetings"]

"""Sessions are found as Django finds them: one query, and never after their time."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from serai.base.sessions import SessionStore

pytestmark = pytest.mark.django_db


def saved(**values):
    store = SessionStore()
    store.update(values)
    store.save()
    return store.session_key


def test_a_session_is_found_by_its_key(django_assert_num_queries):
    key, _other = saved(seat="a"), saved(seat="b")

    with django_assert_num_queries(1):
        found = SessionStore(key)["seat"]

    assert found == "a"


def test_one_whose_time_is_over_is_none():
    key = saved(seat="a")
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))

    store = SessionStore(key)

    assert (dict(store.items()), store.session_key) == ({}, None)


def test_an_unknown_key_is_none():
    store = SessionStore("z" * 32)

    assert (dict(store.items()), store.session_key) == ({}, None)

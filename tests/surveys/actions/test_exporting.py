"""A file of answers is asked for once, and kept for its asker, by whoever may export."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.surveys import actions

pytestmark = pytest.mark.django_db
HOW = {"kind": "long", "with_labels": False, "language": "en", "now": make.NOON}


def test_asked_twice_is_one_job():
    wave, officer = make.wave(), people.viewer_with("officer")

    first = actions.ask_export(wave=wave, by=officer, **HOW)
    again = actions.ask_export(wave=wave, by=officer, **HOW)

    assert (again.id, first.is_new, again.is_new) == (first.id, True, False)


def test_a_file_is_kept_with_its_hash_in_the_audit():
    wave, officer = make.wave(), people.viewer_with("officer")

    stored = actions.keep_export(
        wave=wave, content=b"a,b", name="a.csv", media_type="text/csv", by=officer, now=make.NOON
    )

    assert (stored.received_by_id, stored.thing) == (
        officer.person_id, f"surveys.export:{wave.pk}",
    )  # fmt: skip
    assert AuditEntry.objects.get(verb="export").after == {"sha256": stored.sha256}


@pytest.mark.parametrize("role", ["lead", "focal_point", "contributor", "expert"])
def test_others_are_refused(role):
    wave, by = make.wave(), people.viewer_with(role)

    with pytest.raises(Denied):
        actions.ask_export(wave=wave, by=by, **HOW)
    with pytest.raises(Denied):
        actions.keep_export(
            wave=wave, content=b"", name="a.csv", media_type="text/csv", by=by, now=make.NOON
        )

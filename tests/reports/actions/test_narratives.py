import pytest
from tests.factories.members import person_with
from tests.factories.programme import STAFF, initiative
from tests.factories.reports import BLOCK, NOON, officer, run

from serai.base.access import Denied
from serai.base.text import TranslatedText
from serai.members.queries import viewer_of
from serai.programme import actions as programme
from serai.reports import actions
from serai.reports.actions import CannotMove, EditedMeanwhile
from serai.reports.states import RunState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def virtual(db):
    return initiative("virtual-carec")


def write(of, text: str, version: int, by=None):
    return actions.write_narrative(
        run=of, block=BLOCK, text=TranslatedText.of(text), version=version, by=by or officer(),
        now=NOON,
    )  # fmt: skip


def test_a_text_is_saved_with_author_and_day():
    made, by = run(), officer()

    kept = write(made, "First.", 0, by)

    assert (str(kept.text), kept.version, kept.author_name, kept.written_on.isoformat()) == (
        "First.", 1, by.name, "2021-06-30",
    )  # fmt: skip


def test_two_editors_get_both_texts():
    made = run()
    write(made, "Theirs.", 0)

    with pytest.raises(EditedMeanwhile) as both:
        write(made, "Mine.", 0)

    assert (str(both.value.theirs), str(both.value.mine), both.value.version) == (
        "Theirs.", "Mine.", 1,
    )  # fmt: skip
    assert str(made.narratives.get().text) == "Theirs."


def test_a_language_left_as_it_was_is_kept_as_behind():
    made = run(languages=["en", "ru"])
    both = TranslatedText.of("First.").with_text("ru", "Первое.")
    by = {"by": officer(), "now": NOON}
    actions.write_narrative(run=made, block=BLOCK, text=both, version=0, **by)

    kept = actions.write_narrative(
        run=made, block=BLOCK, text=both.with_text("en", "Second."), version=1, **by
    )

    assert [kept.text.state(code) for code in ("en", "ru")] == ["source", "behind"]


def test_a_cleared_run_is_closed_to_changes():
    with pytest.raises(CannotMove, match="closed to changes"):
        write(run(RunState.CLEARED), "Late.", 0)


def test_a_focal_point_writes_no_narrative():
    with pytest.raises(Denied):
        write(run(), "No.", 0, viewer_of(person_with("focal_point"), NOON))


def note(of, **told) -> None:
    carried = programme.Told(NOON.date(), "Records", **told)
    made = programme.draft_note(
        initiative=of, part="objective", text=TranslatedText.of("The note."), by=STAFF, now=NOON,
        told=carried,
    )  # fmt: skip
    programme.clear_note(note=made, by=STAFF, now=NOON, told=carried)


@pytest.mark.parametrize("sample", [False, True])
def test_the_latest_note_replaces_the_text(virtual, sample):
    made = run()
    write(made, "Mine.", 0)
    note(virtual, sample=sample)

    taken = actions.take_latest_note(run=made, block=BLOCK, by=officer(), now=NOON)

    assert (str(taken.text), taken.version, taken.sample) == ("The note.", 2, sample)


def test_own_words_over_a_sample_note_are_no_sample(virtual):
    note(virtual, sample=True)
    made = run()

    assert made.narratives.get().sample is True
    assert write(made, "Own.", 1).sample is False


def test_without_a_note_nothing_is_taken():
    with pytest.raises(CannotMove, match="no cleared note"):
        actions.take_latest_note(run=run(), block=BLOCK, by=officer(), now=NOON)


def test_a_closed_run_takes_no_note(virtual):
    note(virtual)

    with pytest.raises(CannotMove, match="closed to changes"):
        actions.take_latest_note(run=run(RunState.CLEARED), block=BLOCK, by=officer(), now=NOON)

from serai.reports.states import ALLOWED, OWNER, FileFormat, RunState


def test_every_state_has_its_followers_and_owner():
    assert set(ALLOWED) == set(OWNER) == set(RunState)


def test_a_run_goes_forward_one_step_back_and_never_on_after_withdrawal():
    assert {state.value: sorted(s.value for s in after) for state, after in ALLOWED.items()} == {
        "draft": ["in_review", "withdrawn"],
        "in_review": ["cleared", "draft", "withdrawn"],
        "cleared": ["in_review", "issued", "withdrawn"],
        "issued": ["withdrawn"],
        "withdrawn": [],
    }


def test_formats():
    assert [f.value for f in FileFormat] == ["html", "docx", "pdf"]

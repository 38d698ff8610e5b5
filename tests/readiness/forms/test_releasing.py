"""Forms of releases keep what was written and name what is wrong."""

from serai.readiness.forms.releasing import (
    AggregateForm,
    AskPlanForm,
    AskReleaseForm,
    ReasonForm,
)


def test_a_release_asks_for_whom_and_what_for():
    form = AskReleaseForm({"audience": "nobody"}, audiences=[("members", "members")])

    assert sorted(form.errors) == ["audience", "reason"]
    assert AskReleaseForm(audiences=[]).fields["audience"].initial is None


def test_a_plans_release_asks_for_a_country():
    assert sorted(AskPlanForm({}, countries=[("GEO", "Georgia")]).errors) == ["country", "reason"]


def test_a_reason_is_needed():
    assert sorted(ReasonForm({}).errors) == ["reason"]


def test_shares_may_be_of_all_countries():
    form = AggregateForm({"measure": "host"}, measures=[("host", "Host")], countries=[])

    assert form.is_valid()
    assert form.cleaned_data["countries"] == []

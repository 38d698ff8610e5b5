"""What each person is asked to do about readiness: one line a kind of thing, with how many."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.access import Viewer
from serai.base.pages import Todo
from serai.members.access import acts_for_country, is_officer, keys_after
from serai.readiness import access
from serai.readiness.models import Assessment, Duty, Provision, Recommendation
from serai.readiness.queries.assessments import staff_filter
from serai.readiness.queries.provision import of_desk
from serai.readiness.states import (
    AssessmentState,
    DutyKind,
    ProvisionState,
    RecommendationState,
)

A, P = AssessmentState, ProvisionState
CONCERNED = (
    "contributor", "lead", "focal_point", "deputy", "officer", "coordinator", "expert"
)  # fmt: skip


def _counted(
    rows: "QuerySet[Provision]", said: Callable[[int], str], verb: str, address: str
) -> Iterator[Todo]:
    """Yield one line for all rows, if there are any."""
    yield from _line(list(rows.values_list("sample", flat=True)), said, verb, address)


def _line(marks: list[bool], said: Callable[[int], str], verb: str, address: str) -> Iterator[Todo]:
    """Yield a line for so many things; it is marked where every one of them is sample."""
    if marks:
        yield Todo(said(len(marks)) % {"n": len(marks)}, verb, address, is_sample=all(marks))


def has_readiness(viewer: Viewer) -> bool:
    """Tell whether the room concerns a viewer: one query for whoever has no role in it."""
    if viewer.person_id is None:
        return False
    if any(viewer.holds(role) for role in CONCERNED):
        return True
    return Duty.objects.filter(person_id=viewer.person_id, ended_at=None).exists()


def todos(viewer: Viewer, now: datetime) -> list[Todo]:
    """Return what waits for a viewer, soonest due first."""
    if not has_readiness(viewer):
        return []
    found = [
        *_of_lead(viewer),
        *_of_country(viewer),
        *_of_officer(viewer, now.date()),
        *_of_hands(viewer),
    ]
    return sorted(found, key=lambda todo: (todo.due_at is None, str(todo.due_at or "")))


# ---------------------------------------------------------------- agencies
def _of_lead(viewer: Viewer) -> Iterator[Todo]:
    """Ask leads to look at results and to decide on advice, office by office."""
    if not viewer.holds("lead"):
        return
    waits = Recommendation.objects.filter(
        assessment=OuterRef("pk"), state=RecommendationState.PROPOSED
    )
    mine = Assessment.objects.filter(
        office__organisation_id__in=_organisations(viewer)
    ).select_related("office__organisation__member", "office__initiative")
    rows = mine.annotate(has_advice=Exists(waits)).filter(
        Q(state=A.UNDER_REVIEW, agreed_at=None) | Q(has_advice=True)
    )
    for one in rows.exclude(state=A.SUPERSEDED).order_by("due_on", "id"):
        address = reverse("readiness:office", args=[one.office.public_id])
        if access.may_answer_results(viewer, one) and one.agreed_at is None:
            said = _("Results of %(office)s") % {"office": one.office.name}
            yield Todo(said, _("Check"), address, one.due_on, is_sample=one.sample)
        elif one.state != A.UNDER_REVIEW:
            said = _("Advice to %(office)s") % {"office": one.office.name}
            yield Todo(said, _("Decide"), address, is_sample=one.sample)


def _organisations(viewer: Viewer) -> list[int]:
    return [int(one) for one in keys_after(viewer, "organisation")]


def _of_country(viewer: Viewer) -> Iterator[Todo]:
    """Ask focal points to agree to what is provided to their country."""
    if not viewer.holds("focal_point"):
        return
    countries = [one for one in keys_after(viewer, "country") if acts_for_country(viewer, one)]
    waiting = Provision.objects.filter(
        Q(country__iso3__in=countries) | Q(office__organisation__member__iso3__in=countries),
        state=P.PROPOSED,
    )
    yield from _counted(
        waiting,
        lambda n: ngettext("%(n)d delivery is proposed", "%(n)d deliveries are proposed", n),
        _("Agree"),
        reverse("readiness:deliveries"),
    )


# ---------------------------------------------------------------- secretariat and desk
def _of_officer(viewer: Viewer, today: date) -> Iterator[Todo]:
    """Ask officers to answer disputes, show and confirm results, check what is installed."""
    if not is_officer(viewer):
        return
    waiting = Assessment.objects.filter(
        staff_filter(viewer, "office__initiative__code"),
        Q(state=A.COLLECTING) & ~Q(dispute="")
        | Q(state=A.SCORED)
        | Q(state=A.UNDER_REVIEW) & (Q(due_on__lt=today) | Q(agreed_at__isnull=False)),
    )
    marks: dict[str, list[bool]] = {}
    for state, is_sample in waiting.values_list("state", "sample"):
        marks.setdefault(state, []).append(is_sample)
    address = reverse("readiness:offices")
    yield from _line(
        marks.get(A.COLLECTING, []),
        lambda n: ngettext("%(n)d result is disputed", "%(n)d results are disputed", n),
        _("Answer"), address,
    )  # fmt: skip
    yield from _line(
        marks.get(A.SCORED, []),
        lambda n: ngettext("%(n)d result is scored", "%(n)d results are scored", n),
        _("Show"), address,
    )  # fmt: skip
    yield from _line(
        marks.get(A.UNDER_REVIEW, []),
        lambda n: ngettext("%(n)d result may be confirmed", "%(n)d results may be confirmed", n),
        _("Confirm"), address,
    )  # fmt: skip
    yield from _counted(
        Provision.objects.filter(
            staff_filter(viewer, "office__initiative__code"), state=P.INSTALLED
        ),
        lambda n: ngettext("%(n)d delivery is installed", "%(n)d deliveries are installed", n),
        _("Verify"), reverse("readiness:deliveries"),
    )  # fmt: skip


def _of_hands(viewer: Viewer) -> Iterator[Todo]:
    """Ask technicians to install what has come, suppliers to deliver what was ordered."""
    duties = access.duties_of(viewer)
    address = reverse("readiness:deliveries")
    if DutyKind.TECHNICIAN in duties:
        yield from _counted(
            Provision.objects.filter(of_desk(), state=P.DELIVERED),
            lambda n: ngettext("%(n)d delivery has come", "%(n)d deliveries have come", n),
            _("Install"), address,
        )  # fmt: skip
    if DutyKind.SUPPLIER in duties:
        yield from _counted(
            Provision.objects.filter(state=P.ORDERED, supplier_id=viewer.person_id),
            lambda n: ngettext("%(n)d order is open", "%(n)d orders are open", n),
            _("Deliver"), address,
        )  # fmt: skip

"""What was delivered to offices, and whether it helped: for the report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.calc.readiness.conditions import Verdict
from serai.readiness.models import Assessment, Provision
from serai.readiness.queries.definitions import definition_in_use
from serai.readiness.queries.line_change import LineChange, line_changes
from serai.readiness.queries.provision import installed_on, proof
from serai.readiness.states import ProvisionState


@dataclass(frozen=True)
class Delivered:
    """One delivery of an office.

    Attributes:
        state: as of the report's day.
        shown: of its promises, how many a later assessment shows; `promised` is all of them.
        changes: of its line before and after; empty for what is no matter of the line.
    """

    public_id: str
    office: str
    office_name: str
    package: str
    name: str
    state: ProvisionState
    installed_on: date | None
    shown: int
    promised: int
    changes: tuple[LineChange, ...]


def delivered(viewer: Viewer, found: Iterable[Assessment], day: date) -> tuple[Delivered, ...]:
    """Return the deliveries of offices made by a day, by office and number; ten queries each.

    Those who do not read an office's tests read of its line nothing (`line_changes`).
    """
    offices = {one.office_id: place for place, one in enumerate(found)}
    definition = definition_in_use()
    language = get_language() or "en"
    names = {one.code: one.name for one in definition.packages} if definition else {}
    rows = (
        Provision.objects.filter(office__in=list(offices), made_at__date__lte=day)
        .select_related("office__organisation__member", "office__initiative", "room")
        .order_by("id")
    )
    told = []
    for one in sorted(rows, key=lambda one: (offices[one.office_id or 0], one.pk)):
        state = _state(one, day)
        if state is None or state is ProvisionState.CANCELLED or one.office is None:
            continue
        effects = proof(one).effects
        texts = names.get(one.package, {})
        on = installed_on(one)
        told.append(
            Delivered(
                one.public_id, one.office.public_id, one.office.name, one.package,
                TranslatedText.in_languages(texts).pick(language)[0] or one.package, state,
                on if on is not None and on <= day else None,
                sum(each.verdict is Verdict.PASSES for each in effects), len(effects),
                tuple(line_changes(viewer, one)),
            )
        )  # fmt: skip
    return tuple(told)


def _state(one: Provision, day: date) -> ProvisionState | None:
    """Return where a delivery stood at the end of a day; None before its first step."""
    step = one.steps.filter(at__date__lte=day).order_by("-id").first()
    return ProvisionState(step.state) if step else None

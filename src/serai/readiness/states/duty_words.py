"""The words of duties."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from serai.readiness.states import DutyKind

DUTIES: Mapping[str, object] = {
    DutyKind.TECHNICIAN: _("Technician"),
    DutyKind.SECURITY_READER: _("Security reader"),
    DutyKind.SUPPLIER: _("Supplier"),
}
HINTS: Mapping[str, object] = {
    DutyKind.TECHNICIAN: _("works at the help desk and moves deliveries"),
    DutyKind.SECURITY_READER: _("an officer who reads advice on security"),
    DutyKind.SUPPLIER: _("reads the orders given to them, and nothing else"),
}

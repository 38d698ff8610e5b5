"""All that is kept of one office, as tables packed into one file."""

from collections.abc import Iterable, Sequence

from serai.base.files.packing import packed
from serai.base.tables import Column, Table
from serai.readiness.exports.provision import provisions_table
from serai.readiness.queries import ProvisionRow
from serai.readiness.queries.runs import RunRow

RUN_COLUMNS = (
    "at", "source", "tool", "room", "point", "is_wired", "down_mbps", "up_mbps", "rtt_ms",
    "rtt_loaded_ms", "jitter_ms", "loss_percent", "udp", "r", "is_busy", "is_thin",
    "is_cut_short", "void_reason",
)  # fmt: skip


def runs_rows(rows: Iterable[RunRow]) -> Table:
    """Return every figure of an office's tests; columns keep their machine names."""
    kept = list(rows)
    return Table(
        title="tests",
        columns=[Column(name, name) for name in RUN_COLUMNS],
        rows=[[_plain(getattr(row, name)) for name in RUN_COLUMNS] for row in kept],
        sample=any(row.sample for row in kept),
    )


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if hasattr(value, "isoformat") else value


def office_archive(
    tables: Sequence[tuple[str, Table]], deliveries: Sequence[ProvisionRow]
) -> bytes:
    """Pack an office's tables, each as CSV under its name, and its deliveries."""
    whole = [*tables, ("deliveries", provisions_table(deliveries))]
    return packed((f"{name}.csv", table.to_csv()) for name, table in whole)

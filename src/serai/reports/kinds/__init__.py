"""The report kinds, listed by hand. A new kind: a folder here, and one line below."""

from serai.reports.kinds.kind import Kind
from serai.reports.kinds.progress.report import PROGRESS

KINDS: dict[str, Kind] = {kind.code: kind for kind in (PROGRESS,)}

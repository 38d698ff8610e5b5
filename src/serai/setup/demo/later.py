"""What the sample has besides offices and deliveries: events, help, releases.

A function here is given the sample's people by name and the moment; it enters what its topic has
to show, in the round's latest part, and stands in `LATER`.
"""

from collections.abc import Callable
from datetime import datetime

from serai.base.access import Viewer

LATER: tuple[Callable[[dict[str, Viewer], datetime], None], ...] = ()

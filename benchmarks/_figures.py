"""One line a figure: name, value, unit, target, ok or short. A bench that falls short ends with 1."""

import sys
from dataclasses import dataclass, field


@dataclass
class Board:
    """Collects the figures of one bench."""

    short: list[str] = field(default_factory=list)

    def say(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        most: float | None = None,
        least: float | None = None,
    ) -> None:
        """Print one figure and judge it; without a bound it is told and not judged."""
        is_short = (most is not None and value > most) or (least is not None and value < least)
        target = f"<={most:g}" if most is not None else f">={least:g}" if least is not None else "-"
        if is_short:
            self.short.append(name)
        print(
            f"{name:<44} {value:>10.2f} {unit:<8} {target:>9}  {'short' if is_short else 'ok'}",
            flush=True,
        )

    def end(self) -> None:
        """Leave with 1 where a figure fell short."""
        if self.short:
            print(f"{len(self.short)} short: {', '.join(self.short)}")
        sys.exit(bool(self.short))

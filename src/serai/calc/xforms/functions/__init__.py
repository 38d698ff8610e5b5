"""All functions that expressions may call, by name."""

from serai.calc.xforms.focus import Function
from serai.calc.xforms.functions import choices, dates, geo, nodes, numbers, text

FUNCTIONS: dict[str, Function] = {
    **nodes.FUNCTIONS,
    **numbers.FUNCTIONS,
    **text.FUNCTIONS,
    **dates.FUNCTIONS,
    **choices.FUNCTIONS,
    **geo.FUNCTIONS,
}

__all__ = ["FUNCTIONS"]

"""An address whose view wears no guard stops the start: `check`, `prepare_house`, the worker."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from serai.base.access import Door

DOORS = "doors"  # the check's tag


class Address(NamedTuple):
    """One address of the house: its route, its name with its room, the view and its guard."""

    route: str
    name: str
    view: str
    door: Door | None


def addresses(resolver: URLResolver | None = None) -> Iterator[Address]:
    """Give every address below a table of addresses, by default the house's own."""
    yield from _walk(resolver or get_resolver(), "/", "")


def _walk(resolver: URLResolver, route: str, space: str) -> Iterator[Address]:
    for item in resolver.url_patterns:
        path = route + str(item.pattern)
        if isinstance(item, URLPattern):
            view = item.callback
            name = f"{getattr(view, '__module__', '')}.{getattr(view, '__name__', repr(view))}"
            yield Address(path, f"{space}{item.name or '-'}", name, getattr(view, "door", None))
        else:
            yield from _walk(item, path, f"{item.namespace}:" if item.namespace else space)


@register(DOORS)
def every_address_wears_a_guard(app_configs: object, **kwargs: Any) -> list[Error]:
    """Name each address that anybody could open unasked."""
    return [
        Error(
            f"{bare.route} is open to everybody: its view {bare.view} wears no guard. "
            "Put @guard(may=...) on it (see serai.base.access).",
            id="serai.E001",
        )
        for bare in addresses()
        if bare.door is None
    ]

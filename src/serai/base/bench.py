"""The repair bench: rows of every room as they stand, read-only where no repair is named.

A room lists its tables in `admin.py`; `config` gathers them; the room `members` keeps the doors,
which open for an administrator within an open unlock alone. What a viewer may not read does not
stand on the bench either: `within` is the same filter as on the room's own pages. A foreign key is
shown as a number, never as the other row's words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import Field, Model, Q, QuerySet

from serai.base.access import NotFound, Viewer


def everything(viewer: Viewer) -> Q:
    """Return the filter of tables that hold no content."""
    return Q()


@dataclass(frozen=True)
class Shelf:
    """One table on the bench.

    Attributes:
        title: what the rows are, translated.
        columns: the fields shown, named one by one: a new field is not shown by itself.
        within: the filter of what this viewer may read.
        repairs: the fields an administrator may set right; usually none.
    """

    model: type[Model]
    title: object
    columns: tuple[str, ...]
    within: Callable[[Viewer], Q] = everything
    repairs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the table's name in addresses: `members.grant`."""
        return self.model._meta.label_lower

    @property
    def room(self) -> str:
        """Return the room that keeps it."""
        return self.model._meta.app_label

    def fields(self) -> list["Field[object, object]"]:
        """Return the fields shown, in order.

        Raises:
            ImproperlyConfigured: naming a column that is no field of the table itself.
        """
        try:
            found = [self.model._meta.get_field(name) for name in self.columns]
        except FieldDoesNotExist as error:
            raise ImproperlyConfigured(f"The bench of {self.name}: {error}.") from error
        fields = [one for one in found if isinstance(one, Field)]
        if len(fields) < len(found):
            raise ImproperlyConfigured(f"The bench of {self.name} names what others point at it.")
        return fields

    def rows(self, viewer: Viewer) -> QuerySet[Model]:
        """Return the rows this viewer may read, newest first."""
        return self.model._default_manager.filter(self.within(viewer)).order_by("-pk")

    def cells(self, row: Model) -> dict[str, object]:
        """Return a row's values by column, as `text_of` shows them."""
        return {found.name: text_of(found, row) for found in self.fields()}


@dataclass
class Bench:
    """Every table, by name; filled once at start."""

    shelves: dict[str, Shelf] = field(default_factory=dict)

    def fill(self, shelves: Iterable[Shelf]) -> None:
        """Put tables on the bench; each has its columns checked."""
        for shelf in shelves:
            shelf.fields()
            self.shelves[shelf.name] = shelf

    def shelf(self, name: str) -> Shelf:
        """Return one table.

        Raises:
            NotFound: if it is not on the bench.
        """
        if name not in self.shelves:
            raise NotFound(name)
        return self.shelves[name]

    def by_room(self) -> Mapping[str, list[Shelf]]:
        """Return the tables by room, in the order they were put down."""
        found: dict[str, list[Shelf]] = {}
        for shelf in self.shelves.values():
            found.setdefault(shelf.room, []).append(shelf)
        return found


BENCH = Bench()


def text_of(found: "Field[object, object]", row: Model) -> object:
    """Return a value as the bench shows it: days and moments as they are, the rest as text."""
    value = getattr(row, found.attname)
    if value is None or isinstance(value, date | datetime | int):
        return value
    return str(value)

"""Dependencies between milestones, their order, and the cycles that are refused."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heapify, heappop, heappush
from typing import Generic, TypeVar

Key = TypeVar("Key", int, str)


class LinkKind(StrEnum):
    """Which end of the one holds which end of the other."""

    FINISH_START = "FS"
    START_START = "SS"
    FINISH_FINISH = "FF"
    START_FINISH = "SF"


@dataclass(frozen=True, slots=True)
class Link(Generic[Key]):
    """A milestone comes after another, by so many calendar days (negative: may overlap)."""

    milestone: Key
    after: Key
    kind: LinkKind = LinkKind.FINISH_START
    lag_days: int = 0


class Cycle(ValueError):
    """Milestones that wait for each other.

    Attributes:
        path: the milestones in order of waiting, the first one again at the end.
    """

    path: tuple[int | str, ...]

    def __init__(self, path: Iterable[int | str]) -> None:
        self.path = tuple(path)
        super().__init__(" → ".join(str(key) for key in self.path))


def topological_order(keys: Iterable[Key], links: Sequence[Link[Key]]) -> tuple[Key, ...]:
    """Put every milestone after those it waits for; ties by key, so the order is stable.

    Args:
        keys: the milestones; ends of links that are not among them are added.
        links: the dependencies.
    Returns:
        Each key once.
    Raises:
        Cycle: naming the shortest circle found, beginning with its smallest key.
    """
    order, circle = _walk(keys, links)
    if circle:
        raise Cycle(circle)
    return order


def find_cycle(links: Sequence[Link[Key]]) -> tuple[Key, ...] | None:
    """Return the circle among dependencies, its first milestone repeated at the end, or None."""
    return _walk((), links)[1] or None


def _walk(
    keys: Iterable[Key], links: Sequence[Link[Key]]
) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    """Return the order, and the circle that keeps the rest out of it; empty if there is none."""
    followers: dict[Key, set[Key]] = {key: set() for key in keys}
    waiting: dict[Key, int] = defaultdict(int)
    for link in links:
        followers.setdefault(link.milestone, set())
        if link.milestone not in followers.setdefault(link.after, set()):
            followers[link.after].add(link.milestone)
            waiting[link.milestone] += 1
    ready = [key for key in followers if not waiting[key]]
    heapify(ready)
    order: list[Key] = []
    while ready:
        key = heappop(ready)
        order.append(key)
        for follower in followers[key]:
            waiting[follower] -= 1
            if not waiting[follower]:
                heappush(ready, follower)
    placed = set(order)
    left = {key: ends - placed for key, ends in followers.items() if key not in placed}
    return tuple(order), _circle(left) if left else ()


def _circle(followers: dict[Key, set[Key]]) -> tuple[Key, ...]:
    """Return a shortest circle through the smallest key that lies on one."""
    for start in sorted(followers):
        came_from: dict[Key, Key] = {}
        queue = [start]
        for key in queue:
            for follower in sorted(followers[key]):
                if follower == start:
                    return _path_back(came_from, start, key)
                if follower not in came_from:
                    came_from[follower] = key
                    queue.append(follower)
    raise AssertionError("milestones are left over only where they wait in a circle")


def _path_back(came_from: dict[Key, Key], start: Key, key: Key) -> tuple[Key, ...]:
    path: list[Key] = []
    while key != start:
        path.append(key)
        key = came_from[key]
    return (start,) + tuple(reversed(path)) + (start,)

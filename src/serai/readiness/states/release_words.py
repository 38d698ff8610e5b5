"""The words of releases, of shares of many, and of who read what."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from serai.base.shown import Mark
from serai.readiness.states import AggregateState, ReleaseState

RELEASES: Mapping[ReleaseState, tuple[str, object]] = {
    ReleaseState.ASKED: ("open", pgettext_lazy("release", "The country is asked")),
    ReleaseState.GRANTED: ("attention", pgettext_lazy("release", "Granted, not let out yet")),
    ReleaseState.RELEASED: ("done", pgettext_lazy("release", "Let out")),
    ReleaseState.DECLINED: ("planned", pgettext_lazy("release", "Declined")),
    ReleaseState.WITHDRAWN: ("planned", pgettext_lazy("release", "Withdrawn")),
}
AGGREGATES: Mapping[AggregateState, tuple[str, object]] = {
    AggregateState.RELEASED: ("part", pgettext_lazy("release", "For members")),
    AggregateState.PUBLISHED: ("done", pgettext_lazy("release", "For everybody")),
    AggregateState.WITHDRAWN: ("planned", pgettext_lazy("release", "Withdrawn")),
}
AUDIENCES = {
    "members": pgettext_lazy("readers", "members"),
    "public": pgettext_lazy("readers", "the public"),
}
WAYS = {
    "page": lazy("on a page"),
    "list": lazy("in a list"),
    "csv": lazy("as a CSV file"),
    "api": lazy("through the open API"),
    "xlsx": lazy("as an XLSX file"),
}
NONE, UNKNOWN = "none", "unknown"


def release_mark(state: str) -> Mark:
    """Return the mark of a release's state."""
    tone, word = RELEASES[ReleaseState(state)]
    return Mark(tone, str(word))


def aggregate_mark(state: str) -> Mark:
    """Return the mark of shares of many."""
    tone, word = AGGREGATES[AggregateState(state)]
    return Mark(tone, str(word))


def measure_words(measure: str, names: Mapping[str, str]) -> str:
    """Name what shares are of: the highest event, or the score of a dimension."""
    if measure == "host":
        return _("Highest event that organisations can host")
    if measure == "attend":
        return _("Highest event that organisations can attend")
    return _("Score of: %(name)s") % {"name": names.get(measure, measure)}


def category_words(category: str, names: Mapping[str, str]) -> str:
    """Name one category: an event, a band of scores, none, or not known."""
    if category == NONE:
        return _("no event")
    if category == UNKNOWN:
        return _("too little known")
    if category.isdigit():
        low = int(category)
        return _("%(low)d to %(high)d") % {"low": low, "high": low + 20}
    name = names.get(category, "")
    return f"{category}. {name}" if name else category

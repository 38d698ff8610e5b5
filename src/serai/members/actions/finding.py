"""Let people find members and organisations by their names."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import override

from serai.base import search
from serai.base.text import TranslatedText
from serai.members.access import MEMBERS, PUBLIC, SECRETARIAT, country_key, organisation_key
from serai.members.models import Member, Organisation
from serai.members.states import OrganisationState


def findable() -> Iterator[search.Findable]:
    """Return all that is found of this room, for building the index anew."""
    for member in Member.objects.order_by("id"):
        yield search.Findable(f"members.member:{member.pk}", partial(index_member, member))
    for one in Organisation.objects.select_related("member").order_by("id"):
        yield search.Findable(f"members.organisation:{one.pk}", partial(index_organisation, one))


def index_member(one: Member, now: datetime) -> None:
    """Index a member by its names and code: members are public facts."""
    _index(
        f"members.member:{one.pk}", one.shown_name, f"{one.names} {one.iso3}",
        ("members:member", one.iso3), frozenset({PUBLIC}), one.sample, now,
    )  # fmt: skip


def index_organisation(one: Organisation, now: datetime) -> None:
    """Index an organisation by its names for those who may see the list; a merged one no more."""
    thing = f"members.organisation:{one.pk}"
    search.remove(thing)
    if one.state == OrganisationState.MERGED:
        return
    keys = {MEMBERS, SECRETARIAT, organisation_key(one.pk)}
    keys |= {country_key(one.member.iso3)} if one.member else set()
    _index(
        thing, one.names, f"{one.short_name} {one.names}",
        ("members:organisation", one.public_id), frozenset(keys), one.sample, now,
    )  # fmt: skip


def forget(one: Organisation) -> None:
    """Let nobody find an organisation whose import is undone."""
    search.remove(f"members.organisation:{one.pk}")


def _index(
    thing: str,
    title: TranslatedText,
    text: str,
    page: tuple[str, str],
    keys: frozenset[str],
    sample: bool,
    now: datetime,
) -> None:
    """Write one entry for each language of the name."""
    for code, said, _state in title.texts:
        with override(code):
            address = reverse(page[0], args=[page[1]])
        search.index(
            thing=thing, language=code, title=said, text=f"{said} {text}", address=address,
            keys=keys, now=now, sample=sample,
        )  # fmt: skip

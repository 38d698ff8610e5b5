"""Audience keys, the filter of what a viewer may read, and which roles a viewer holds."""

from django.db.models import Q

from serai.base.access import Viewer
from serai.members.states import Audience, Role

# ---------------------------------------------------------------- keys
MEMBERS = "members"
PUBLIC = "public"
SECRETARIAT = "secretariat"
UNLOCKED = "unlocked"
"""Held by an administrator within an open unlock; it reads nothing by itself."""


def secretariat_key(initiative: str = "") -> str:
    """Return the key of one initiative's secretariat; without a code, of the whole programme's."""
    return f"{SECRETARIAT}:{initiative}" if initiative else SECRETARIAT


def expert_key(initiative: str, iso3: str) -> str:
    """Return the key of an expert of one initiative for one member."""
    return f"expert:{initiative}:{iso3}"


def country_key(iso3: str) -> str:
    """Return the key of a country's focal point and deputies."""
    return f"country:{iso3}"


def organisation_key(organisation_id: int) -> str:
    """Return the key of an organisation's own people."""
    return f"organisation:{organisation_id}"


def person_key(person_id: int) -> str:
    """Return the key of one person, to whom a thing may be shared by name."""
    return f"person:{person_id}"


def share_key(thing: str) -> str:
    """Return the key of one thing shared by name, such as `share:programme.paper:12`."""
    return f"share:{thing}"


def keys_after(viewer: Viewer, prefix: str) -> list[str]:
    """Return what follows a prefix in the viewer's keys, sorted: `country` gives ["GEO"]."""
    start = prefix + ":"
    return sorted(key.removeprefix(start) for key in viewer.keys if key.startswith(start))


# ---------------------------------------------------------------- reading
def visible(
    viewer: Viewer,
    *,
    audience: str | None = "audience",
    country: str | None = "country__iso3",
    organisation: str | None = "organisation_id",
    initiative: str | None = "initiative__code",
    thing: str | None = None,
) -> Q:
    """Return the filter that leaves only what this viewer may read.

    Args:
        viewer: who looks.
        audience: path to the field that holds an `Audience`.
        country: path to the ISO3 code of the member the thing is about; None if it has none.
        organisation: path to the id of the organisation that owns it; None if it has none.
        initiative: path to the initiative's code; None if it has none. A thing of no initiative
            belongs to the whole programme: at secretariat level only programme-wide officers and
            coordinators (key `secretariat`) read it.
        thing: label such as `programme.paper`; then things shared by name are let in too.

    Returns:
        A Q over the model of the paths. Combine with & before any other filter.
    """
    within = _levels(audience)
    allowed = within(Audience.PUBLIC)
    if MEMBERS in viewer.keys:
        allowed |= within(Audience.MEMBERS)
    if SECRETARIAT in viewer.keys:
        allowed |= within(Audience.SECRETARIAT, Audience.MEMBERS)
    allowed |= _of_initiatives(viewer, within, initiative, country)
    if country and (codes := keys_after(viewer, "country")):
        wide = (Audience.COUNTRY, Audience.SECRETARIAT, Audience.MEMBERS)
        allowed |= within(*wide) & Q(**{f"{country}__in": codes})
    if organisation and (numbers := keys_after(viewer, "organisation")):
        allowed |= Q(**{f"{organisation}__in": [int(number) for number in numbers]})
    if thing and (shared := keys_after(viewer, f"share:{thing}")):
        allowed |= Q(pk__in=[int(number) for number in shared if number.isdigit()])
    return allowed


class _Levels:
    """Builds the filter for some audiences at one path."""

    def __init__(self, path: str | None) -> None:
        self.path = path or "audience"

    def __call__(self, *audiences: Audience) -> Q:
        return Q(**{f"{self.path}__in": [audience.value for audience in audiences]})


def _levels(path: str | None) -> _Levels:
    return _Levels(path)


def _of_initiatives(
    viewer: Viewer, within: _Levels, initiative: str | None, country: str | None
) -> Q:
    """Return what initiative officers and experts read; an empty Q admits nothing more."""
    allowed = Q()
    if not initiative:
        return allowed
    levels = within(Audience.SECRETARIAT, Audience.MEMBERS)
    if codes := keys_after(viewer, SECRETARIAT):
        allowed |= levels & Q(**{f"{initiative}__in": codes})
    for pair in keys_after(viewer, "expert"):
        code, _, iso3 = pair.partition(":")
        here = Q(**{initiative: code})
        if country:
            allowed |= levels & here & Q(**{country: iso3})
            allowed |= within(Audience.MEMBERS) & here & Q(**{f"{country}__isnull": True})
        else:
            allowed |= within(Audience.MEMBERS) & here
    return allowed


def may_see_thing(
    viewer: Viewer,
    *,
    audience: str,
    iso3: str | None = None,
    organisation_id: int | None = None,
    initiative: str | None = None,
    thing: str = "",
) -> bool:
    """Answer for one thing what `visible` answers for many; `thing` is `programme.paper:12`."""
    keys = viewer.keys
    if audience == Audience.PUBLIC or (thing and share_key(thing) in keys):
        return True
    if organisation_id is not None and organisation_key(organisation_id) in keys:
        return True
    if audience == Audience.ORGANISATION:
        return False
    if iso3 and country_key(iso3) in keys:
        return True
    if audience == Audience.COUNTRY:
        return False
    if _sees_as_secretariat(keys, audience, iso3, initiative):
        return True
    return audience == Audience.MEMBERS and MEMBERS in keys


def _sees_as_secretariat(
    keys: frozenset[str], audience: str, iso3: str | None, initiative: str | None
) -> bool:
    if SECRETARIAT in keys:
        return True
    if not initiative:
        return False
    if secretariat_key(initiative) in keys:
        return True
    if iso3:
        return expert_key(initiative, iso3) in keys
    start = expert_key(initiative, "")
    return audience == Audience.MEMBERS and any(key.startswith(start) for key in keys)


def audience_keys(
    *,
    audience: str,
    iso3: str | None = None,
    organisation_id: int | None = None,
    initiative: str | None = None,
) -> frozenset[str]:
    """Return every key that opens a thing, for the search index and for change notices."""
    if audience == Audience.PUBLIC:
        return frozenset({PUBLIC})
    keys = {organisation_key(organisation_id)} if organisation_id is not None else set()
    if audience != Audience.ORGANISATION and iso3:
        keys.add(country_key(iso3))
    if audience in {Audience.SECRETARIAT, Audience.MEMBERS}:
        keys.add(SECRETARIAT)
        if initiative:
            keys |= {secretariat_key(initiative)}
            keys |= {expert_key(initiative, iso3)} if iso3 else set()
    if audience == Audience.MEMBERS:
        keys.add(MEMBERS)
    return frozenset(keys)


# ---------------------------------------------------------------- roles
def is_officer(viewer: Viewer, initiative: str | None = None) -> bool:
    """Tell whether the viewer is an officer or coordinator, of one initiative or of any."""
    return viewer.holds_any((Role.OFFICER, Role.COORDINATOR), initiative)


def is_programme_officer(viewer: Viewer) -> bool:
    """Tell whether the viewer is an officer or coordinator of the whole programme."""
    return bool({Role.OFFICER, Role.COORDINATOR} & viewer.roles)


def is_coordinator(viewer: Viewer, initiative: str | None = None) -> bool:
    """Tell whether the viewer is a coordinator, of one initiative or of any."""
    return viewer.holds(Role.COORDINATOR, initiative)


def is_programme_coordinator(viewer: Viewer) -> bool:
    """Tell whether the viewer is a coordinator of the whole programme."""
    return Role.COORDINATOR in viewer.roles


def is_focal_point(viewer: Viewer, iso3: str | None = None) -> bool:
    """Tell whether the viewer is a focal point, of one member or of any."""
    return viewer.holds(Role.FOCAL_POINT, iso3)


def acts_for_country(viewer: Viewer, iso3: str | None = None) -> bool:
    """Tell whether the viewer is a focal point or deputy, of one member or of any."""
    return viewer.holds_any((Role.FOCAL_POINT, Role.DEPUTY), iso3)


def acts_for_organisation(viewer: Viewer, organisation_id: int | None = None) -> bool:
    """Tell whether the viewer answers for an organisation, one or any."""
    scope = None if organisation_id is None else str(organisation_id)
    return viewer.holds_any((Role.LEAD, Role.CONTRIBUTOR), scope)


def is_lead(viewer: Viewer, organisation_id: int | None = None) -> bool:
    """Tell whether the viewer leads an organisation's work, one or any."""
    return viewer.holds(Role.LEAD, None if organisation_id is None else str(organisation_id))


def is_administrator(viewer: Viewer) -> bool:
    """Tell whether the viewer keeps the installation."""
    return viewer.holds(Role.ADMINISTRATOR)

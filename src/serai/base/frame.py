"""What frames every page: sections by right, languages, display choices. Higher floors plug in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from serai.base.characters import direction
from serai.base.zones import known_zones

THEMES = ("auto", "light", "dark")
TEXT_SIZES = ("normal", "large", "larger")
DISPLAY_COOKIE = "serai_display"
MOST_SECTIONS = 6


@dataclass(frozen=True)
class Section:
    """One entry of the masthead: a room the viewer may enter."""

    title: str
    address: str
    is_current: bool = False


@dataclass(frozen=True)
class LanguageChoice:
    """The same page in another language."""

    code: str
    name: str
    address: str
    is_current: bool
    direction: str


@dataclass(frozen=True)
class Display:
    """How this reader wants pages shown; an empty time zone is the programme's."""

    theme: str = "auto"
    text_size: str = "normal"
    time_zone: str = ""


@dataclass(frozen=True)
class Programme:
    """Whose installation this is, in the reader's language."""

    name: str = ""
    short_name: str = "Serai"
    time_zone: str = "UTC"


@dataclass(frozen=True)
class Links:
    """Pages of higher floors the masthead and footer lead to; empty when a page is absent."""

    home: str
    search: str
    inbox: str
    me: str
    sign_in: str
    help: str
    display: str


@dataclass(frozen=True)
class Frame:
    """All that `layout.html` shows around a page."""

    programme: Programme
    sections: tuple[Section, ...]
    languages: tuple[LanguageChoice, ...]
    language: str
    direction: str
    display: Display
    time_zone: str
    links: Links
    is_trial: bool

    @property
    def written_as(self) -> str:
        """Return the language tag of the page; a pseudo-language is English in disguise."""
        return f"en-x-{self.direction}" if self.language.startswith("xx") else self.language


def own_display(request: HttpRequest) -> Display | None:
    """Return what a signed-in person chose, on whichever device; None for visitors."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or not viewer.is_signed_in:
        return None
    person = getattr(request, "user", None)
    return Display(
        theme=known(getattr(person, "theme", ""), THEMES),
        text_size=known(getattr(person, "text_size", ""), TEXT_SIZES),
    )


def known(word: str, words: tuple[str, ...]) -> str:
    """Return a word that is one of several, else the first of them."""
    return word if word in words else words[0]


@dataclass
class Hooks:
    """What higher floors plug in once at start (see `serai.config`)."""

    sections: Callable[[HttpRequest], tuple[Section, ...]] = field(default=lambda request: ())
    programme: Callable[[HttpRequest], Programme] = field(default=lambda request: Programme())
    display: Callable[[HttpRequest], Display | None] = field(default=own_display)
    keep_display: Callable[[HttpRequest, Display, str], bool] = field(
        default=lambda request, display, language: False
    )


HOOKS = Hooks()


def address_of(name: str) -> str:
    """Return a page's address, or nothing where its room is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def in_language(path: str, code: str) -> str:
    """Return the same address under another language prefix."""
    first, slash, rest = path.lstrip("/").partition("/")
    known = {known for known, _ in settings.LANGUAGES}
    return f"/{code}/{rest}" if first in known and slash else f"/{code}/"


def read_display(text: str) -> Display:
    """Read the display cookie; whatever is not known falls back to the default."""
    theme, _, rest = text.partition("!")
    size, _, zone = rest.partition("!")
    return Display(
        theme=known(theme, THEMES),
        text_size=known(size, TEXT_SIZES),
        time_zone=zone if zone in known_zones() else "",
    )


def write_display(display: Display) -> str:
    """Write the display cookie's text."""
    return f"{display.theme}!{display.text_size}!{display.time_zone}"


def display_of(request: HttpRequest) -> Display:
    """Return the signed-in person's choice, which goes with them; a visitor's is this computer's.

    The time zone chosen is always this computer's: the account has one of its own beside it.
    """
    own, here = HOOKS.display(request), read_display(request.COOKIES.get(DISPLAY_COOKIE, ""))
    return replace(own, time_zone=here.time_zone) if own is not None else here


def time_zone_of(request: HttpRequest) -> str:
    """Return the zone in which this reader sees times: own, chosen here, or the programme's."""
    chosen = display_of(request).time_zone
    viewer = getattr(request, "viewer", None)
    if chosen or viewer is None:
        return chosen or "UTC"
    return viewer.time_zone if viewer.is_signed_in else HOOKS.programme(request).time_zone


def zone(name: str) -> ZoneInfo:
    """Return a time zone, UTC where the name is not known."""
    return ZoneInfo(name if name in known_zones() else "UTC")


def build(request: HttpRequest) -> Frame:
    """Gather the frame of one page."""
    language = get_language() or settings.LANGUAGE_CODE
    path = request.get_full_path()
    return Frame(
        programme=HOOKS.programme(request),
        sections=HOOKS.sections(request)[:MOST_SECTIONS],
        languages=tuple(
            LanguageChoice(
                code=code,
                name=name,
                address=in_language(path, code),
                is_current=code == language,
                direction=direction(code),
            )
            for code, name in settings.LANGUAGES
        ),
        language=language,
        direction=direction(language),
        display=display_of(request),
        time_zone=time_zone_of(request),
        links=Links(
            home=address_of("home:page"),
            search=address_of("home:search"),
            inbox=address_of("home:inbox"),
            me=address_of("members:me"),
            sign_in=address_of("members:sign_in"),
            help=address_of("home:help"),
            display=address_of("base:display"),
        ),
        is_trial=getattr(settings, "MODE", "trial") == "trial",
    )


def context(request: HttpRequest) -> Mapping[str, object]:
    """Return what every template gets beside its own context."""
    return {
        "viewer": getattr(request, "viewer", None),
        "now": getattr(request, "now", None),
        "frame": build(request),
    }

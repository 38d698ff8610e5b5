"""Find things by words: our own tokens, the database's own index, and audience keys.

One tokeniser serves both engines, so that both find the same things in the same order: entries
with every word in the title, then those with one of them there, then the rest; newest first.
"""

import functools
import hashlib
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import snowballstemmer
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from serai.base.access import Viewer
from serai.base.models import SearchEntry, SearchKey

BREVE = "\u0306"
SHORT_WORD = 6
MOST_QUERY_WORDS = 8
MOST_HITS = 200
FEW = 1_000  # matches that are sorted here rather than by the index
STEMMERS = {"en": "english", "ru": "russian"}
_DROPPED = re.compile("['’ʻʼ]")
_WORDS = re.compile(r"[^\W_]+(?:\u0306[^\W_]*)*")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(f"([{_CJK}]+)")
_CYRILLIC = re.compile("[а-яё]")
_LATIN = re.compile("[a-z]")


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    thing: str
    language: str
    title: str
    address: str
    is_sample: bool
    updated_at: datetime


@dataclass(frozen=True)
class Findable:
    """One thing that a room lets people find: its name, and what writes its entries."""

    thing: str
    index: Callable[[datetime], None]


@dataclass
class Hooks:
    """What higher floors plug in: all that each room lets people find."""

    rooms: list[Callable[[], Iterable[Findable]]] = field(default_factory=list)


HOOKS = Hooks()


@functools.cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMERS[language])


@functools.lru_cache(maxsize=20_000)
def _cut(word: str, language: str) -> str:
    """Return the part of a word that its forms share.

    Signs decide between the two stemmers: a Russian word in an English text is still Russian.
    """
    if any(sign.isdigit() for sign in word):
        return word
    if language in STEMMERS:
        if _CYRILLIC.match(word):
            return str(_stemmer("ru").stemWord(word))
        if _LATIN.match(word):
            return str(_stemmer("en").stemWord(word))
    return word[:SHORT_WORD]


def _bare(text: str) -> str:
    """Compose, fold case, drop apostrophes and marks; keep the breve of й."""
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", text).casefold())
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    kept = (sign for sign in apart if sign == BREVE or unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFC", "".join(kept))


def tokens(text: str, language: str, *, indexing: bool = False) -> list[str]:
    """Return a text's tokens in reading order.

    Chinese and Japanese runs become pairs of signs; an index holds the single signs too.
    """
    found: list[str] = []
    for word in _WORDS.findall(_bare(text)):
        for part in _RUNS.split(word):
            if not part:
                continue
            if _RUNS.match(part):
                found += _pairs(part, indexing=indexing)
            else:
                found.append(_cut(part, language))
    return found


def _pairs(run: str, *, indexing: bool) -> Iterator[str]:
    if indexing or len(run) == 1:
        yield from run
    yield from (run[place : place + 2] for place in range(len(run) - 1))


@dataclass(frozen=True)
class Asked:
    """One asked word: how found words start, or, from languages we cannot stem, are cut."""

    start: str
    cut: str


def asked_words(words: str, language: str) -> list[Asked]:
    """Return what was asked for, each word once."""
    whole = [part for word in _WORDS.findall(_bare(words)) for part in _RUNS.split(word) if part]
    found: dict[str, Asked] = {}
    for part in whole:
        for token in tokens(part, language):
            cut = part[:SHORT_WORD] if len(token) > SHORT_WORD else ""
            found[token] = Asked(token, cut)
    return list(found.values())[:MOST_QUERY_WORDS]


def key_token(key: str) -> str:
    """Return an audience key as a token; no word starts with its first sign."""
    return "_" + hashlib.sha256(key.encode()).hexdigest()[:24]


def _never_public(key: str) -> str:
    return "members" if key == "public" else key


def index(
    *,
    thing: str,
    language: str,
    title: str,
    text: str,
    address: str,
    keys: Iterable[str],
    now: datetime,
    sample: bool = False,
) -> SearchEntry:
    """Let those who hold one of the keys find a thing in one language; sample is never public."""
    keys = sorted({_never_public(key) if sample else key for key in keys})
    title_tokens = _joined(tokens(title, language, indexing=True))
    entry, _ = SearchEntry.objects.update_or_create(
        thing=thing,
        language=language,
        defaults={
            "title": title[:300],
            "title_tokens": title_tokens,
            "tokens": _joined(tokens(text, language, indexing=True)),
            "key_tokens": _joined(key_token(key) for key in keys),
            "address": address,
            "sample": sample,
            "updated_at": now,
            "rank": _free_rank(thing, language, now),
        },
    )
    entry.keys.exclude(key__in=keys).delete()
    SearchKey.objects.bulk_create(
        [SearchKey(entry=entry, key=key) for key in keys], ignore_conflicts=True
    )
    return entry


def _joined(found: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(found))


def rank_of(thing: str, language: str, now: datetime) -> int:
    """Return the place in "newest first": the second, then a number of the thing."""
    number = zlib.crc32(f"{thing} {language}".encode()) & 0x7FFF_FFFF
    return (int(now.timestamp()) << 31) | number


def _free_rank(thing: str, language: str, now: datetime) -> int:
    rank = rank_of(thing, language, now)
    others = SearchEntry.objects.exclude(thing=thing, language=language)
    while others.filter(rank=rank).exists():
        rank += 1
    return rank


def remove(thing: str) -> None:
    """Let nobody find a thing any more, in any language."""
    SearchEntry.objects.filter(thing=thing).delete()


def rebuild(*, now: datetime) -> int:
    """Write the whole index anew from the rooms, each thing in its old place among the newest.

    Returns:
        How many things can be found.
    """
    known = dict(SearchEntry.objects.order_by("rank").values_list("thing", "updated_at"))
    left = set(known)
    for room in HOOKS.rooms:
        for one in room():
            with transaction.atomic():
                remove(one.thing)
                one.index(known.get(one.thing, now))
            left.discard(one.thing)
    for thing in sorted(left):
        remove(thing)
    return SearchEntry.objects.values("thing").distinct().count()


def search(viewer: Viewer, words: str, language: str, limit: int = 20) -> list[Hit]:
    """Return what the viewer may find whose text holds every word or one that starts so.

    Args:
        viewer: whose keys must meet the entry's keys.
        words: what was typed; at most 8 tokens count.
        language: the reader's; it decides how the words are cut.
        limit: at most 200 hits.
    Returns:
        One hit a thing, in the reader's language where the thing has it.
    """
    asked = asked_words(words, language)
    limit = max(1, min(limit, MOST_HITS))
    if not asked or not viewer.keys:
        return []
    hits: dict[str, Hit] = {}
    for ranks in _groups(asked, sorted(viewer.keys), 2 * limit):
        for hit in _seen(viewer, ranks):
            first = hits.get(hit.thing)
            if first is None or (hit.language == language and first.language != language):
                hits[hit.thing] = hit
        if len(hits) >= limit:
            break
    return list(hits.values())[:limit]


def addresses(viewer: Viewer, things: Sequence[str], language: str) -> dict[str, str]:
    """Return where things are shown, of those the viewer may find; in the reader's language if any."""
    if not things:
        return {}
    entries = SearchEntry.objects.filter(_opened_to(viewer), thing__in=things)
    found: dict[str, str] = {}
    for thing, code, address in entries.order_by("id").values_list("thing", "language", "address"):
        if thing not in found or code == language:
            found[thing] = address
    return found


def _opened_to(viewer: Viewer) -> Exists:
    return Exists(SearchKey.objects.filter(entry=OuterRef("pk"), key__in=viewer.keys))


def _seen(viewer: Viewer, ranks: Sequence[int]) -> Iterator[Hit]:
    """Read the entries found, once more held against their keys."""
    entries = SearchEntry.objects.filter(_opened_to(viewer), rank__in=ranks)
    for entry in entries.order_by("-rank"):
        yield Hit(
            thing=entry.thing,
            language=entry.language,
            title=entry.title,
            address=entry.address,
            is_sample=entry.sample,
            updated_at=entry.updated_at,
        )


def _groups(asked: list[Asked], keys: list[str], limit: int) -> Iterator[list[int]]:
    """Give the ranks of three groups: all words in the title, some of them, none.

    Few matches are sorted here; of many the index gives the newest of each group.
    """
    words = _SqliteWords if connection.vendor == "sqlite" else _PostgresWords
    query = words(asked, [key_token(key) for key in keys])
    with connection.cursor() as cursor:
        cursor.execute(query.whole, [*query.whole_values, FEW])
        few = sorted(cursor.fetchall(), reverse=True)
        if len(few) < FEW:
            for group in (2, 1, 0):
                yield [rank for rank, title in few if _title_group(title, asked) == group][:limit]
            return
        for condition, values in query.groups():
            cursor.execute(condition, [*values, limit])
            yield [row[0] for row in cursor.fetchall()]


def _title_group(title_tokens: str, asked: list[Asked]) -> int:
    """Return 2 for all words in the title, 1 for some, 0 for none."""
    held = title_tokens.split()
    hits = [
        any(token.startswith(word.start) or token == word.cut for token in held) for word in asked
    ]
    return 2 if all(hits) else int(any(hits))


class _SqliteWords:
    """The questions in FTS5's own language."""

    whole = (
        "SELECT entry.rank, entry.title_tokens FROM base_search_words"
        " JOIN base_searchentry entry ON entry.rank = base_search_words.rowid"
        " WHERE base_search_words MATCH %s LIMIT %s"
    )
    ask = (
        "SELECT rowid FROM base_search_words"
        " WHERE base_search_words MATCH %s ORDER BY rowid DESC LIMIT %s"
    )

    def __init__(self, asked: list[Asked], keys: list[str]) -> None:
        starts = [
            f'("{word.start}"* OR "{word.cut}")' if word.cut else f'"{word.start}"*'
            for word in asked
        ]
        self.visible = "{key_tokens} : (" + " OR ".join(f'"{key}"' for key in keys) + ")"
        self.everywhere = "{title_tokens tokens} : (" + " AND ".join(starts) + ")"
        self.all_title = "{title_tokens} : (" + " AND ".join(starts) + ")"
        self.some_title = "{title_tokens} : (" + " OR ".join(starts) + ")"
        self.whole_values = [f"{self.everywhere} AND {self.visible}"]

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        yield self.ask, [f"{self.all_title} AND {self.visible}"]
        both = f"({self.everywhere} AND {self.some_title}) NOT {self.all_title}"
        yield self.ask, [f"({both}) AND {self.visible}"]
        yield self.ask, [f"({self.everywhere} NOT {self.some_title}) AND {self.visible}"]


class _PostgresWords:
    """The questions in tsquery's language."""

    whole = "SELECT rank, title_tokens FROM base_searchentry WHERE words @@ %s::tsquery LIMIT %s"
    ask = "SELECT rank FROM base_searchentry WHERE {} ORDER BY rank DESC LIMIT %s"

    def __init__(self, asked: list[Asked], keys: list[str]) -> None:
        starts = [
            f"('{word.start}':* | '{word.cut}')" if word.cut else f"'{word.start}':*"
            for word in asked
        ]
        self.visible = " | ".join(f"'{key}'" for key in keys)
        self.all = " & ".join(starts)
        self.some = " | ".join(starts)
        self.everywhere = f"({self.all}) & ({self.visible})"
        self.whole_values = [self.everywhere]

    def groups(self) -> Iterator[tuple[str, list[str]]]:
        title, words = "title_words @@ %s::tsquery", "words @@ %s::tsquery"
        yield self.ask.format(f"{title} AND {words}"), [self.all, f"({self.visible})"]
        yield (
            self.ask.format(f"{words} AND {title} AND NOT {title}"),
            [self.everywhere, self.some, self.all],
        )
        yield self.ask.format(f"{words} AND NOT {title}"), [self.everywhere, self.some]

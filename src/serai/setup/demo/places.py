"""Where the sample's offices stand: real cities, offices that do not exist."""

from dataclasses import dataclass

from serai.setup.demo.people import further_code

# Country, its names, and four cities with latitude and longitude in degrees.
COUNTRIES = (
    ("AFG", "Afghanistan", "Афганистан",
     (("Kabul", 34.5, 69.2), ("Herat", 34.3, 62.2), ("Mazar-i-Sharif", 36.7, 67.1), ("Kandahar", 31.6, 65.7))),
    ("AZE", "Azerbaijan", "Азербайджан",
     (("Baku", 40.4, 49.9), ("Ganja", 40.7, 46.4), ("Sumgait", 40.6, 49.7), ("Lankaran", 38.8, 48.9))),
    ("CHN", "People's Republic of China", "Китайская Народная Республика",
     (("Beijing", 39.9, 116.4), ("Urumqi", 43.8, 87.6), ("Hohhot", 40.8, 111.7), ("Kashgar", 39.5, 76.0))),
    ("GEO", "Georgia", "Грузия",
     (("Tbilisi", 41.7, 44.8), ("Batumi", 41.6, 41.6), ("Kutaisi", 42.3, 42.7), ("Poti", 42.1, 41.7))),
    ("KAZ", "Kazakhstan", "Казахстан",
     (("Astana", 51.2, 71.4), ("Almaty", 43.2, 76.9), ("Aktau", 43.7, 51.2), ("Shymkent", 42.3, 69.6))),
    ("KGZ", "Kyrgyz Republic", "Кыргызская Республика",
     (("Bishkek", 42.9, 74.6), ("Osh", 40.5, 72.8), ("Karakol", 42.5, 78.4), ("Naryn", 41.4, 76.0))),
    ("MNG", "Mongolia", "Монголия",
     (("Ulaanbaatar", 47.9, 106.9), ("Darkhan", 49.5, 105.9), ("Erdenet", 49.0, 104.1), ("Choibalsan", 48.1, 114.5))),
    ("PAK", "Pakistan", "Пакистан",
     (("Islamabad", 33.7, 73.1), ("Karachi", 24.9, 67.0), ("Lahore", 31.5, 74.3), ("Peshawar", 34.0, 71.5))),
    ("TJK", "Tajikistan", "Таджикистан",
     (("Dushanbe", 38.6, 68.8), ("Khujand", 40.3, 69.6), ("Bokhtar", 37.8, 68.8), ("Khorog", 37.5, 71.6))),
    ("TKM", "Turkmenistan", "Туркменистан",
     (("Ashgabat", 37.9, 58.4), ("Turkmenbashi", 40.0, 53.0), ("Mary", 37.6, 61.8), ("Dashoguz", 41.8, 60.0))),
    ("UZB", "Uzbekistan", "Узбекистан",
     (("Tashkent", 41.3, 69.3), ("Samarkand", 39.7, 67.0), ("Bukhara", 39.8, 64.4), ("Nukus", 42.5, 59.6))),
)  # fmt: skip
# The head office and a branch of the first agency, and one office of each of two more.
SEATS = (("a", ""), ("a", "branch"), ("b", ""), ("c", ""))
# A further agency, which has not answered to the end.
LATE = "d"


@dataclass(frozen=True)
class Place:
    """One office of the sample.

    Attributes:
        letter: of its agency; with the country it names the organisation.
        key: of the office; "" for the agency's head office.
    """

    iso3: str
    english: str
    russian: str
    letter: str
    key: str
    city: str
    latitude: float
    longitude: float

    @property
    def organisation(self) -> str:
        """Return the code of its agency."""
        return further_code(self.letter, self.iso3)

    @property
    def name(self) -> str:
        """Return the office's name, as its answers give it."""
        return f"Sample office {self.letter.upper()}, {self.city}"

    @property
    def seed(self) -> str:
        """Return what its dice are named by: each office is the same whatever comes before it."""
        return f"{self.organisation}/{self.key}"


def places() -> tuple[Place, ...]:
    """Return the offices whose answers are in, four a country."""
    return tuple(
        Place(iso3, english, russian, letter, key, *city)
        for iso3, english, russian, cities in COUNTRIES
        for (letter, key), city in zip(SEATS, cities, strict=True)
    )


def late_places() -> tuple[Place, ...]:
    """Return offices that have not answered, or not to the end: one of every other country."""
    return tuple(
        Place(iso3, english, russian, LATE, "", *cities[0])
        for iso3, english, russian, cities in COUNTRIES[::2]
    )

"""Rows for a house: enough kinds of columns to prove that each arrives as it left."""

from datetime import UTC, datetime

from serai.base.text import TranslatedText
from serai.members.models import Member, Person


def fill(alias: str) -> None:
    """Three members and a person, with text beyond ASCII, JSON and moments."""
    for order, (iso3, name, zone) in enumerate(
        (
            ("GEO", "საქართველო", "Asia/Tbilisi"),
            ("KAZ", "Қазақстан", "Asia/Almaty"),
            ("PAK", "پاکستان", "Asia/Karachi"),
        ),
        1,
    ):
        Member.objects.using(alias).create(
            iso3=iso3,
            names=TranslatedText.of(name),
            short_name=TranslatedText.of(name),
            languages=["en", "ru"],
            time_zone=zone,
            order=order,
        )
    Person.objects.using(alias).create(
        email="aigul@agency.example",
        full_name="Айгүл Sample",
        joined_at=datetime(2021, 6, 30, 12, 0, 0, 123456, tzinfo=UTC),
    )

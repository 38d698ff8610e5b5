"""Currencies in which a price may be given."""

CURRENCIES = (
    "USD", "EUR", "AFN", "AZN", "CHF", "CNY", "GBP", "GEL", "INR", "JPY", "KGS", "KZT", "MNT",
    "PKR", "RUB", "TJS", "TMT", "TRY", "UZS",
)  # fmt: skip
"""ISO 4217: the two that programmes count in, then those of members and usual sellers."""

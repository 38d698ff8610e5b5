"""Serai: the platform of a regional cooperation programme's secretariat."""

__version__ = "0.1.0"

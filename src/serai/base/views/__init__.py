"""Doors of the base."""

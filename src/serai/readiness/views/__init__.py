"""Doors of the room readiness."""

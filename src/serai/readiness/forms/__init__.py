"""Input of the room readiness."""

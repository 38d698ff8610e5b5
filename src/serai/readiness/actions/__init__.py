"""Every change in the room readiness."""

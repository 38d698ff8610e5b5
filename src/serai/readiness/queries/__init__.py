"""Every read of the room readiness."""

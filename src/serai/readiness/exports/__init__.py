"""Tables of the room readiness, for pages and files."""

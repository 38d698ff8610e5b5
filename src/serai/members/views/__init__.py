"""The doors of the room, one file per noun."""

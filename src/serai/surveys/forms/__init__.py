"""Clean input of the room surveys; never saves."""

"""Pure calculation: no Django, no clock, no files, no network."""

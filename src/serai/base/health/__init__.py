"""Whether the house lives, is ready, and is well; and its figures for a collector."""

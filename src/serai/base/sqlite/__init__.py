"""SQLite as a small house needs it: many people may write, one after another, in the order they came."""

"""Lists of the room readiness as tables: on pages, as CSV and XLSX."""

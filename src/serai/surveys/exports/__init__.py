"""The room's lists as tables: on pages, as CSV and XLSX; and lists that are read."""

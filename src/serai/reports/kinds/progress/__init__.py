"""The progress report to senior officials; see `README.md`."""

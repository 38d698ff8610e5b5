"""The assessment report on readiness for virtual events; see `README.md`."""

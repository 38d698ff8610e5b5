"""Models of the reports room."""

from serai.reports.models.run import CountryRemark, Narrative, Run, RunFile

__all__ = ["CountryRemark", "Narrative", "Run", "RunFile"]

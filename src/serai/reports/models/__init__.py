"""Models of the reports room."""

from serai.reports.models.run import CountryRemark, HeldFile, Narrative, Run, RunDraft, RunFile

__all__ = ["CountryRemark", "HeldFile", "Narrative", "Run", "RunDraft", "RunFile"]

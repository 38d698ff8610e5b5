"""What the sample jobs left behind."""

from serai.base.models import AuditEntry, Job


def effects(verb="effect"):
    return list(AuditEntry.objects.filter(verb=verb).order_by("id").values_list("thing", flat=True))


def only_job():
    return Job.objects.get()

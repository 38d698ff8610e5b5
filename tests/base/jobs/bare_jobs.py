"""A task for django-tasks-db alone, to compare with."""

from django_tasks import task


@task
def bare() -> None:
    """Do nothing."""

"""Who is told what about reports: pure builders of messages."""

from collections.abc import Iterable

from django.urls import reverse

from serai.base.mail import Attachment, Message
from serai.members.queries import people_with_role
from serai.reports.models import Run
from serai.reports.states import FileFormat

PDF_LIMIT_BYTES = 2 * 1024 * 1024

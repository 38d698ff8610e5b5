"""Addresses of the room home."""

from django.urls import path

from serai.home.views import help as help_pages
from serai.home.views import home, inbox, own, search, status

app_name = "home"
urlpatterns = [
    path("", home.page, name="page"),
    path("search/", search.search, name="search"),
    path("help/", help_pages.help_page, name="help"),
    path("to-do/", own.todos, name="todos"),
    path("shared/", own.shared, name="shared"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("status/", status.status, name="status"),
    path("status/jobs/", status.jobs, name="jobs"),
    path("status/jobs/<slug:number>/", status.job, name="job"),
    path("status/jobs/<slug:number>/cancel/", status.job_cancel, name="job_cancel"),
    path("status/jobs/<slug:number>/again/", status.job_again, name="job_again"),
    path("status/mail/", status.mail, name="mail"),
    path("status/mail/<int:number>/again/", status.mail_again, name="mail_again"),
    path("status/audit/", status.audit, name="audit"),
]

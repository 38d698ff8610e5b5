"""The one table of addresses."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("serai.base.health.urls")),
    *i18n_patterns(
        path("", include("serai.home.urls")),
        path("members/", include("serai.members.urls")),
        path("programme/", include("serai.programme.urls")),
        path("reports/", include("serai.reports.urls")),
        path("", include("serai.base.urls")),
    ),
]
handler400 = "serai.base.errors.bad_request"
handler403 = "serai.base.errors.forbidden"
handler404 = "serai.base.errors.not_found"
handler500 = "serai.base.errors.broken"

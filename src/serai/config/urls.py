"""The one table of addresses."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from serai.config import api
from serai.members.urls import account_urlpatterns, service_urlpatterns
from serai.surveys.urls import collect_urlpatterns

urlpatterns = [
    path("", include("serai.base.health.urls")),
    *service_urlpatterns,
    *collect_urlpatterns,
    path("api/v1/", api.urls),
    *i18n_patterns(
        path("", include("serai.home.urls")),
        path("members/", include("serai.members.urls")),
        path("members/", include(account_urlpatterns)),
        path("programme/", include("serai.programme.urls")),
        path("surveys/", include("serai.surveys.urls")),
        path("reports/", include("serai.reports.urls")),
        path("", include("serai.base.urls")),
    ),
]
handler400 = "serai.base.errors.bad_request"
handler403 = "serai.base.errors.forbidden"
handler404 = "serai.base.errors.not_found"
handler500 = "serai.base.errors.broken"

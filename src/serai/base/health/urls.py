"""Addresses without a language, asked by machines."""

from django.urls import path

from serai.base.health import doors

app_name = "health"
urlpatterns = [
    path("health/live", doors.live, name="live"),
    path("health/ready", doors.ready, name="ready"),
    path("health/deep", doors.deep, name="deep"),
    path("metrics", doors.metrics, name="metrics"),
]

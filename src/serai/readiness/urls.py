"""Addresses of the room readiness, grouped by screen."""

from django.urls import path

from serai.readiness.views import points
from serai.readiness.views import testing as tests

app_name = "readiness"

# ---------------------------------------------------------------- connection tests
testing = [
    path("tests/", tests.tests, name="tests"),
    path("tests/<slug:public_id>/", tests.ticket, name="ticket"),
    path("offices/<slug:public_id>/tests/", tests.office_tests, name="office_tests"),
    path("offices/<slug:public_id>/tests/new/", tests.test, name="test"),
    path("offices/<slug:public_id>/tests/enter/", tests.enter, name="enter_run"),
    path("offices/<slug:public_id>/tests/import/", tests.import_runs, name="import_runs"),
    path("runs/<slug:public_id>/", tests.run, name="run"),
    path("runs/<slug:public_id>/void/", tests.void, name="void_run"),
    path("points/", points.points, name="points"),
    path("points/new/", points.add_point, name="add_point"),
    path("points/<slug:public_id>/", points.point, name="point"),
]

urlpatterns = testing

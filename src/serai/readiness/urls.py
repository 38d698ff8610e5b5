"""Addresses of the room readiness, grouped by screen."""

from django.urls import (
    path,
)

from serai.readiness.views import (
    editing,
    frameworks,
    points,
    policies,
    prices,
    tiers,
)
from serai.readiness.views import testing as tests

app_name = "readiness"

of_frameworks = [
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path("frameworks/<slug:public_id>/", frameworks.framework, name="framework"),
    path("frameworks/<slug:public_id>/toml/", frameworks.download, name="framework_file"),
    path("frameworks/<slug:public_id>/copy/", frameworks.copy, name="copy_framework"),
    path("frameworks/<slug:public_id>/upload/", frameworks.upload, name="upload_framework"),
    path("frameworks/<slug:public_id>/publish/", frameworks.publish, name="publish_framework"),
    path("frameworks/<slug:public_id>/delete/", frameworks.delete, name="delete_framework"),
    path("frameworks/<slug:public_id>/weights/", editing.weights, name="edit_weights"),
    path(
        "frameworks/<slug:public_id>/criteria/<slug:code>/",
        editing.criterion,
        name="edit_criterion",
    ),
    path(
        "frameworks/<slug:public_id>/events/<slug:event>/<slug:role>/<str:fact>/",
        editing.event_row,
        name="edit_event_row",
    ),
    path("frameworks/<slug:public_id>/packages/<slug:code>/", editing.package, name="edit_package"),
    path("policies/", policies.organisations, name="policy_organisations"),
    path("policies/<slug:public_id>/", policies.policies, name="policies"),
    path("prices/", prices.prices, name="prices"),
    path("prices/new/", prices.add, name="add_price"),
    path("prices/upload/", prices.upload, name="upload_prices"),
    path("tiers/<slug:public_id>/", tiers.tiers, name="tiers"),
    path("tiers/<slug:public_id>/copy/", tiers.copy, name="copy_tiers"),
    path("tiers/<slug:public_id>/upload/", tiers.upload, name="upload_tiers"),
    path("tiers/<slug:public_id>/publish/", tiers.publish, name="publish_tiers"),
    path("tiers/<slug:public_id>/delete/", tiers.delete, name="delete_tiers"),
]

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

urlpatterns = of_frameworks + testing

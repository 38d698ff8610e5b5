"""Addresses of the room readiness, grouped by screen."""

from django.urls import path

from serai.readiness.views import editing, frameworks, policies, prices, tiers

app_name = "readiness"
# ---- frameworks, tiers, prices
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
        editing.criterion, name="edit_criterion",
    ),
    path(
        "frameworks/<slug:public_id>/events/<slug:event>/<slug:role>/<str:fact>/",
        editing.event_row, name="edit_event_row",
    ),
    path(
        "frameworks/<slug:public_id>/packages/<slug:code>/", editing.package, name="edit_package"
    ),
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
]  # fmt: skip

urlpatterns = of_frameworks

"""Addresses of the room readiness, grouped by screen."""

from django.urls import path

from serai.readiness.views import plans as plan_pages

app_name = "readiness"

plans = [
    path("plans/", plan_pages.plans, name="plans"),
    path("plans/new/", plan_pages.make_scenario, name="make_scenario"),
    path("scenarios/<slug:public_id>/", plan_pages.scenario, name="scenario"),
    path("scenarios/<slug:public_id>/edit/", plan_pages.change_scenario, name="change_scenario"),
    path("scenarios/<slug:public_id>/run/", plan_pages.queue_run, name="queue_run"),
    path("plans/<slug:public_id>/", plan_pages.plan, name="plan"),
    path("plans/<slug:public_id>/again/", plan_pages.queue_again, name="queue_again"),
]

urlpatterns = plans

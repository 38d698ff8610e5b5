"""Addresses of the room readiness, grouped by screen."""

from django.urls import path

from serai.readiness.views import deliveries as delivery_pages
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

provision = [
    path("deliveries/", delivery_pages.deliveries, name="deliveries"),
    path("deliveries/<slug:public_id>/", delivery_pages.delivery, name="delivery"),
    path(
        "deliveries/<slug:public_id>/edit/", delivery_pages.change_delivery, name="change_delivery"
    ),
    path(
        "deliveries/<slug:public_id>/check/", delivery_pages.check_delivery, name="check_delivery"
    ),
    path("plans/<slug:public_id>/provide/", delivery_pages.provide_plan, name="provide_plan"),
    path("advice/<slug:public_id>/provide/", delivery_pages.provide_advice, name="provide_advice"),
]

urlpatterns = plans + provision

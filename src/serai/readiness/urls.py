"""Addresses of the room readiness, grouped by screen."""

from django.urls import (
    path,
)

from serai.readiness.views import advisories as answers
from serai.readiness.views import aggregates as shares
from serai.readiness.views import (
    assessing,
    duties,
    editing,
    frameworks,
    points,
    policies,
    prices,
    tiers,
)
from serai.readiness.views import deliveries as delivery_pages
from serai.readiness.views import desk as desk_pages
from serai.readiness.views import events as event_pages
from serai.readiness.views import helping as help_pages
from serai.readiness.views import offices as office_views
from serai.readiness.views import plans as plan_pages
from serai.readiness.views import platforms as bodies
from serai.readiness.views import released as released_pages
from serai.readiness.views import releasing as release_pages
from serai.readiness.views import start as first_page
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
    path("tiers/<slug:public_id>/platforms/new/", bodies.add_platform, name="add_platform"),
    path("tiers/<slug:public_id>/platforms/<slug:code>/", bodies.platform, name="edit_platform"),
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

offices = [
    path("offices/", office_views.offices, name="offices"),
    path("offices/score/", assessing.score_offices, name="score_offices"),
    path("offices/facts/", office_views.facts_file, name="facts_file"),
    path("offices/codebook/", office_views.codebook_file, name="codebook_file"),
    path("offices/gaps/", office_views.gaps_file, name="gaps_file"),
    path("offices/events/", office_views.attainments_file, name="attainments_file"),
    path("offices/<slug:public_id>/", office_views.office, name="office"),
    path("offices/<slug:public_id>/file/", office_views.office_file, name="office_file"),
    path("results/<slug:public_id>/facts/", office_views.facts, name="facts"),
    path("results/<slug:public_id>/score/", assessing.score, name="score"),
    path("results/<slug:public_id>/show/", assessing.show, name="show_results"),
    path("results/<slug:public_id>/agree/", assessing.agree, name="agree_results"),
    path("results/<slug:public_id>/dispute/", assessing.dispute, name="dispute_results"),
    path("results/<slug:public_id>/confirm/", assessing.confirm, name="confirm_results"),
    path("results/<slug:public_id>/propose/", assessing.propose, name="propose_advice"),
    path("results/<slug:public_id>/missing/", assessing.ask, name="missing_facts"),
    path("advice/<slug:public_id>/accept/", assessing.accept, name="accept_advice"),
    path("advice/<slug:public_id>/decline/", assessing.decline, name="decline_advice"),
    path("advice/<slug:public_id>/finish/", assessing.finish, name="finish_advice"),
]

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

of_duties = [
    path("duties/", duties.duties, name="duties"),
    path("duties/give/", duties.give_duty, name="give_duty"),
    path("duties/<slug:public_id>/end/", duties.end_duty, name="end_duty"),
]

start = [path("", first_page.start, name="start")]

events = [
    path("events/", event_pages.events, name="events"),
    path("events/new/", event_pages.plan_event, name="plan_event"),
    path("events/record/", event_pages.forecast_record, name="forecast_record"),
    path("events/<slug:public_id>/", event_pages.event, name="event"),
    path("events/<slug:public_id>/edit/", event_pages.change_event, name="change_event"),
    path("events/<slug:public_id>/forecast/", event_pages.forecast_event, name="forecast_event"),
    path("events/<slug:public_id>/enter/", event_pages.add_delegation, name="add_delegation"),
    path("events/<slug:public_id>/cards/", event_pages.plan_b_cards, name="plan_b_cards"),
    path("events/<slug:public_id>/desk/", desk_pages.desk, name="desk"),
    path("events/<slug:public_id>/start/", desk_pages.start_event, name="start_event"),
    path("events/<slug:public_id>/review/", desk_pages.review, name="review_event"),
    path("delegations/<slug:public_id>/", event_pages.delegation, name="delegation"),
    path(
        "delegations/<slug:public_id>/edit/",
        event_pages.change_delegation,
        name="change_delegation",
    ),
    path("delegations/<slug:public_id>/drop/", event_pages.drop_delegation, name="drop_delegation"),
    path("delegations/<slug:public_id>/card/", event_pages.plan_b_card, name="plan_b_card"),
    path("delegations/<slug:public_id>/rehearsed/", desk_pages.rehearse, name="rehearse"),
]

releases = [
    path("releases/", release_pages.releases, name="releases"),
    path("releases/<slug:public_id>/", release_pages.release, name="release"),
    path("releases/<slug:public_id>/grant/", release_pages.grant, name="grant_release"),
    path("releases/<slug:public_id>/decline/", release_pages.decline, name="decline_release"),
    path("releases/<slug:public_id>/let-out/", release_pages.let_out, name="let_out"),
    path("releases/<slug:public_id>/withdraw/", release_pages.withdraw, name="withdraw_release"),
    path("results/<slug:public_id>/release/", release_pages.ask, name="ask_release"),
    path("results/<slug:public_id>/readers/", release_pages.readers, name="readers"),
    path("plans/<slug:public_id>/release/", release_pages.ask_plan, name="ask_plan_release"),
    path("released/", released_pages.released, name="released"),
    path("released/<slug:public_id>/", released_pages.released_one, name="released_one"),
    path("shares/new/", shares.make_aggregate, name="make_aggregate"),
    path("shares/<slug:public_id>/", shares.aggregate, name="aggregate"),
    path("shares/<slug:public_id>/publish/", shares.publish_aggregate, name="publish_aggregate"),
    path("shares/<slug:public_id>/withdraw/", shares.withdraw_aggregate, name="withdraw_aggregate"),
]

helping = [
    path("help/", help_pages.help_requests, name="help"),
    path("help/new/", help_pages.ask_help, name="ask_help"),
    path("help/answers/", answers.advisories, name="advisories"),
    path("help/answers/new/", answers.add_advisory, name="add_advisory"),
    path("help/answers/<slug:public_id>/", answers.edit_advisory, name="edit_advisory"),
    path("help/<slug:public_id>/", help_pages.help_request, name="help_request"),
    path("help/<slug:public_id>/take/", help_pages.take_help, name="take_help"),
    path("help/<slug:public_id>/answer/", answers.advisory_from, name="advisory_from"),
]

urlpatterns = [
    *start,
    *of_duties,
    *of_frameworks,
    *testing,
    *offices,
    *plans,
    *provision,
    *events,
    *releases,
    *helping,
]

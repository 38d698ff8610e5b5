"""Addresses of the room readiness, grouped by screen."""

from django.urls import path

from serai.readiness.views import assessing
from serai.readiness.views import offices as office_views

app_name = "readiness"

# ---------------------------------------------------------------- offices and assessment
offices = [
    path("offices/", office_views.offices, name="offices"),
    path("offices/facts/", office_views.facts_file, name="facts_file"),
    path("offices/codebook/", office_views.codebook_file, name="codebook_file"),
    path("offices/gaps/", office_views.gaps_file, name="gaps_file"),
    path("offices/events/", office_views.attainments_file, name="attainments_file"),
    path("offices/<slug:public_id>/", office_views.office, name="office"),
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

urlpatterns = offices

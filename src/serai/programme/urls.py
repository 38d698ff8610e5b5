"""Addresses of the room programme, grouped by screen."""

from django.urls import path

from serai.programme.views import (
    exchange,
    feeds,
    initiatives,
    meetings,
    milestones,
    programme,
    releases,
    requests,
    risks,
    timeline,
    tracking,
)

app_name = "programme"
urlpatterns = [
    path("", timeline.overview, name="overview"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("changes/", timeline.changes, name="changes"),
    path("edit/", programme.edit, name="edit_programme"),
    # initiatives
    path("initiatives/new/", programme.open_initiative, name="open_initiative"),
    path("initiatives/<slug:code>/", initiatives.initiative, name="initiative"),
    path("initiatives/<slug:code>/edit/", initiatives.edit, name="edit_initiative"),
    path("initiatives/<slug:code>/readers/", initiatives.readers, name="initiative_readers"),
    path("initiatives/<slug:code>/add/", initiatives.add_milestone, name="add_milestone"),
    path("initiatives/<slug:code>/note/", initiatives.write_note, name="write_note"),
    path("initiatives/<slug:code>/baseline/", initiatives.baseline, name="baseline"),
    path("initiatives/<slug:code>/state/", initiatives.move, name="move_initiative"),
    path("initiatives/<slug:code>/plan.xml", exchange.project_file, name="project_file"),
    path("notes/<slug:public_id>/clear/", initiatives.clear_note, name="clear_note"),
    # milestones
    path("milestones/", milestones.milestones, name="milestones"),
    path("milestones/<slug:public_id>/", milestones.milestone, name="milestone"),
    path("milestones/<slug:public_id>/edit/", milestones.edit, name="edit_milestone"),
    path("milestones/<slug:public_id>/readers/", milestones.readers, name="milestone_readers"),
    path("milestones/<slug:public_id>/replan/", milestones.replan, name="replan"),
    path("milestones/<slug:public_id>/complete/", milestones.complete, name="complete"),
    path("milestones/<slug:public_id>/warn/", milestones.warn, name="warn"),
    path("milestones/<slug:public_id>/after/", milestones.after, name="after"),
    path("links/<int:number>/end/", milestones.end_after, name="end_after"),
    path("plans/<slug:public_id>/decide/", milestones.decide, name="decide_plan"),
    path("completions/<slug:public_id>/withdraw/", milestones.withdraw, name="withdraw"),
    path("completions/<slug:public_id>/file/", milestones.evidence, name="evidence"),
    # meetings
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.plan, name="plan_meeting"),
    path("meetings/<slug:public_id>/", meetings.meeting, name="meeting"),
    path("meetings/<slug:public_id>/change/", meetings.change, name="change_meeting"),
    path("meetings/<slug:public_id>/state/", meetings.move, name="move_meeting"),
    path("meetings/<slug:public_id>/readers/", meetings.readers, name="meeting_readers"),
    path("meetings/<slug:public_id>/item/", meetings.add_item, name="add_item"),
    path("meetings/<slug:public_id>/invite/", meetings.invite, name="invite"),
    path("meetings/<slug:public_id>/answer/", meetings.answer, name="answer_invitation"),
    path("meetings/<slug:public_id>/attended/", meetings.attended, name="attended"),
    path("meetings/<slug:public_id>/minutes/", meetings.minutes, name="minutes"),
    path("meetings/<slug:public_id>/decide/", meetings.decide, name="record_decision"),
    path("items/<slug:public_id>/paper/", meetings.add_paper, name="add_paper"),
    path("papers/<slug:public_id>/", meetings.paper, name="paper"),
    path("papers/<slug:public_id>/readers/", meetings.paper_readers, name="paper_readers"),
    # decisions and actions
    path("decisions/", tracking.decisions, name="decisions"),
    path("actions/", tracking.action_items, name="actions"),
    path("actions/new/", tracking.add_action, name="add_action"),
    path("actions/<slug:public_id>/", tracking.action_item, name="action"),
    path("actions/<slug:public_id>/file/", tracking.evidence, name="action_evidence"),
    # requests
    path("requests/", requests.requests, name="requests"),
    path("requests/new/", requests.ask, name="ask"),
    path("requests/<slug:public_id>/", requests.one_request, name="request"),
    path("requests/<slug:public_id>/keep/", requests.keep, name="keep_request"),
    path("answers/<slug:public_id>/", requests.answer, name="answer"),
    # risks
    path("risks/", risks.risks, name="risks"),
    path("risks/new/", risks.record, name="record_risk"),
    path("risks/<slug:public_id>/", risks.risk, name="risk"),
    path("risks/<slug:public_id>/review/", risks.review, name="review_risk"),
    path("risks/<slug:public_id>/close/", risks.close, name="close_risk"),
    path("risks/<slug:public_id>/happened/", risks.happened, name="risk_happened"),
    path("risks/<slug:public_id>/release/", risks.release, name="release_risk"),
    # releases that take a consent
    path("releases/<slug:public_id>/", releases.release, name="release"),
    path("releases/<slug:public_id>/withdraw/", releases.withdraw, name="withdraw_release"),
    # calendars, files
    path("calendars/", feeds.feeds, name="feeds"),
    path("calendars/<slug:public_id>/revoke/", feeds.revoke, name="revoke_feed"),
    path("calendars/<str:token>.ics", feeds.feed, name="feed"),
    path("files/", exchange.exchange, name="exchange"),
    path("files/<slug:public_id>/", exchange.one_import, name="import"),
]

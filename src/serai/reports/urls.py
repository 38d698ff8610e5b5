"""Addresses of the reports room, by screen."""

from django.urls import path

from serai.reports.views import building, library, papers, reading, remarks

app_name = "reports"
urlpatterns = [
    path("", library.library, name="library"),
    path("verify/", library.verify, name="verify"),
    path("new/", building.start, name="start"),
    path("<slug:public_id>/", building.build, name="build"),
    path("<slug:public_id>/narrative/<path:block>/", building.narrative, name="narrative"),
    path("<slug:public_id>/take/<path:block>/", building.take_note, name="take_note"),
    path("<slug:public_id>/preview/", reading.preview, name="preview"),
    path("<slug:public_id>/remarks/", remarks.remarks, name="remarks"),
    path("<slug:public_id>/remarks/<int:number>/", remarks.answer, name="answer"),
    path("<slug:public_id>/review/", building.review, name="review"),
    path("<slug:public_id>/reopen/", building.reopen, name="reopen"),
    path("<slug:public_id>/clear/", building.clear, name="clear"),
    path("<slug:public_id>/issue/", building.issue, name="issue"),
    path("<slug:public_id>/progress/", building.progress, name="progress"),
    path("<slug:public_id>/withdraw/", building.withdraw, name="withdraw"),
    path("<slug:public_id>/correct/", building.correct, name="correct"),
    path("<slug:public_id>/agenda/", papers.put_on_agenda, name="put_on_agenda"),
    path("<slug:public_id>/draft/<str:language>.<str:suffix>", reading.draft, name="draft"),
    path("<slug:public_id>/read/", reading.read, name="read"),
    path("<slug:public_id>/differences/", reading.differences, name="differences"),
    path("<slug:public_id>/rebuild/", reading.rebuild, name="rebuild"),
    path("<slug:public_id>/rebuild/progress/", reading.rebuild_progress, name="rebuild_progress"),
    path("<slug:public_id>/<str:language>.<str:suffix>", reading.download, name="file"),
]

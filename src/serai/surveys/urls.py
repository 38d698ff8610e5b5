"""Addresses of the room surveys, grouped by screen."""

from django.urls import path

from serai.surveys.views import answering, finishing, handing

app_name = "surveys"
urlpatterns = [
    # answering
    path("mine/", answering.mine, name="mine"),
    path("responses/<slug:public_id>/", answering.response, name="response"),
    path("responses/<slug:public_id>/autosave/", answering.autosave, name="autosave"),
    path("responses/<slug:public_id>/entries/", answering.entries, name="entries"),
    path("responses/<slug:public_id>/s/<str:slug>/", answering.section, name="section"),
    path("responses/<slug:public_id>/s/<str:slug>/<str:entry>/", answering.section, name="entry"),
    path("responses/<slug:public_id>/files/<slug:number>/", answering.file, name="file"),
    # parts in other hands
    path("responses/<slug:public_id>/delegate/", handing.delegate, name="delegate"),
    path("parts/<slug:public_id>/", handing.part, name="part"),
    path("suggestions/<slug:public_id>/", handing.suggestion, name="suggestion"),
    # handing in, signing, clearing
    path("responses/<slug:public_id>/hand-in/", finishing.hand_in, name="hand_in"),
    path("responses/<slug:public_id>/sign/", finishing.sign, name="sign"),
    path("responses/<slug:public_id>/clear/", finishing.clear, name="clear"),
    path("responses/<slug:public_id>/step/", finishing.step, name="step"),
    path("responses/<slug:public_id>/withdraw/", finishing.withdraw, name="withdraw"),
]

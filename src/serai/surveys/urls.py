"""Addresses of the room surveys, grouped by screen."""

from django.urls import include, path

from serai.surveys.views import (
    answering,
    asked,
    board,
    collect,
    comparing,
    copies,
    devices,
    exporting,
    finishing,
    follow_up,
    handing,
    inviting,
    previewing,
    results,
    surveys,
    translating,
    translations,
    versions,
    waves,
    workbooks,
)

app_name = "surveys"
urlpatterns = [
    path("", surveys.surveys, name="surveys"),
    path("new/", surveys.new_survey, name="new_survey"),
    path("new/<slug:kind>/", surveys.new_survey, name="new_survey_of"),
    # what those who are asked open
    path("i/<str:token>/", asked.link, name="link"),
    path("i/<str:token>/again/", asked.new_link, name="new_link"),
    path("asked/<slug:number>/", asked.asked, name="asked"),
    path("asked/<slug:number>/decline/", asked.decline, name="decline"),
    # waves
    path("waves/<slug:number>/", waves.wave, name="wave"),
    path("waves/<slug:number>/edit/", waves.edit_wave, name="edit_wave"),
    path("waves/<slug:number>/ask/", inviting.ask, name="ask"),
    path("waves/<slug:number>/list/", inviting.upload_list, name="upload_list"),
    path("waves/<slug:number>/send/", waves.send_wave, name="send_wave"),
    path("waves/<slug:number>/progress/", waves.wave_progress, name="wave_progress"),
    path("waves/<slug:number>/extend/", waves.extend_wave, name="extend_wave"),
    path("waves/<slug:number>/close/", waves.close_wave, name="close_wave"),
    path("waves/<slug:number>/reopen/", waves.reopen_wave, name="reopen_wave"),
    path("waves/<slug:number>/board/", board.board, name="board"),
    path("waves/<slug:number>/remind/", board.remind, name="remind"),
    path("waves/<slug:number>/export/", exporting.export, name="export"),
    # results
    path("waves/<slug:number>/results/", results.results, name="results"),
    path("waves/<slug:number>/results/<path:name>/", results.by_question, name="by_question"),
    path("waves/<slug:number>/compare/", results.compare, name="compare_waves"),
    path("exports/<slug:number>/", exporting.file, name="export_file"),
    # one invitation
    path("invitations/<slug:number>/", inviting.invitation, name="invitation"),
    path("invitations/<slug:number>/extend/", inviting.extend_invitation, name="extend_invitation"),
    path("invitations/<slug:number>/enter/", inviting.enter, name="enter"),
    path("invitations/<slug:number>/keep/", inviting.keep_invitation, name="keep_invitation"),
    path("invitations/<slug:number>/workbook/", inviting.enter_answers, name="enter_answers"),
    # answering
    path("mine/", answering.mine, name="mine"),
    path("responses/<slug:public_id>/", answering.response, name="response"),
    path("responses/<slug:public_id>/autosave/", answering.autosave, name="autosave"),
    path("responses/<slug:public_id>/entries/", answering.entries, name="entries"),
    path("responses/<slug:public_id>/s/<str:slug>/", answering.section, name="section"),
    path("responses/<slug:public_id>/s/<str:slug>/<str:entry>/", answering.section, name="entry"),
    path("responses/<slug:public_id>/files/<slug:number>/", answering.file, name="file"),
    path("responses/<slug:public_id>/form.xlsx", workbooks.download, name="workbook_xlsx"),
    path("responses/<slug:public_id>/copy.pdf", copies.pdf, name="copy_pdf"),
    path("responses/<slug:public_id>/copy.docx", copies.docx, name="copy_docx"),
    path("responses/<slug:public_id>/workbook/", workbooks.bring, name="workbook"),
    path("responses/<slug:public_id>/workbook/take/", workbooks.take, name="take_workbook"),
    path("responses/<slug:public_id>/workbook/rest/", workbooks.rest, name="workbook_rest"),
    path("responses/<slug:public_id>/workbook/undo/", workbooks.undo, name="undo_workbook"),
    # devices
    path("responses/<slug:public_id>/devices/", devices.devices, name="devices"),
    path("responses/<slug:public_id>/devices/code.svg", devices.device_qr, name="device_qr"),
    path("keys/<slug:public_id>/end/", devices.end_key, name="end_key"),
    path("waves/<slug:number>/devices/", devices.submissions, name="submissions"),
    # parts in other hands
    path("responses/<slug:public_id>/delegate/", handing.delegate, name="delegate"),
    path("parts/<slug:public_id>/", handing.part, name="part"),
    path("suggestions/<slug:public_id>/", handing.suggestion, name="suggestion"),
    # asking back, remarks
    path("responses/<slug:public_id>/answers/<path:name>/", follow_up.answer, name="answer"),
    path("responses/<slug:public_id>/ask/", follow_up.ask_back, name="ask_back"),
    path("responses/<slug:public_id>/asked/", follow_up.requests, name="requests"),
    path("requests/<slug:public_id>/", follow_up.one_request, name="request"),
    # handing in, signing, clearing
    path("responses/<slug:public_id>/hand-in/", finishing.hand_in, name="hand_in"),
    path("responses/<slug:public_id>/sign/", finishing.sign, name="sign"),
    path("responses/<slug:public_id>/clear/", finishing.clear, name="clear"),
    path("responses/<slug:public_id>/step/", finishing.step, name="step"),
    path("responses/<slug:public_id>/withdraw/", finishing.withdraw, name="withdraw"),
    # forms, their versions and translations
    path("<str:public_id>/forms/", versions.listed, name="versions"),
    path("<str:public_id>/forms/upload/", versions.upload, name="upload_version"),
    path("forms/handed-in/<str:public_id>/", versions.reading, name="reading_version"),
    path("forms/<str:public_id>/", versions.version, name="version"),
    path("forms/<str:public_id>/acknowledge/", versions.acknowledge, name="acknowledge_version"),
    path("forms/<str:public_id>/publish/", versions.publish, name="publish_version"),
    path("forms/<str:public_id>/refuse/", versions.refuse, name="refuse_version"),
    path("forms/<str:public_id>/file/", versions.add_file, name="add_form_file"),
    path("forms/<str:public_id>/file/<str:name>", versions.form_file, name="form_file"),
    path("forms/<str:public_id>/form.xlsx", versions.workbook, name="version_xlsx"),
    path("forms/<str:public_id>/form.xml", versions.xform, name="version_xform"),
    path("forms/<str:public_id>/preview/", previewing.preview, name="preview_version"),
    path("forms/<str:public_id>/compare/", comparing.compare, name="compare_version"),
    path("forms/<str:public_id>/moves/", comparing.moves, name="confirm_moves"),
    path("<str:public_id>/translations/", translating.overview, name="translations"),
    path("<str:public_id>/translations/add/", translating.add, name="add_translator"),
    path("<str:public_id>/translations/put/", translating.put, name="put_phrases"),
    path("<str:public_id>/translations/putting/", translating.putting, name="putting_phrases"),
    path("translators/<str:pk>/remove/", translating.remove, name="remove_translator"),
    path("<str:public_id>/translations/<str:language>/", translations.language, name="translate"),
    path(
        "<str:public_id>/translations/<str:language>/table/",
        translations.table,
        name="phrases_table",
    ),
    path(
        "<str:public_id>/translations/<str:language>/import/",
        translations.upload,
        name="import_phrases",
    ),
    path(
        "<str:public_id>/translations/<str:language>/import/check/",
        translations.check,
        name="check_phrases",
    ),
    path(
        "<str:public_id>/translations/<str:language>/import/undo/",
        translations.undo,
        name="undo_phrases",
    ),
    # one survey; last, as its address says no kind
    path("<slug:number>/", surveys.survey, name="survey"),
    path("<slug:number>/edit/", surveys.edit_survey, name="edit_survey"),
    path("<slug:number>/state/", surveys.move_survey, name="move_survey"),
    path("<slug:number>/waves/new/", waves.new_wave, name="new_wave"),
]

# What devices ask; they know no language of pages.
_collect = [
    path("formList", collect.form_list, name="form_list"),
    path("forms/<str:form_id>.xml", collect.form, name="form"),
    path("forms/<str:form_id>/manifest", collect.manifest, name="manifest"),
    path("forms/<str:form_id>/media/<str:name>", collect.media, name="media"),
    path("submission", collect.submission, name="submission"),
]
collect_urlpatterns = [path("collect/<str:key>/", include((_collect, "collect")))]

"""Addresses of the room surveys, grouped by screen."""

from django.urls import URLPattern, path

from serai.surveys.views import comparing, previewing, translating, translations, versions

app_name = "surveys"
AUTHORING: list[URLPattern] = [
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
    path(
        "<str:public_id>/translations/<str:language>/", translations.language, name="translate"
    ),
    path(
        "<str:public_id>/translations/<str:language>/table/", translations.table,
        name="phrases_table",
    ),
    path(
        "<str:public_id>/translations/<str:language>/import/", translations.upload,
        name="import_phrases",
    ),
    path(
        "<str:public_id>/translations/<str:language>/import/check/", translations.check,
        name="check_phrases",
    ),
    path(
        "<str:public_id>/translations/<str:language>/import/undo/", translations.undo,
        name="undo_phrases",
    ),
]  # fmt: skip
urlpatterns: list[URLPattern] = [*AUTHORING]

"""Addresses of the base: the component page, the display choices, the end of letters."""

from django.urls import path

from serai.base.views import display, letters, styleguide

app_name = "base"
urlpatterns = [
    path("letters/stop/<str:token>/", letters.stop, name="stop_letters"),
    path("display/", display.display, name="display"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/job/", styleguide.job, name="styleguide_job"),
    path("styleguide/form/", styleguide.form, name="styleguide_form"),
]

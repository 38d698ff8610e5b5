"""Addresses of the base: the component page and the display choices."""

from django.urls import path

from serai.base.views import display, styleguide

app_name = "base"
urlpatterns = [
    path("display/", display.display, name="display"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/job/", styleguide.job, name="styleguide_job"),
    path("styleguide/form/", styleguide.form, name="styleguide_form"),
]

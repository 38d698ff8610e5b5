"""Addresses of the base: the component page and other installation pages."""

from django.urls import URLPattern

app_name = "base"
urlpatterns: list[URLPattern] = []

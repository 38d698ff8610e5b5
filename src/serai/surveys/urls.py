"""Addresses of the room surveys, grouped by screen."""

from django.urls import URLPattern

app_name = "surveys"
urlpatterns: list[URLPattern] = []

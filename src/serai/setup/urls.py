"""Addresses of the room setup."""

from django.urls import URLPattern

app_name = "setup"
urlpatterns: list[URLPattern] = []

"""Adapters between allauth and the members room (filled by the members engineer)."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by code for invited people only; mail goes through the outbox."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in by a ministry's own service for invited people only."""

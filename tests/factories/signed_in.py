"""Signing people in for tests of pages, fresh or not."""

import time

from django.test import Client

from serai.members.models import Person


def sign_in(client: Client, person: Person, *, fresh: bool = True) -> Client:
    """Sign a person in without a code; a fresh sign-in opens the doors that ask for one."""
    client.force_login(person, backend="serai.config.accounts.SignIn")
    if fresh:
        session = client.session
        session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    return client

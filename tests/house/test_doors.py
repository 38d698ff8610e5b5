"""Every guard asks a rule that is drawn; reading changes nothing; no page is broken for anybody."""

import pytest
from tests.house.walking import client_of

from serai.base.access import REGISTER
from serai.base.checks import addresses


def test_every_guard_asks_a_registered_rule():
    asked = {address.door.rule_name for address in addresses()}

    assert asked - set(REGISTER) == set()


def test_every_rule_names_roles_that_exist():
    from serai.members.states import Role

    duties = {"delegate", "signer", "translator"}  # rows of surveys, not grants
    known = {role.value for role in Role} | {"visitor", "signed-in", "owner", "audience"} | duties
    unknown = {
        name: set(rule.roles) - known
        for name, rule in REGISTER.items()
        if set(rule.roles) - known or not rule.roles
    }

    assert unknown == {}


def test_the_walk_sees_the_house(walks):
    routes = {page.route for walk in walks.values() for page in walk.pages}
    rooms = {route.partition(":")[0] for route in routes}

    assert {"home", "members", "programme", "reports"} <= rooms
    assert len(routes) > 25


def test_reading_writes_nothing(walks):
    writing = {
        (page.route, page.writes[0][:120])
        for walk in walks.values()
        for page in walk.pages
        if page.writes
    }

    assert writing == set()


def test_no_link_leads_to_a_broken_or_missing_page(walks):
    broken = {
        (role, page.address, page.status)
        for role, walk in walks.items()
        for page in walk.pages
        if page.status >= 400
    }

    assert broken == set()


def test_pages_of_the_signed_in_are_never_kept_by_others(walks):
    open_to_caches = {
        (role, page.route)
        for role, walk in walks.items()
        for page in walk.pages
        if role != "visitor"
        and page.status == 200
        and "private" not in page.headers.get("Cache-Control", "")
        and "no-store" not in page.headers.get("Cache-Control", "")
        and not page.route.startswith("health:")
    }

    assert open_to_caches == set()


def test_every_page_carries_the_policy(walks):
    policies = {
        page.headers.get("Content-Security-Policy", "")
        for walk in walks.values()
        for page in walk.pages
        if page.content_type.startswith("text/html")
    }

    assert all("default-src 'none'" in policy and "unsafe" not in policy for policy in policies)


@pytest.mark.parametrize("path", ["/en/members/people/", "/en/members/me/"])
def test_a_visitor_is_sent_to_sign_in(sample, path):
    answer = client_of(None).get(path)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/en/members/sign-in/?next=")

"""An address without a guard stops the start, by the address and its view."""

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.urls import include, path

from serai.base import access
from serai.base.checks import addresses, every_address_wears_a_guard

pytestmark = pytest.mark.either_engine
REFUSAL = (
    "/en/rooms/<int:number>/ is open to everybody: its view tests.base.test_checks.bare wears no "
    "guard. Put @guard(may=...) on it (see serai.base.access)."
)


def bare(request, number):
    return HttpResponse("open")


@access.guard(may=access.anyone)
def guarded(request):
    return HttpResponse("asked first")


inner = [path("<int:number>/", bare, name="bare"), path("guarded/", guarded, name="guarded")]
urlpatterns = [path("en/rooms/", include((inner, "rooms")))]


@pytest.fixture
def one_is_bare(settings):
    settings.ROOT_URLCONF = __name__


def test_a_view_without_a_guard_is_named_with_its_address(one_is_bare):
    found = every_address_wears_a_guard(None)

    assert [(error.id, error.msg) for error in found] == [("serai.E001", REFUSAL)]


def test_every_address_has_its_room_s_name_and_its_guard_s_rule(one_is_bare):
    found = [(one.route, one.name, one.door and one.door.rule_name) for one in addresses()]

    assert found == [
        ("/en/rooms/<int:number>/", "rooms:bare", None),
        ("/en/rooms/guarded/", "rooms:guarded", "base.anyone"),
    ]


@pytest.mark.parametrize("command", ["check", "prepare_house"])
def test_the_house_does_not_start_with_it(one_is_bare, command):
    with pytest.raises(CommandError) as refused:
        call_command(command)

    assert REFUSAL in str(refused.value)


def test_our_own_house_has_none():
    assert every_address_wears_a_guard(None) == []

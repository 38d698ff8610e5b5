import pytest
from tests.base.mail.post_office import open_office


@pytest.fixture
def in_production(settings):
    """Let letters leave."""
    settings.MODE = "production"
    settings.MAIL_FROM = "Programme <noreply@serai.test>"
    settings.SITE_ADDRESS = "https://serai.test"


@pytest.fixture
def office():
    with open_office() as one:
        yield one

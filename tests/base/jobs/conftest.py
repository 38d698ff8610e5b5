import pytest
from tests.base.jobs import sample_jobs


@pytest.fixture(autouse=True)
def seen():
    """What the sample jobs noted in this process."""
    sample_jobs.SEEN.clear()
    return sample_jobs.SEEN

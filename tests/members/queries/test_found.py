"""Doors name what loaders find without importing models."""

from serai.members import models
from serai.members.queries import found


def test_every_name_is_a_model_of_the_room():
    named = {getattr(found, name) for name in found.__all__}

    assert named <= {getattr(models, name) for name in models.__all__}

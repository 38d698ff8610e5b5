"""The room's only word on rights."""

from serai.surveys.access.managing import (
    is_staff,
    may_coordinate,
    may_keep_survey,
    may_make_survey,
    may_see_survey,
    may_see_surveys,
    may_translate,
)

__all__ = [
    "is_staff",
    "may_coordinate",
    "may_keep_survey",
    "may_make_survey",
    "may_see_survey",
    "may_see_surveys",
    "may_translate",
]

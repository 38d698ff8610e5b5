"""The room's only word on rights."""

from serai.surveys.access.inviting import (
    ASKED,
    MAY_DECLINE,
    board_countries,
    is_asked,
    may_decline,
    may_open_invitation,
    may_see_board,
)
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
    "ASKED",
    "MAY_DECLINE",
    "board_countries",
    "is_asked",
    "is_staff",
    "may_coordinate",
    "may_decline",
    "may_keep_survey",
    "may_make_survey",
    "may_open_invitation",
    "may_see_board",
    "may_see_survey",
    "may_see_surveys",
    "may_translate",
]

"""The one list of what rooms answer in the open API."""

from serai.base.api import doors, new_api
from serai.members.api import router as members
from serai.programme.api import router as programme
from serai.reports.api import router as reports
from serai.surveys.api import router as surveys

urls = doors(
    new_api(
        [("members", members), ("programme", programme), ("reports", reports), ("surveys", surveys)]
    )
)

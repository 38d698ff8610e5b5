"""The one list of what rooms answer in the open API."""

from ninja import Router

from serai.base.api import doors, new_api

ROUTERS: list[tuple[str, Router]] = []
urls = doors(new_api(ROUTERS))

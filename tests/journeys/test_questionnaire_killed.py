"""The server is killed while answers are typed: what it acknowledged is there, the rest is sent once."""

import os
import signal

from playwright.sync_api import expect
from tests.journeys.hands import Mouse
from tests.journeys.questionnaire import STATE, begun_questionnaire

SECTION = "connection"
KILLS = 3
TYPED = (
    "/data/connection/provider", "/data/connection/contract_down", "/data/connection/contract_up",
    "/data/connection/line_cost", "/data/connection/outages", "/data/connection/upgrade_weeks",
)  # fmt: skip
STANDS = (
    "SELECT answer.id, answer.value FROM surveys_answerhead head JOIN surveys_answer answer"
    " ON answer.id = head.answer_id WHERE head.response_id = ? AND head.path = ?"
)
TWICE = (
    "SELECT count(*) FROM (SELECT value FROM surveys_answer WHERE response_id = ? AND path = ?"
    " GROUP BY value HAVING count(*) > 1)"
)


class Acknowledged:
    """What the server said it has saved: the value of each answer, by its number."""

    def __init__(self, page) -> None:
        self.values: dict[int, str] = {}
        page.on("response", self._read)

    def _read(self, reply) -> None:
        if "/autosave/" not in reply.url or not reply.ok:
            return
        sent = {one["client_id"]: one["value"] for one in reply.request.post_data_json}
        for one in reply.json()["answers"]:
            if one["status"] == "saved":
                self.values[one["base"]] = sent[one["client_id"]]

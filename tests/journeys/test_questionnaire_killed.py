"""The server is killed while answers are typed: what it acknowledged is there, the rest is sent once."""

from contextlib import suppress

from playwright.sync_api import Error, expect
from tests.journeys.hands import Mouse
from tests.journeys.questionnaire import SAVED, STATE, begun_questionnaire

SECTION = "connection"
NAMES = (
    "provider", "contract_down", "contract_up", "line_cost", "outages", "upgrade_weeks",
)  # fmt: skip
TYPED = tuple(f"/data/connection/{name}" for name in NAMES)
KILLS = 2
SAID = "SELECT value FROM surveys_answer WHERE response_id = ? AND id = ?"
STANDS = (
    "SELECT answer.value FROM surveys_answerhead head JOIN surveys_answer answer"
    " ON answer.id = head.answer_id WHERE head.response_id = ? AND head.path = ?"
)
TWICE = (
    "SELECT count(*) FROM (SELECT 1 FROM surveys_answer WHERE response_id = ? AND author_id IS NOT"
    " NULL GROUP BY path, entry, value HAVING count(*) > 1)"
)


class Acknowledged:
    """What the server said it has saved: the value of each answer, by its number."""

    def __init__(self, page) -> None:
        self.replies: list[object] = []
        page.on("response", self._hear)

    def read(self) -> dict[int, str]:
        """Read the replies that came since; one to a page left meanwhile tells nobody anything."""
        found: dict[int, str] = {}
        for reply in self.replies:
            sent = {one["client_id"]: one["value"] for one in reply.request.post_data_json}
            with suppress(Error):
                for one in reply.json()["answers"]:
                    assert one["status"] in {"saved", "same"}  # the same: killed before it was told
                    found[one["base"]] = sent[one["client_id"]]
        self.replies.clear()
        return found

    def _hear(self, reply) -> None:
        if is_autosave(reply) and reply.ok:
            self.replies.append(reply)


def is_autosave(asked) -> bool:
    return "/autosave/" in asked.url


def type_into(page, ref: str, text: str) -> None:
    """Write over what stands there, key by key."""
    page.locator(f"[name='{ref}']").press("Control+A")
    page.locator(f"[name='{ref}']").press_sequentially(text, delay=40)


def stored(house, pk: int, acknowledged) -> dict[int, str]:
    """Return what stands in the rows whose numbers were told."""
    return {number: house.row(SAID, pk, number)[0] for number in acknowledged}


def test_the_server_is_killed_while_answers_are_typed(visit, house):
    lead = begun_questionnaire(Mouse(visit("lead")), house)
    (pk, *_rest) = house.row(STATE, lead.home.strip("/").rpartition("/")[2])
    lead.open(SECTION)
    page, heard = lead.page, Acknowledged(lead.page)
    status, typed, acknowledged = page.locator("[data-status]"), {}, {}
    for kill in range(1, KILLS + 1):
        typed = {ref: f"{kill}{place}" for place, ref in enumerate(TYPED)}
        with page.expect_request(is_autosave):
            for ref in TYPED[:3]:
                type_into(page, ref, typed[ref])
        house.kill_web()
        for ref in TYPED[3:]:
            type_into(page, ref, typed[ref])
        expect(status).to_contain_text("Not sent yet")
        acknowledged |= heard.read()
        assert stored(house, pk, acknowledged) == acknowledged
        house.start_web()
        if kill == KILLS:
            lead.open(SECTION)
            for ref in TYPED:
                expect(page.locator(f"[name='{ref}']")).to_have_value(typed[ref])
        expect(status).to_have_text(SAVED)
        acknowledged |= heard.read()

    assert len(acknowledged) >= len(TYPED)
    assert stored(house, pk, acknowledged) == acknowledged
    assert {ref: house.row(STANDS, pk, ref)[0] for ref in TYPED} == typed
    assert house.row(TWICE, pk) == (0,)

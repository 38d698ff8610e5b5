"""Bytes: the script as delivered, and the logic that a page of thirty questions carries."""

import gzip
import json

from tests.calc.xforms.forms import opened
from tests.surveys.browser.conftest import SCRIPT

from serai.calc.xforms.wire import wire
from serai.calc.xforms.wire_state import wire_state

MOST_SCRIPT, MOST_LOGIC_OF_30 = 8_192, 1_500
WORDS = (
    "uplink",
    "backup",
    "power",
    "rooms",
    "staff",
    "budget",
    "devices",
    "licences",
    "sites",
    "visits",
)


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def thirty_questions():
    """A section of thirty questions, every second with a condition, every third with a rule."""
    names = [f"{word}_{ending}" for word in WORDS for ending in ("has", "amount", "comment")]
    binds = [f'<bind nodeset="/data/link/{word}_amount" type="decimal" '
             f'relevant="/data/link/{word}_has = \'yes\'" required="true()" constraint=". &gt;= 0 and . &lt; 100000"/>'
             f'<bind nodeset="/data/link/{word}_comment" relevant="../{word}_amount &gt; 100 or ../{word}_has = \'no\'"/>'
             for word in WORDS]  # fmt: skip
    total = "".join(f" + coalesce(../{word}_amount, 0)" for word in WORDS)[3:]
    values = {"has": "yes", "amount": "17", "comment": "As in the report of last year."}
    fields = "".join(f"<{name}>{values[name.partition('_')[2]]}</{name}>" for name in names)
    body = "".join(f'<input ref="/data/link/{name}"/>' for name in names)
    return opened(
        f"<country>KAZ</country><link>{fields}<total/></link>",
        "".join(binds) + f'<bind nodeset="/data/link/total" calculate="{total}"/>',
        f'<group ref="/data/link">{body}</group>',
    )


def test_the_script_is_at_most_8_kilobytes():
    assert packed(SCRIPT.read_bytes()) <= MOST_SCRIPT


def test_thirty_questions_carry_little_logic():
    state = thirty_questions()
    logic = wire(state.form, "/data/link")

    found = json.dumps({"logic": logic.json, "state": wire_state(state, logic)}).encode()

    assert logic.server == ()
    assert sum(len(stage) - 2 for stage in logic.json["stages"]) == 41
    assert packed(found) <= MOST_LOGIC_OF_30

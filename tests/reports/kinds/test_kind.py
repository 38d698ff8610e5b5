from serai.base.blocks import Document
from serai.reports.kinds import KINDS
from serai.reports.kinds.kind import Ask, Built, Kind, Offer


def test_the_shelf_holds_each_kind_under_its_code():
    assert list(KINDS) == ["progress"]
    assert all(isinstance(kind, Kind) and kind.code == code for code, kind in KINDS.items())


def test_an_offer_without_a_note_is_empty():
    offer = Offer(block="a/objective", title="Objective", group="A")

    assert (str(offer.text), offer.written_on, offer.author_id, offer.is_sample) == (
        "", None, None, False,
    )  # fmt: skip


def test_what_is_asked_and_built_are_frozen():
    assert Ask.__dataclass_params__.frozen is True
    assert Built.__dataclass_params__.frozen is True
    assert Built.__annotations__["document"] is Document

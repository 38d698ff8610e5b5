from dataclasses import replace

import pytest

from serai.base.probe import (
    End,
    NotSigned,
    PacketReceipt,
    Receipt,
    Ticket,
    Way,
    claimed_packets,
    probe_key,
    read_packets,
    read_receipt,
    read_ticket,
    sign_packets,
    sign_receipt,
    sign_ticket,
)

KEY = b"a key of this test"
TICKET = Ticket("t1", 8_000_000, 5, 1_000.0, {"office": "o1", "room": "", "length": "short"})
RECEIPT = Receipt("t1", Way.UPLOAD, ((200, 10_000), (400, 30_000)), 0, False, 999, {"office": "o1"})


def test_a_ticket_comes_back_as_it_was_given():
    assert read_ticket(sign_ticket(TICKET, KEY), KEY) == TICKET


def test_a_receipt_comes_back_as_it_was_given():
    assert read_receipt(sign_receipt(RECEIPT, KEY), KEY) == RECEIPT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing",
        "новый.билет",
        sign_ticket(TICKET, b"another key"),
        sign_receipt(RECEIPT, KEY),
        sign_ticket(TICKET, KEY)[:-1],
        sign_ticket(replace(TICKET, most_bytes=1), KEY).partition(".")[0]
        + "."
        + sign_ticket(TICKET, KEY).partition(".")[2],
        "a" * 20_000,
    ],
    ids=["empty", "words", "cyrillic", "other key", "receipt", "cut", "changed", "long"],
)
def test_a_ticket_that_is_not_ours_is_refused(text):
    with pytest.raises(NotSigned):
        read_ticket(text, KEY)


def test_a_ticket_is_no_receipt():
    with pytest.raises(NotSigned):
        read_receipt(sign_ticket(TICKET, KEY), KEY)


PACKETS = PacketReceipt("t1", End.DONE, ((0, 50.5), (20, None)), 999, {"office": "o1"})


def test_a_ticket_says_whether_packets_were_agreed_to():
    given = replace(TICKET, may_send_packets=True)

    assert read_ticket(sign_ticket(given, KEY), KEY) == given


def test_a_receipt_of_packets_comes_back_as_it_was_given():
    assert read_packets(sign_packets(PACKETS, KEY), KEY) == PACKETS


def test_a_receipt_of_packets_is_no_other_receipt():
    with pytest.raises(NotSigned):
        read_receipt(sign_packets(PACKETS, KEY), KEY)


def test_500_packets_fit_into_a_receipt():
    most = replace(PACKETS, packets=tuple((12_000, 1999.9) for _ in range(500)))

    assert read_packets(sign_packets(most, KEY), KEY) == most


@pytest.mark.parametrize("text", ["", "nothing", sign_receipt(RECEIPT, KEY)])
def test_what_is_no_receipt_of_packets_claims_nothing(text):
    assert claimed_packets(text) is None


def test_an_unsigned_receipt_of_packets_is_read_as_a_claim():
    assert claimed_packets(sign_packets(PACKETS, b"another key")) == PACKETS


def test_the_key_is_the_one_given_or_made_of_the_secret():
    made = probe_key("", "the secret of the house")

    assert probe_key("given", "the secret of the house") == b"given"
    assert (len(made), b"secret" in made) == (32, False)

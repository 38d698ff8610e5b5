"""Feeds and invitations, read back by icalendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest
from icalendar import Calendar as Document

from serai.base.calendars import (
    AllDayEvent,
    Attendee,
    Calendar,
    TimedEvent,
    write_feed,
    write_invitation,
)

CHANGED = datetime(2021, 6, 30, 8, 15, 7, 123456, tzinfo=UTC)
SECRETARIAT = Attendee("Secretariat", "secretariat@example.org")


def due(earliest, latest, **changes):
    values = {
        "uid": "milestone-8@example.org",
        "summary": "Consultation session with CAREC countries",
        "earliest": earliest,
        "latest": latest,
        "words": "end of June 2021",
        "sequence": 2,
        "changed_at": CHANGED,
    }
    return AllDayEvent(**(values | changes))


def meeting(**changes):
    values = {
        "uid": "som-2021-06@example.org",
        "summary": "Senior Officials' Meeting; virtual, by video",
        "starts_at": datetime(2021, 6, 30, 6, tzinfo=UTC),
        "ends_at": datetime(2021, 6, 30, 9, tzinfo=UTC),
        "zone": "Asia/Manila",
        "sequence": 0,
        "changed_at": CHANGED,
    }
    return TimedEvent(**(values | changes))


def feed(*events):
    return write_feed(Calendar("feed@example.org", "Virtual CAREC", "en", events))


def read(*events):
    return Document.from_ical(feed(*events)).walk("VEVENT")[0]


def test_a_window_of_up_to_14_days_is_covered_and_its_end_is_exclusive():
    event = read(due(date(2021, 6, 21), date(2021, 6, 30)))

    assert event.decoded("DTSTART") == date(2021, 6, 21)
    assert event.decoded("DTEND") == date(2021, 7, 1)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event["STATUS"], event["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")


@pytest.mark.parametrize(
    ("earliest", "begins"),
    [
        (date(2021, 6, 17), date(2021, 6, 17)),
        (date(2021, 6, 16), date(2021, 6, 30)),
        (date(2021, 1, 1), date(2021, 6, 30)),
        (None, date(2021, 6, 30)),
    ],
)
def test_a_wider_window_shows_its_last_day_with_the_words(earliest, begins):
    event = read(due(earliest, date(2021, 6, 30), description="Draft agenda"))

    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (begins, date(2021, 7, 1))
    assert event["DESCRIPTION"] == "end of June 2021\n\nDraft agenda"
    assert event["STATUS"] == "TENTATIVE"


def test_a_known_day_is_confirmed():
    event = read(due(date(2021, 6, 30), date(2021, 6, 30), words=""))

    assert (event["STATUS"], "DESCRIPTION" in event) == ("CONFIRMED", False)


def test_uid_sequence_and_stamps_come_from_the_thing_not_from_the_clock():
    event = read(due(date(2021, 6, 30), date(2021, 6, 30)))

    assert (event["UID"], event["SEQUENCE"]) == ("milestone-8@example.org", 2)
    assert event.decoded("DTSTAMP") == CHANGED.replace(microsecond=0)
    assert event.decoded("LAST-MODIFIED") == CHANGED.replace(microsecond=0)


def test_a_cancelled_thing_stays_as_cancelled():
    assert read(due(None, date(2021, 6, 30), is_cancelled=True))["STATUS"] == "CANCELLED"
    assert read(meeting(is_cancelled=True))["STATUS"] == "CANCELLED"


def test_a_meeting_stands_in_its_own_zone_with_the_zone_written():
    content = feed(meeting(place="Online", join_link="https://meet.example.org/1"))

    event = Document.from_ical(content).walk("VEVENT")[0]
    zones = [str(zone["TZID"]) for zone in Document.from_ical(content).walk("VTIMEZONE")]
    assert b"DTSTART;TZID=Asia/Manila:20210630T140000\r\n" in content
    assert event.decoded("DTSTART") == datetime(2021, 6, 30, 6, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2021, 6, 30, 9, tzinfo=UTC)
    assert (event["STATUS"], event["LOCATION"]) == ("CONFIRMED", "Online")
    assert event["CONFERENCE"] == "https://meet.example.org/1"
    assert zones == ["Asia/Manila"]


@pytest.mark.parametrize(("days", "end"), [(1, b"20210702"), (2, b"20210703")])
def test_a_meeting_without_an_hour_takes_whole_days_and_needs_no_zone(days, end):
    midnight = datetime(2021, 6, 30, 16, tzinfo=UTC)  # of 1 July in Manila
    whole = meeting(starts_at=midnight, ends_at=midnight + timedelta(days=days))

    files = [feed(whole), write_invitation(whole, organiser=SECRETARIAT, attendees=[])]

    for content in files:
        assert b"DTSTART;VALUE=DATE:20210701\r\n" in content
        assert b"DTEND;VALUE=DATE:" + end + b"\r\n" in content
        assert b"VTIMEZONE" not in content


def test_a_meeting_not_yet_called_is_tentative():
    assert read(meeting(is_tentative=True))["STATUS"] == "TENTATIVE"


def test_a_meeting_in_utc_needs_no_zone():
    content = feed(meeting(zone="UTC"))

    assert b"DTSTART:20210630T060000Z\r\n" in content
    assert b"VTIMEZONE" not in content


def test_each_zone_is_written_once_with_its_summer_time():
    content = feed(
        meeting(zone="Europe/Brussels"), meeting(uid="b", zone="Europe/Brussels"),
        meeting(uid="c", zone="Asia/Baku"),
    )  # fmt: skip

    zones = Document.from_ical(content).walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Asia/Baku", "Europe/Brussels"]
    assert [part.name for part in zones[1].subcomponents] == ["STANDARD", "DAYLIGHT", "STANDARD"]


def test_the_feed_names_itself_and_says_how_often_to_ask():
    calendar = Calendar(
        "feed@example.org", "Виртуальная ЦАРЭС", "ru", (due(None, date(2021, 6, 30)),),
        description="Вехи", url="https://example.org/ru/",
    )  # fmt: skip

    read_back = Document.from_ical(write_feed(calendar))

    assert read_back["NAME"] == read_back["X-WR-CALNAME"] == "Виртуальная ЦАРЭС"
    assert read_back["NAME"].params["LANGUAGE"] == "ru"
    assert read_back.decoded("REFRESH-INTERVAL") == timedelta(hours=6)
    assert read_back["DESCRIPTION"] == "Вехи"
    assert read_back["URL"] == "https://example.org/ru/"
    assert "METHOD" not in read_back


def test_the_same_events_in_any_order_give_the_same_bytes():
    one, two = due(None, date(2021, 6, 30)), meeting()

    assert feed(one, two) == feed(two, one) == feed(one, two)


def test_a_changed_event_changes_the_bytes():
    assert feed(due(None, date(2021, 6, 30))) != feed(due(None, date(2021, 6, 30), sequence=3))


def test_an_empty_feed_is_still_a_calendar():
    content = feed()

    assert Document.from_ical(content).walk("VEVENT") == []
    assert b"LAST-MODIFIED" not in content


def test_lines_are_folded_at_75_octets_and_text_is_escaped():
    content = feed(due(None, date(2021, 6, 30), summary="Стратегия, часть; первая " * 8))

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert "\\," in content.decode().replace("\r\n ", "")
    assert Document.from_ical(content).walk("VEVENT")[0]["SUMMARY"] == (
        "Стратегия, часть; первая " * 8
    )


def test_categories_and_address_are_written():
    event = read(due(None, date(2021, 6, 30), categories=("Virtual CAREC",), url="https://a.org/1"))

    assert event["CATEGORIES"].cats == ["Virtual CAREC"]
    assert event["URL"] == "https://a.org/1"


def test_an_invitation_is_a_request_that_asks_no_reply_by_mail():
    content = write_invitation(
        meeting(),
        organiser=SECRETARIAT,
        attendees=[
            Attendee("Nino", "nino@example.org"),
            Attendee("Aziz", "aziz@example.org", is_optional=True),
        ],
    )

    document = Document.from_ical(content)
    event = document.walk("VEVENT")[0]
    attendees = [(str(one), one.params["ROLE"], one.params["RSVP"]) for one in event["ATTENDEE"]]
    assert document["METHOD"] == "REQUEST"
    assert str(event["ORGANIZER"]) == "mailto:secretariat@example.org"
    assert attendees == [
        ("mailto:aziz@example.org", "OPT-PARTICIPANT", "FALSE"),
        ("mailto:nino@example.org", "REQ-PARTICIPANT", "FALSE"),
    ]


def test_a_cancelled_meeting_is_sent_as_cancellation():
    content = write_invitation(meeting(is_cancelled=True), organiser=SECRETARIAT, attendees=[])

    assert Document.from_ical(content)["METHOD"] == "CANCEL"


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ((due(date(2021, 7, 1), date(2021, 6, 30)),),
         "milestone-8@example.org: 2021-07-01 is after 2021-06-30."),
        ((meeting(starts_at=datetime(2021, 6, 30, 6)),),  # noqa: DTZ001
         "som-2021-06@example.org: 2021-06-30 06:00:00 has no time zone."),
        ((meeting(ends_at=datetime(2021, 6, 30, 6, tzinfo=UTC)),),
         "som-2021-06@example.org: ends 2021-06-30 06:00:00+00:00, "
         "not after 2021-06-30 06:00:00+00:00."),
        ((meeting(changed_at=datetime(2021, 6, 30)),),  # noqa: DTZ001
         "2021-06-30 00:00:00 has no time zone."),
        ((meeting(), meeting()), "Calendar event som-2021-06@example.org stands twice."),
    ],
)  # fmt: skip
def test_impossible_events_are_refused(events, sentence):
    with pytest.raises(ValueError) as refusal:
        feed(*events)

    assert str(refusal.value) == sentence


def test_an_unknown_zone_is_refused():
    with pytest.raises(ZoneInfoNotFoundError):
        feed(meeting(zone="Asia/Atlantis"))


@pytest.mark.parametrize("uid", ["short@example.org", "x" * 90])
@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "a;b,c\\d\ne\rf\r\ng",
        "Обзор цифровой стратегии " * 9,
        "语言" * 60,
        "\\" * 200,
        "\u202eRLO",
    ],
)
@pytest.mark.parametrize("signs", [(), ("Virtual, CAREC", "two")])
def test_days_are_written_as_the_library_writes_them(uid, text, signs):
    written = feed(
        due(
            date(2021, 6, 21), date(2021, 6, 30), uid=uid, summary=text, description=text,
            categories=signs, url="https://a.example/en/milestones/" + "m" * 80,
        )
    )  # fmt: skip
    again = Document.from_ical(written)
    (event,) = again.walk("VEVENT")

    assert again.to_ical() == written
    assert (event["UID"], event["SUMMARY"]) == (uid, text.replace("\r\n", "\n").replace("\r", "\n"))


def test_an_address_cannot_begin_a_line_of_its_own():
    event = read(due(None, date(2021, 6, 30), url="https://a.example/\r\nATTENDEE:x y"))

    assert event["URL"] == "https://a.example/%0D%0AATTENDEE:x%20y"
    assert "ATTENDEE" not in event

"""The sentences of the rules of advice, as translators see them; `tests` hold them to the rules."""

from django.utils.translation import gettext_noop

SENTENCES = {
    "CAP-1": gettext_noop(
        "Raise the line to at least {need_down} Mbit/s down and {need_up} Mbit/s up"
        " in busy hours. Measured now: {down} down and {up} up."
    ),
    "CAP-2": gettext_noop(
        "Hold the provider to the contract of {contract_down} Mbit/s down and "
        "{contract_up} Mbit/s up: in busy hours {down} and {up} arrive."
    ),
    "CAP-3": gettext_noop(
        "The line is fast enough, but packets are lost or late. Connect the meeting"
        " places by cable and give sound and picture priority in the network."
    ),
    "CAP-4": gettext_noop(
        "UDP is blocked. Open port 3478 and the platform's media ports, or have a "
        "relay (TURN) over TLS on port 443."
    ),
    "EQP-1": gettext_noop(
        "Give every speaker a gooseneck or a directional microphone: interpreters "
        "cannot work with microphones that hear the whole room."
    ),
    "EQP-2": gettext_noop("Add USB headsets: {have} % of the seats have one, 90 % should."),
    "EQP-3": gettext_noop(
        "Equip the room with a set of its size: at least {need_cameras} cameras and"
        " {need_displays} displays."
    ),
    "EQP-4": gettext_noop(
        "Give those who speak by telephone a computer on a cable: {have} % join by telephone only."
    ),
    "SPC-1": gettext_noop(
        "The picture is {height} m high and the farthest seat {distance} m away. "
        "Take a larger display, or bring it nearer: a sixth of the distance is the "
        "least height."
    ),
    "SPC-2": gettext_noop(
        "Soften the room with carpets, curtains or panels, quiet its ventilation, "
        "or move to another."
    ),
    "SPC-3": gettext_noop(
        "Bring cable to the room: it has {have} network ports, two are the least."
    ),
    "COL-1": gettext_noop(
        "Name somebody who runs online meetings, and a deputy, and have both trained."
    ),
    "COL-2": gettext_noop(
        "Send papers at least three days ahead, as small files: now it is {have} days."
    ),
    "COL-3": gettext_noop(
        "The event runs outside 08:00-18:00 in {have} capitals. Choose a better "
        "hour, or let the inconvenient hours rotate."
    ),
    "COL-4": gettext_noop(
        "{have} % of the meetings were interrupted. Go through the check points "
        "before each meeting."
    ),
    "PLB-1": gettext_noop(
        "Make a list of contacts that is kept outside the office's own systems, and download it."
    ),
    "PLB-2": gettext_noop("Put computers and router on batteries for {need} minutes."),
    "PLB-3": gettext_noop("Get a second way to the internet that carries what the event needs."),
    "PLB-4": gettext_noop(
        "Rehearse plan B a week before the next event: the latest rehearsal was {have} months ago."
    ),
    "SCL-1": gettext_noop(
        "{have} offices of the country lack the same equipment: a national kit on "
        "loan serves them all."
    ),
    "SCL-2": gettext_noop(
        "Rent what large events need for their days: {have} a year do not pay for buying."
    ),
    "SCL-3": gettext_noop(
        "Webcast the event: {audience} are to be reached, the licence holds {seats}."
    ),
    "SEC-1": gettext_noop("Switch on a second factor for everybody who opens meetings."),
    "SEC-2": gettext_noop(
        "Use another platform for sensitive matters: one that is permitted and "
        "encrypts from end to end."
    ),
    "SEC-3": gettext_noop(
        "Adopt a rule: people are asked before a meeting is recorded, and "
        "recordings are deleted after a set time."
    ),
    "SEC-4": gettext_noop("Install security updates within 30 days: now it takes {have}."),
}

"""The four questionnaires: whole, in both languages, asking what the evaluation reads, and no more."""

import gzip
import json
import re

import pytest
from tests.factories.questionnaires import NAMES, asked, compiled, fill, opened, read

from serai.base.xlsform import read_xlsform, to_markdown, to_xlsx, translation_sheet
from serai.calc.xforms import Ref, check, completeness, lint, wire
from serai.calc.xforms.expressions import controls

ENGLISH, RUSSIAN = "English (en)", "Русский (ru)"
KILOBYTE = 1024

# Every fact that requirements, criteria, advice and forecasts read, by where the design names it.
FACTS = {
    "C1 C2 speed": "contract_down contract_up dedicated other_down other_up",
    "C3 C4 voice and loss": "test_1 test_2 test_3 other_rtt",
    "C5 UDP": "udp_policy udp_priority proxy",
    "C6 second path": "second_line second_path second_down second_up failover failover_tested_on",
    "availability": "outages outage_minutes",
    "sizing": "technology provider data_cap data_cap_gb line_cost line_currency busy_hours "
    "offices_sharing upgrade_weeks wired_rooms wifi connection_file",
    "I1 kit": "room_computer cameras camera_control displays display_height second_display",
    "I2 microphones": "microphone_type microphone_count echo_cancelling loudspeakers dsp spares",
    "I3 interpretation": "headsets booths language_channels",
    "I4 seats": "people_joining people_at_once seats_wired_share seats_headset_share seats_camera_share "
    "phone_only_share from_home_share",
    "I5 licence": "licence licence_seats install_rights codec webcast file_sharing",
    "I6 power": "ups_minutes room_ups_minutes generator power_cuts",
    "platforms": "permit_zoom permit_teams permit_webex permit_meet permit_jitsi "
    "permit_bigbluebutton permit_interprefy permit_other platforms_used",
    "space": "room_name room_seats room_length room_width farthest_viewer wired_ports noise "
    "acoustics lighting room_operator photo_1 photo_2 photo_3 spare_encoder",
    "D1 papers": "papers_days papers_channel",
    "D2 D3 delivery": "sharing recording storage_rule archive audience",
    "D4 languages": "bilingual_slides captions event_languages",
    "L1 operators": "operators operator_kind deputies operators_trained_on technicians "
    "helpdesk_hours support_contract",
    "L2 order": "moderator speaking_order remote_decide zone_rule remote_speaking_share",
    "L3 L4 effect": "interrupted_share outcome_effect decisions_postponed trips_avoided "
    "satisfaction problems",
    "L5 rehearsal": "rehearsal_days",
    "contingency gate": "plan_power plan_last_mile plan_platform plan_kit plan_person "
    "plan_interpreter plan_incident contact_list dial_in hotspot_tried hotspot_tested_on backup_room "
    "backup_platform",
    "security gate": "sensitivity_highest multi_factor waiting_room named_joining "
    "recording_consent data_location encryption_rule deletion_days update_days incident",
    "events": "attended hosted_e1 hosted_e2 hosted_e3 hosted_e4 hosted_e5 largest wanted_attend "
    "wanted_e1 wanted_e2 wanted_e3 wanted_e4 wanted_e5",
    "training": "need_joining need_room need_moderating need_interpretation need_measuring "
    "need_security learners training_languages training_times",
    "needs": "advice_rank need_first need_second need_third budget_band procurement_limits "
    "would_lend would_host comments",
    "office": "office city technical_contact technical_contact_email technical_contact_phone "
    "takes_part has_room test_consent",
    "sign-off": "complete incomplete_what cleared_by letter",
}  # fmt: skip
SECTIONS = [
    "about_office", "events", "connection", "power", "applications", "room", "seats", "content",
    "collaboration", "people", "continuity", "security", "needs", "sign_off",
]  # fmt: skip
# Marked with * in the design's questionnaire: facts on which a verdict hangs.
DECISIVE = {
    "office", "city", "test_consent", "takes_part", "has_room", "interrupted_share", "technology", "contract_down", "contract_up", "outages", "outage_minutes", "second_line", "wired_rooms", "udp_policy", "ups_minutes", "permit_zoom", "permit_teams", "licence", "room_name", "room_seats", "farthest_viewer", "displays", "display_height", "cameras", "microphone_type", "microphone_count", "room_computer", "wired_ports", "people_joining", "seats_wired_share", "seats_headset_share", "papers_days", "sharing", "language_channels", "moderator", "remote_decide", "outcome_effect", "operators", "contact_list", "rehearsal_days", "sensitivity_highest", "multi_factor", "recording_consent", "update_days", "wanted_attend", "wanted_e1", "wanted_e2", "wanted_e3", "wanted_e4", "wanted_e5"
} | {
    f"plan_{name}{ending}"
    for name in ("power", "last_mile", "platform", "kit", "person", "interpreter", "incident")
    for ending in ("", "_rehearsed_on")
}  # fmt: skip
TEST_FIELDS = [
    "started_at", "point", "room_tested", "wired", "down_mean", "down_tail", "up_mean", "up_tail",
    "rtt", "jitter", "loss", "late_share", "burst_ratio", "udp", "receipt",
]  # fmt: skip
SMALL = {
    "takes_part": "attend", "has_room": "no", "test_consent": "no", "second_line": "none",
    "outages": "0", "other_test": "no", "data_cap": "no", "licence": "guest", "problems": "none",
    "operators": "0", "complete": "whole", "recording_consent": "not_recorded", "line_cost": "0",
}  # fmt: skip
HOST = {
    "takes_part": "attend_and_host", "problems": "other", "technology": "other", "displays": "2",
    "data_cap": "yes", "second_line": "second_provider", "complete": "partly", "cameras": "2",
    "licence": "interpretation", "webcast": "yes", "other_test": "yes", "need_room": "2",
}  # fmt: skip


# ---------------------------------------------------------------------- all of them


def test_there_are_four():
    assert NAMES == ("challenge_application", "event_feedback", "readiness_office", "strategy_q1")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_said_against_it(name):
    form = read(name)

    assert form.settings.form_id == name
    assert re.fullmatch(r"\d{10}", form.settings.version)
    assert [one.code for one in form.languages] == ["en", "ru"]
    assert list(map(str, form.warnings)) == []
    assert lint(compiled(name), [ENGLISH, RUSSIAN]) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_workbook_and_the_markdown_make_the_same_form(name):
    form = read(name)

    assert read_xlsform(to_xlsx(form.sheets)).xform == form.xform
    assert read_xlsform(to_markdown(form.sheets)).xform == form.xform


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_in_both_languages_and_short(name):
    form = read(name)
    english, russian = form.languages

    phrases = translation_sheet(form.sheets, russian)

    assert [one.key for one in phrases if not one.text] == []
    alike = {one.source for one in phrases if one.text == one.source}
    assert alike <= {
        "UDP", "Zoom", "Microsoft Teams", "Webex", "Google Meet", "Jitsi Meet", "BigBlueButton",
        "Interprefy", *(f"{hour:02}:00-{hour + 1:02}:00" for hour in range(9, 18)),
    }  # fmt: skip
    assert [one.key for one in phrases if not re.search("[А-я]", one.text)] == [
        one.key for one in phrases if one.source in alike
    ]
    longest = {"label": 150, "hint": 110, "constraint_message": 110, "required_message": 110}
    assert [
        one.key
        for one in phrases
        if max(len(one.source), len(one.text)) > longest[one.key.rpartition(" ")[2]]
    ] == []
    assert english.name == ENGLISH


@pytest.mark.parametrize("name", NAMES)
def test_each_broken_rule_has_words_and_each_question_a_place_on_a_page(name):
    form = compiled(name)

    silent = [one.path for one in form.specs if one.constraint and "constraint" not in one.messages]
    pages = {control.kind for control in form.controls}
    bare = [one.spec for one in controls(form) if one.kind in {"group", "repeat"} and one.spec < 0]

    assert silent == []
    assert pages == {"group"}
    assert bare == []


@pytest.mark.parametrize(
    ("name", "kilobytes", "questions"),
    [
        ("challenge_application", 52, 52),
        ("event_feedback", 16, 11),
        ("readiness_office", 240, 215),
        ("strategy_q1", 64, 60),
    ],
)
def test_it_stays_of_a_size(name, kilobytes, questions):
    form = compiled(name)

    asked_at_most = [one for one in form.specs if one.control and not one.children]

    assert len(read(name).xform.encode()) <= kilobytes * KILOBYTE
    assert len([one for one in asked_at_most if one.binds.get("readonly") != "true()"]) <= questions


def test_the_logic_of_each_page_is_light():
    sizes = {
        f"{name} {one.name}": len(gzip.compress(json.dumps(wire(form, one.path).json).encode()))
        for name in NAMES
        for form in [compiled(name)]
        for one in form.specs
        if one.path.count("/") == 2 and one.children and one.name != "meta"
    }

    assert max(sizes.values()) <= 2 * KILOBYTE, sizes
    assert len(sizes) == 7 + 2 + 14 + 9


# ---------------------------------------------------------------------- readiness of an office


def test_every_fact_the_evaluation_reads_has_its_question():
    by_name = {one.name: one for one in compiled("readiness_office").specs}
    wanted = " ".join(FACTS.values()).split()

    assert [name for name in wanted if name not in by_name] == []
    assert len(wanted) == len(set(wanted))


def test_no_question_is_asked_that_nothing_reads():
    form = compiled("readiness_office")
    known = {
        *" ".join(FACTS.values()).split(), *TEST_FIELDS, "technology_other", "problems_other",
        "other_test", "other_tool", "other_tested_on", "no_test", "security_note",
    }  # fmt: skip
    planned = re.compile(r"plan_\w+_(owner|action|minutes|rehearsed_on)")

    questions = [one.name for one in form.specs if one.control and not one.children]

    assert [one for one in questions if one not in known and not planned.fullmatch(one)] == []


def test_it_has_fourteen_pages_and_rooms_repeat():
    form = compiled("readiness_office")

    top = [one for one in form.specs if one.path.count("/") == 2 and one.name != "meta"]

    assert [one.name for one in top] == SECTIONS
    assert [form.specs[one.spec].path for one in form.repeats] == ["/data/room"]


def test_decisive_facts_are_required_and_weigh_most():
    form = compiled("readiness_office")

    heavy = {one.name for one in form.specs if one.weight >= 3}

    assert heavy == DECISIVE
    assert {
        one.name for one in form.specs if one.name in heavy and "required" not in one.binds
    } == set()


def test_answers_on_security_have_a_narrower_audience():
    form = compiled("readiness_office")

    narrow = {one.path for one in form.specs if one.binds.get("serai:audience") == "security"}

    assert narrow == {one.path for one in form.specs if one.path.startswith("/data/security")}
    assert len(narrow) == 12


def test_three_tests_hold_what_a_run_measures_and_nobody_types_it():
    form = compiled("readiness_office")

    for number in (1, 2, 3):
        group = form.spec(f"/data/connection/test_{number}")
        inside = [form.specs[one] for one in group.children]

        assert group.binds["serai:widget"] == "test"
        assert [one.name for one in inside] == [*TEST_FIELDS, "no_test"]
        assert [one.name for one in inside if "readonly" not in one.binds] == ["no_test"]


def test_a_run_of_the_probe_takes_back_the_question_why_there_is_none():
    consent = {Ref("/data/about_office/test_consent"): "yes"}
    receipt = {Ref("/data/connection/test_1/receipt"): "signed"}

    before = {cell.spec.path for cell in asked(opened("readiness_office", answers=consent))}
    after = {
        cell.spec.path for cell in asked(opened("readiness_office", answers=consent | receipt))
    }

    assert before - after == {"/data/connection/test_1/no_test"}


def test_a_small_office_answers_little():
    state = fill(opened("readiness_office"), SMALL)

    count = len(asked(state))
    required = sum(cell.required for cell in asked(state))
    whole = completeness(state, check(state))

    assert (count, required) == (83, 38)
    assert check(state) == []
    assert (whole.completeness, whole.sufficiency) == (1.0, 1.0)


def test_an_office_that_hosts_can_answer_everything():
    state = opened("readiness_office")
    state.add_entry("/data/room")
    fill(state, HOST)

    issues = check(state)

    assert issues == []
    answered = {cell.spec.name for cell in asked(state) if cell.text}
    unasked = {
        one.name
        for one in compiled("readiness_office").specs
        if one.control and not one.children and "readonly" not in one.binds
    } - answered
    assert unasked == set()
    assert len(state.entries("/data/room")) == 2


def test_not_known_is_complete_but_says_nothing():
    state = fill(opened("readiness_office"), {**SMALL, "udp_policy": "not_known"})

    whole = completeness(state, [], within="/data/connection")

    assert whole.completeness == 1.0
    assert [one.path for one in whole.insubstantive] == ["/data/connection/udp_policy"]


BROKEN = [
    ("about_office/technical_contact_email", "office at ministry", "В адресе один знак @ и точка после него: name@ministry.gov."),
    ("events/interrupted_share", "120", "Доля — от 0 до 100 %."),
    ("connection/contract_down", "100000", "Укажите Мбит/с: линия 100 Мбит/с — это 100. Больше 10 000 вряд ли имеется в виду."),
    ("connection/busy_hours", "h09 none", "«Ни в какие» и «Неизвестно» выбирают без других ответов."),
    ("events/problems", "none sound", "«Ничего» выбирают без других ответов."),
    ("power/ups_minutes", "-1", "Укажите минуты, не более 1440 (сутки)."),
    ("seats/people_joining", "-3", "Укажите целое число от 0 до 10000."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "sentence"), BROKEN)
def test_a_slip_is_answered_in_the_readers_language(path, text, sentence):
    state = opened("readiness_office", RUSSIAN)

    state.set(Ref(f"/data/{path}"), text)

    said = {one.ref.path: one.message for one in check(state) if one.kind == "constraint"}
    assert said == {f"/data/{path}": sentence}


def test_deputies_are_never_more_than_operators():
    state = opened("readiness_office")
    state.set(Ref("/data/people/operators"), "2")

    state.set(Ref("/data/people/deputies"), "3")

    assert [one.message for one in check(state) if one.kind == "constraint"] == [
        "Not more than all operators."
    ]


# ---------------------------------------------------------------------- the others


def test_the_strategy_asks_of_every_theme_field_and_technology():
    choices = read("strategy_q1").sheets.choices.rows
    count = {
        name: len([row for row in choices if row["list_name"] == name and row["name"] != "none"])
        for name in ("theme", "cluster", "technology", "country")
    }

    assert count == {"theme": 18, "cluster": 12, "technology": 3, "country": 11}


def test_what_was_chosen_is_ranked_and_nothing_else():
    state = opened("strategy_q1")
    ranked = Ref("/data/priorities/themes_ranked")

    state.set(Ref("/data/priorities/themes"), "skills law divide")
    state.set(ranked, "law skills divide")

    assert [one.value for one in state.choices(ranked)] == ["divide", "law", "skills"]
    assert state.value(ranked) == "law skills divide"


def test_more_than_five_themes_are_too_many():
    state = opened("strategy_q1")

    state.set(Ref("/data/priorities/themes"), "skills law divide content smes inclusion")

    assert [one.message for one in check(state) if one.kind == "constraint"] == [
        "Choose at most 5."
    ]


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("strategy_q1", {}),
        ("strategy_q1", {"has_strategy": "no", "has_projects": "no", "leads": "no"}),
        ("event_feedback", {"language_way": "interpretation", "useful": "5"}),
        ("event_feedback", {"place": "on_site", "useful": "2"}),
        ("challenge_application", {"actor_type": "idea_team", "stage": "idea"}),
        ("challenge_application", {"actor_type": "startup", "stage": "growth", "country": "other"}),
    ],
)
def test_a_response_can_be_whole(name, answers):
    state = fill(opened(name), answers)

    whole = completeness(state, check(state))

    assert check(state) == []
    assert (whole.completeness, whole.sufficiency) == (1.0, 1.0)


def test_projects_end_after_they_begin():
    state = opened("strategy_q1")
    state.set(Ref("/data/plans/has_projects"), "yes")
    (entry,) = state.entries("/data/project")
    state.set(Ref("/data/project/project_from", entry), "2026-05-01")

    state.set(Ref("/data/project/project_to", entry), "2026-04-30")

    assert [one.message for one in check(state) if one.kind == "constraint"] == [
        "Not before it begins."
    ]


def test_feedback_asks_no_name_and_takes_minutes():
    form = compiled("event_feedback")
    state = fill(opened("event_feedback"), {"language_way": "interpretation", "useful": "5"})

    assert len(asked(state)) == 11
    assert [one.name for one in form.specs if one.control and one.type == "string" and one.control.kind == "input"] == [
        "about_answers", "will_do", "better",
    ]  # fmt: skip
    assert {"sound", "picture", "interpretation", "language_way"} <= {
        one.name for one in form.specs
    }


def test_an_application_holds_what_eligibility_and_judging_read():
    names = {one.name for one in compiled("challenge_application").specs}

    assert names >= {
        "team_name", "actor_type", "country", "stage", "sectors", "founded_on", "languages",
        "member", "member_affiliations", "conflict_1", "conflict_1_why", "conflict_3",
        "problem", "how", "new", "users", "revenue", "proof", "pitch", "evidence",
        "consent_rules", "consent_own", "consent_data", "consent_publish",
    }  # fmt: skip


def test_an_application_without_consent_is_not_handed_in():
    state = opened("challenge_application", RUSSIAN)

    said = {one.ref.path: one.message for one in check(state) if one.kind == "required"}

    assert said["/data/consent/consent_rules"] == "Без этого заявку принять нельзя."
    assert said["/data/consent/consent_publish"] == ""


@pytest.mark.parametrize("name", NAMES)
def test_no_text_holds_a_sign_of_its_table(name):
    assert "|" not in re.sub(r"<[^>]*>", "", read(name).xform)

"""Every change in the room readiness."""

from serai.readiness.actions.acts import (
    Refused,
)
from serai.readiness.actions.advising import (
    accept_advice,
    decline_advice,
    finish_advice,
    propose_advice,
)

# releases
from serai.readiness.actions.aggregates import (
    publish_aggregate,
    release_aggregate,
    withdraw_aggregate,
)
from serai.readiness.actions.asking import (
    ask_for_facts,
)
from serai.readiness.actions.desk import (
    SeenAtDesk,
    note_at_desk,
    record_rehearsal,
    review_event,
    start_event,
)
from serai.readiness.actions.duties import (
    end_duty,
    give_duty,
)
from serai.readiness.actions.entering import (
    EnteredRun,
    doubts,
    enter_run,
    import_runs,
)
from serai.readiness.actions.events import (
    EventFacts,
    Place,
    add_delegation,
    change_delegation,
    change_event,
    drop_delegation,
    plan_event,
)
from serai.readiness.actions.forecasting import (
    forecast_coming,
    forecast_event,
)
from serai.readiness.actions.frameworks import (
    Faulty,
    copy_edition,
    delete_draft,
    draft_from_file,
    edit_criterion,
    edit_event_row,
    edit_package,
    edit_platform,
    edit_weights,
    publish,
    put_framework,
    put_tiers,
    replace_tiers,
)

# help
from serai.readiness.actions.helping import (
    AdvisoryFacts,
    HelpFacts,
    ask_help,
    assign_help,
    close_solved,
    move_help,
    say_help,
    write_advisory,
)
from serai.readiness.actions.offices import (
    take_in_answers,
)
from serai.readiness.actions.planning import (
    ScenarioFacts,
    change_scenario,
    fail_run,
    keep_plan,
    make_scenario,
    queue_again,
    queue_run,
    run_key,
    start_run,
)
from serai.readiness.actions.points import (
    PointFacts,
    keep_point,
)
from serai.readiness.actions.policies import (
    say_policies,
)
from serai.readiness.actions.prices import (
    PriceFacts,
    record_prices,
)
from serai.readiness.actions.providing import (
    change_provision,
    check_provision,
    move_provision,
    provide_advice,
    provide_plan,
)
from serai.readiness.actions.readings import (
    note_readings,
)
from serai.readiness.actions.releasing import (
    ask_plan_release,
    ask_release,
    decline_release,
    grant_release,
    let_out,
    withdraw_release,
)
from serai.readiness.actions.reminding import (
    remind,
    tell_retests,
)
from serai.readiness.actions.reviewing import (
    agree_results,
    confirm_results,
    dispute_results,
    show_results,
)
from serai.readiness.actions.sample import (
    SampleRun,
    put_sample_duty,
    put_sample_place,
    put_sample_runs,
)
from serai.readiness.actions.scoring import (
    ask_for_scores,
    score_assessment,
    score_waiting,
)
from serai.readiness.actions.solving import (
    Solved,
    solve,
)
from serai.readiness.actions.testing import (
    TestAnswer,
    TestRefused,
    WantedTest,
    expire_tickets,
    issue_ticket,
    purge_series,
    take_in_run,
    void_run,
)

__all__ = [
    "EventFacts",
    "Place",
    "SeenAtDesk",
    "add_delegation",
    "change_delegation",
    "change_event",
    "drop_delegation",
    "forecast_coming",
    "forecast_event",
    "note_at_desk",
    "plan_event",
    "record_rehearsal",
    "review_event",
    "start_event",
    # help
    "AdvisoryFacts",
    "HelpFacts",
    "ask_help",
    "assign_help",
    "close_solved",
    "move_help",
    "say_help",
    "write_advisory",
    # releases
    "ask_plan_release",
    "ask_release",
    "decline_release",
    "grant_release",
    "let_out",
    "note_readings",
    "publish_aggregate",
    "release_aggregate",
    "withdraw_aggregate",
    "withdraw_release",
    "EnteredRun",
    "Faulty",
    "PointFacts",
    "PriceFacts",
    "Refused",
    "SampleRun",
    "ScenarioFacts",
    "Solved",
    "TestAnswer",
    "TestRefused",
    "WantedTest",
    "accept_advice",
    "agree_results",
    "ask_for_facts",
    "ask_for_scores",
    "change_provision",
    "change_scenario",
    "check_provision",
    "confirm_results",
    "copy_edition",
    "decline_advice",
    "delete_draft",
    "dispute_results",
    "doubts",
    "end_duty",
    "draft_from_file",
    "edit_criterion",
    "edit_event_row",
    "edit_package",
    "edit_platform",
    "edit_weights",
    "enter_run",
    "expire_tickets",
    "give_duty",
    "fail_run",
    "finish_advice",
    "import_runs",
    "issue_ticket",
    "keep_plan",
    "keep_point",
    "make_scenario",
    "move_provision",
    "propose_advice",
    "provide_advice",
    "provide_plan",
    "publish",
    "purge_series",
    "put_framework",
    "put_sample_duty",
    "put_sample_place",
    "put_sample_runs",
    "put_tiers",
    "queue_again",
    "queue_run",
    "record_prices",
    "remind",
    "replace_tiers",
    "run_key",
    "say_policies",
    "score_assessment",
    "score_waiting",
    "show_results",
    "solve",
    "start_run",
    "take_in_answers",
    "take_in_run",
    "tell_retests",
    "void_run",
]

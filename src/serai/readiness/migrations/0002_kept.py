"""What was measured, priced, said or confirmed never changes; only samples are removed.

The raw series of a run may be emptied, two years on. Editions in use and the facts and results of
a confirmed assessment stay as they are.
"""

from django.db import migrations

APPEND_ONLY = (
    "readiness_proberun",
    "readiness_runvoid",
    "readiness_provisionstep",
    "readiness_helpmessage",
    "readiness_price",
    "readiness_platformpolicy",
    "readiness_resultreading",
)
RUN = "readiness_proberun"
RUN_KEPT = (
    "id", "public_id", "office_id", "room_id", "point_id", "ticket_id", "source", "tool", "length",
    "is_wired", "browser", "at", "down_mean_mbps", "down_tail_mbps", "up_mean_mbps", "up_tail_mbps",
    "rtt_ms", "rtt_loaded_ms", "rtt_p95_ms", "rtt_least_ms", "jitter_p95_ms", "loss_share",
    "late_share", "burst_ratio", "udp", "distance_km", "is_thin", "is_cut_short", "receipt",
    "file_id", "entered_by_id", "sample",
)  # fmt: skip
EDITIONS = ("readiness_framework", "readiness_tiertable")
EDITION_KEPT = ("number", "initiative_id", "title", "document")
RESULTS = (
    "readiness_fact",
    "readiness_criterionscore",
    "readiness_attainment",
    "readiness_finding",
)
ASSESSMENT = "readiness_assessment"
ASSESSMENT_KEPT = (
    "office_id", "framework_id", "response_number", "as_of", "score", "score_low", "score_high",
    "known_share", "measured_share", "headline_attend", "headline_host", "confirmed_at",
)  # fmt: skip
FIXED = "('confirmed', 'superseded')"
SAYS = "keeps what was recorded: record a new row instead"


def _touched(names, different, cast):
    """Say when an update touches one of the columns."""
    return " OR ".join(f"(NEW.{name}{cast} {different} OLD.{name}{cast})" for name in names)


def _rules(different, false, cast):
    """Yield table, verb and the condition under which the verb is refused; "" for always."""
    for table in APPEND_ONLY:
        changes = ""
        if table == RUN:
            changes = f"NEW.series{cast} <> '{{}}' OR {_touched(RUN_KEPT, different, cast)}"
        yield table, "UPDATE", changes
        yield table, "DELETE", f"OLD.sample = {false}"
    for table in EDITIONS:
        touched = _touched(EDITION_KEPT, different, cast)
        yield table, "UPDATE", f"OLD.state <> 'draft' AND ({touched})"
        yield table, "DELETE", f"OLD.state <> 'draft' AND OLD.sample = {false}"
    touched = _touched(ASSESSMENT_KEPT, different, cast)
    yield ASSESSMENT, "UPDATE", f"OLD.state IN {FIXED} AND ({touched})"
    yield ASSESSMENT, "DELETE", f"OLD.state IN {FIXED} AND OLD.sample = {false}"
    for table in RESULTS:
        for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            fixed = f"(SELECT state FROM {ASSESSMENT} WHERE id = {row}.assessment_id) IN {FIXED}"
            yield table, verb, f"{fixed} AND {row}.sample = {false}" if verb == "DELETE" else fixed


def protect(apps, schema_editor):
    """Make the triggers: on PostgreSQL the condition stands in a function, for it may ask a table."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    found = (
        _rules("IS DISTINCT FROM", "false", "::text")
        if on_postgresql
        else _rules("IS NOT", "0", "")
    )
    for table, verb, condition in found:
        name = f"{table}_no_{verb.lower()}"
        if not on_postgresql:
            when = f"WHEN ({condition}) " if condition else ""
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW {when}"
                f"BEGIN SELECT RAISE(ABORT, '{table} {SAYS}'); END",
                params=None,
            )
            continue
        row = "OLD" if verb == "DELETE" else "NEW"
        refuse = (
            f"RAISE EXCEPTION '{table} {SAYS}' USING ERRCODE = 'integrity_constraint_violation';"
        )
        body = f"IF {condition} THEN {refuse} END IF; RETURN {row};" if condition else refuse
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION {name}()",
            params=None,
        )


def release(apps, schema_editor):
    """Take the triggers away."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table, verb, _condition in _rules("", "", ""):
        name = f"{table}_no_{verb.lower()}"
        on = f" ON {table}" if on_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if on_postgresql:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("readiness", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]

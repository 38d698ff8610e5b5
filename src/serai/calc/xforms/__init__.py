"""XForms as ODK understands them: compile a form, fill it, check it, compare its versions."""

from serai.calc.xforms.carry import Response, SetAside, carry, drafted_requests
from serai.calc.xforms.check import Issue, IssueKind, check, check_one
from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.diff import Change, Comparison, PathChange, compare
from serai.calc.xforms.documents import evaluate
from serai.calc.xforms.flow import Delta, EntryAt, NeverSettles, Ref
from serai.calc.xforms.focus import ENGLISH_NAMES, CalendarNames, CannotEvaluate, Env
from serai.calc.xforms.form import CompiledForm, Control, FormFault, FormFaults, Spec
from serai.calc.xforms.instances import Instance, NotThisForm, read_instance, write_instance
from serai.calc.xforms.lexer import NotAnExpression
from serai.calc.xforms.lint import Finding, lint
from serai.calc.xforms.progress import (
    Asked,
    Completeness,
    Progress,
    asked_of,
    completeness,
    completeness_of,
)
from serai.calc.xforms.protect import Contributor, Protected, differs_safely, is_safe, protect
from serai.calc.xforms.state import CannotChange, FormState, open_form
from serai.calc.xforms.tally import (
    Kind,
    Quartiles,
    Rank,
    Record,
    Standing,
    Tally,
    ranks,
    tallies,
    tally,
)
from serai.calc.xforms.tree import BadXml
from serai.calc.xforms.values import Profile, Rules
from serai.calc.xforms.wire import Wire, wire
from serai.calc.xforms.wire_state import section_values, server_results, wire_state
from serai.calc.xforms.wording import Choice

__all__ = [
    "ENGLISH_NAMES",
    "Asked",
    "BadXml",
    "CalendarNames",
    "CannotChange",
    "CannotEvaluate",
    "Change",
    "Choice",
    "Comparison",
    "CompiledForm",
    "Completeness",
    "Contributor",
    "Control",
    "Delta",
    "EntryAt",
    "Env",
    "Finding",
    "FormFault",
    "FormFaults",
    "FormState",
    "Instance",
    "Issue",
    "IssueKind",
    "Kind",
    "NeverSettles",
    "NotAnExpression",
    "NotThisForm",
    "PathChange",
    "Profile",
    "Progress",
    "Protected",
    "Quartiles",
    "Rank",
    "Record",
    "Ref",
    "Response",
    "Rules",
    "SetAside",
    "Spec",
    "Standing",
    "Tally",
    "Wire",
    "asked_of",
    "carry",
    "check",
    "check_one",
    "compare",
    "compile_form",
    "completeness",
    "completeness_of",
    "differs_safely",
    "drafted_requests",
    "evaluate",
    "is_safe",
    "lint",
    "open_form",
    "protect",
    "ranks",
    "read_instance",
    "section_values",
    "server_results",
    "tallies",
    "tally",
    "wire",
    "wire_state",
    "write_instance",
]

import pytest
from tests.calc.xforms.forms import opened, xform

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.form import FormFault, FormFaults


def test_controls_keep_kind_field_and_nesting():
    form = compile_form(
        xform(
            "<a/><g><b/></g>",
            body='<group ref="/data/g" appearance="field-list"><label>G</label>'
            '<input ref="/data/g/b"/></group><group><input ref="/data/a"/></group>',
        )
    )

    group, plain = form.controls
    assert (group.kind, form.specs[group.spec].path) == ("group", "/data/g")
    assert group.appearances == ("field-list",)
    assert [form.specs[one.spec].path for one in group.children] == ["/data/g/b"]
    assert plain.spec == -1
    assert form.spec("/data/a").control is plain.children[0]


def test_relative_refs_are_seen_from_the_group_around():
    form = compile_form(xform("<g><b/></g>", body='<group ref="/data/g"><input ref="b"/></group>'))

    assert form.spec("/data/g/b").control is form.controls[0].children[0]


def test_problems_of_the_body_are_named():
    form = compile_form(
        xform(
            "<a/>",
            body='<input ref="/data/b"/><input bind="x"/><input ref="1 +"/><setgeopoint/>'
            '<setvalue ref="/data/none" event="odk-instance-load"/>',
        )
    )

    assert form.problems == [
        FormFault("/data/b", "The input's node is not in the instance."),
        FormFault("", "“bind=x” is not supported: use ref."),
        FormFault("1 +", "The input's node is not in the instance."),
        FormFault("", "“setgeopoint” is not supported."),
        FormFault("/data/none", "The setvalue's node is not in the instance."),
    ]


def test_choices_written_in_the_form_may_say_nothing():
    state = opened(
        "<a/>",
        body='<select1 ref="/data/a"><item><label>Yes</label><value> y </value></item>'
        '<item no_information="true"><label>Not known</label><value>nk</value></item></select1>',
    )

    items = state.form.controls[0].items
    assert [(item.value, item.is_no_information) for item in items] == [
        ("y", False), ("nk", True),
    ]  # fmt: skip


def test_fixed_and_counted_repeats_are_known():
    form = compile_form(
        xform(
            "<n/><r><a/></r><s><b/></s><t><c/></t>",
            body='<repeat nodeset="/data/r" jr:noAddRemove="true()"/>'
            '<repeat nodeset="/data/s" jr:count="/data/n"/>'
            '<repeat nodeset="/data/t" jr:noAddRemove="false()"/>',
        )
    )

    kinds = [(repeat.is_fixed, repeat.has_count) for repeat in form.repeats]
    assert kinds == [(True, False), (False, True), (False, False)]


def test_what_cannot_be_read_in_the_body_is_a_fault():
    with pytest.raises(FormFaults) as caught:
        compile_form(
            xform(
                "<a/>",
                body='<select1 ref="/data/a"><label ref="("/><itemset nodeset="("><value ref="n"/>'
                '</itemset></select1><setvalue ref="(" event="odk-instance-load"/>',
            )
        )

    assert [fault.path for fault in caught.value.faults] == ["/data/a", "/data/a", ""]


def test_targets_of_actions_that_are_no_paths_are_problems():
    form = compile_form(xform("<a/>", body='<setvalue ref="concat(1)" event="odk-instance-load"/>'))

    assert [one.path for one in form.problems] == ["concat(1)"]

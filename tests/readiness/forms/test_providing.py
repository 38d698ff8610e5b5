"""What deliveries are asked."""

from serai.readiness.forms.providing import DueForm, LinesForm, MoveForm, OrderForm


def test_lines_are_those_offered():
    assert LinesForm({"lines": ["1"]}, lines=[("1", "One")]).is_valid()
    assert not LinesForm({"lines": ["2"]}, lines=[("1", "One")]).is_valid()
    assert not LinesForm({}, lines=[("1", "One")]).is_valid()


def test_a_note_and_a_day_may_be_left_empty():
    assert MoveForm({}).is_valid()
    assert DueForm({}).is_valid()
    assert not DueForm({"due_on": "soon"}).is_valid()


def test_an_order_names_one_of_the_suppliers_or_none():
    assert OrderForm({"supplier": "4"}, suppliers=[(4, "Sam")]).is_valid()
    assert OrderForm({"supplier": ""}, suppliers=[(4, "Sam")]).is_valid()
    assert not OrderForm({"supplier": "5"}, suppliers=[(4, "Sam")]).is_valid()

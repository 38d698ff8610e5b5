from tests.calc.xforms.forms import opened

from serai.calc.xforms.flow import Ref
from serai.calc.xforms.frames import all_frames, inside
from serai.calc.xforms.tree import write_xml

STATE = opened(
    "<a x='1'>one</a><r><b>2</b><s><c>3</c></s></r><r><b>4</b><s><c>5</c></s><s><c>6</c></s></r><z/>",
    body='<repeat nodeset="/data/r"><repeat nodeset="/data/r/s"/></repeat>',
)


def test_the_tree_is_in_document_order():
    assert write_xml(STATE.flow.document).replace(' xmlns="http://www.w3.org/2002/xforms"', "") == (
        '<data id="test" version="1"><a x="1">one</a><r><b>2</b><s><c>3</c></s></r>'
        "<r><b>4</b><s><c>5</c></s><s><c>6</c></s></r><z/></data>"
    )
    assert STATE.flow.root.cells[0].string() == "one23456"


def test_frames_know_where_they_stand():
    frames = list(all_frames(STATE.flow.root))

    assert [frame.place() for frame in frames] == [(), (0,), (0, 0), (1,), (1, 0), (1, 1)]
    assert [frame.depth for frame in frames] == [0, 1, 2, 1, 2, 2]
    assert frames[5].above(1) is frames[3]
    assert inside(STATE.flow.root, (0, 1)) == [frames[2], frames[4], frames[5]]


def test_writing_a_cell_keeps_its_text_node():
    cell = STATE.cell(Ref("/data/z"))

    cell.write("new")
    assert (cell.string(), cell.children[0].text, cell.children[0].parent) == ("new", "new", cell)
    cell.write("")
    assert (cell.string(), cell.children) == ("", [])

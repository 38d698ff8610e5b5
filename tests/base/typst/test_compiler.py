import os
import signal

import pytest

from serai.base.fonts import FOLDER
from serai.base.typst.compiler import Compiler, Job, TypesetFailed

FINE = Job("png", {"main.typ": b"#set page(width: 20pt, height: 20pt)\nx"}, {"ppi": 72})
ENDLESS = Job(
    "png",
    {"main.typ": b"#for a in range(99999) { for b in range(99999) { let c = a } }"},
    {"ppi": 72},
)
GREEDY = Job(
    "png", {"main.typ": b"#let a = range(400000000).map(n => str(n))\n#a.len()"}, {"ppi": 72}
)


@pytest.fixture
def compiler():
    found = Compiler((FOLDER,))
    yield found
    found.stop()


def test_the_process_is_kept(compiler):
    compiler.set(FINE)
    first = compiler.process_id

    compiler.set(FINE)

    assert compiler.process_id == first


def test_a_lost_process_is_replaced(compiler):
    compiler.set(FINE)
    os.kill(compiler.process_id, signal.SIGKILL)

    assert len(compiler.set(FINE)) == 1


def test_an_endless_document_is_ended():
    compiler = Compiler((FOLDER,), seconds=0.5)

    with pytest.raises(TypesetFailed) as refusal:
        compiler.set(ENDLESS)

    assert str(refusal.value) == "Typesetting took longer than 0.5 seconds."
    compiler.seconds = 30
    assert len(compiler.set(FINE)) == 1
    compiler.stop()


def test_a_greedy_document_is_ended():
    compiler = Compiler((FOLDER,), memory_bytes=900_000_000, seconds=20)

    with pytest.raises(TypesetFailed) as refusal:
        compiler.set(GREEDY)

    assert str(refusal.value) in {
        "The typesetter ended, most likely for want of memory.",
        "Typesetting took longer than 20 seconds.",
    }
    compiler.stop()


def test_files_outside_the_folder_are_out_of_reach(compiler):
    for path in (b"/etc/passwd", b"../../etc/passwd", b"../worker.py"):
        with pytest.raises(TypesetFailed):
            compiler.set(Job("png", {"main.typ": b'#read("' + path + b'")'}, {"ppi": 72}))


def test_a_fault_leaves_the_process_running(compiler):
    compiler.set(FINE)
    first = compiler.process_id

    with pytest.raises(TypesetFailed, match="unknown variable: nothing"):
        compiler.set(Job("png", {"main.typ": b"#nothing"}, {"ppi": 72}))

    assert compiler.process_id == first


def test_the_folder_is_gone_afterwards(compiler, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    compiler.set(FINE)

    assert list(tmp_path.iterdir()) == []

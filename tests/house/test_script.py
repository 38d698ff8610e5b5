"""The one script: each failure is one sentence and the next command, and a second set-up does nothing."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = [
    "sh",
    "dirname",
    "cat",
    "cmp",
    "cp",
    "rm",
    "mkdir",
    "tail",
    "head",
    "sed",
    "tr",
    "od",
    "id",
    "date",
    "env",
    "sleep",
    "mktemp",
    "printf",
    "ls",
    "grep",
]


@pytest.fixture
def clone(tmp_path):
    """The script and its locks in a folder of their own, with the plainest of PATHs."""
    folder = tmp_path / "clone"
    folder.mkdir()
    for name in ("serai", "bootstrap.lock", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, folder / name)
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        if found:
            (programs / name).symlink_to(found)
    return folder


def run(clone, *words, **environment):
    """Run the script with nothing around it."""
    plain = {
        "PATH": str(clone.parent / "programs"),
        "HOME": str(clone.parent / "home"),
        "SERAI_LOOK_IN": "",
        **environment,
    }
    return subprocess.run(
        [clone / "serai", *words],
        env=plain,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def settled(clone):
    """A clone that is set up already: nothing to install."""
    binaries = clone / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    for name in ("bootstrap.lock", "requirements.lock"):
        shutil.copy(clone / name, clone / ".venv" / name)
    return clone


def dead_shim(folder, name):
    """A program that is found but does not run, as version managers leave behind."""
    folder.mkdir(exist_ok=True)
    shim = folder / name
    shim.write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    shim.chmod(0o755)


def test_without_a_python_it_says_what_to_install(clone):
    dead_shim(clone.parent / "programs", "python3")

    done = run(clone, "run")

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "No working Python 3.11 or newer was found. Install one (Debian, Ubuntu: apt-get install "
        "python3 python3-venv), or name yours: SERAI_PYTHON=/path/to/python3 ./serai run\n"
    )


def test_dead_shims_are_passed_over(clone):
    shims = clone.parent / "shims"
    for name in ("python3", "python3.12", "python3.13"):
        dead_shim(shims, name)
    alive = clone.parent / "alive"
    alive.mkdir()
    (alive / "python3").symlink_to(Path(sys.executable).resolve())
    path = f"{shims}:{alive}:{clone.parent / 'programs'}"

    done = run(
        clone, "run", PATH=path, PIP_NO_INDEX="1", PIP_FIND_LINKS="", PIP_CONFIG_FILE="/dev/null"
    )

    assert done.stdout.startswith(f"Making .venv with Python {sys.version.split()[0]} ...\n")
    assert (clone / ".venv" / "bin" / "python").exists()


def test_without_a_network_it_says_what_to_check(clone):
    path = f"{Path(sys.executable).resolve().parent}:{clone.parent / 'programs'}"

    done = run(
        clone, "run", PATH=path, PIP_NO_INDEX="1", PIP_FIND_LINKS="", PIP_CONFIG_FILE="/dev/null"
    )

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "The packages could not be fetched or do not fit; all of it stands in .venv/install.log. "
        "Check the network (behind a proxy set HTTPS_PROXY), then: ./serai run"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_without_rights_it_says_where_to_go(clone):
    clone.chmod(0o500)

    done = run(clone, "run", SERAI_PYTHON=sys.executable)

    clone.chmod(0o700)
    assert done.returncode == 1
    assert "clone to a folder of your own" in done.stderr


def test_a_busy_port_is_named(clone):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = run(settled(clone), "run", SERAI_PORT=port)

    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} on 127.0.0.1 cannot be had (Address already in use). "
        "Name another: SERAI_PORT=9000 ./serai run\n"
    )


def test_a_port_that_is_none_is_named(clone):
    done = run(settled(clone), "run", SERAI_PORT="eighty")

    assert done.returncode == 1
    assert done.stderr == "SERAI_PORT: 'eighty' is not a port. Write a number up to 65535.\n"


def django_that(clone, code):
    """A house whose every command is this code."""
    (clone / "src" / "django").mkdir(parents=True)
    (clone / "src" / "django" / "__main__.py").write_text(code)
    (clone / "src" / "django" / "__init__.py").write_text("")


@pytest.mark.parametrize(
    ("code", "returned", "out", "err"),
    [
        ("print('Nothing.')", 0, "Nothing.\nThe settings are in order.\n", ""),
        (
            "import sys; print('WARNINGS:\\nA is lacking.', file=sys.stderr)", 0,
            "WARNINGS:\nA is lacking.\nThe settings can stand; what is lacking is named above. "
            "Mend it in .env, then: ./serai check\n", "",
        ),
        (
            "import sys; sys.exit('A is wrong.\\nB is wrong.')", 1, "A is wrong.\nB is wrong.\n",
            "Each wrong value is named above. Mend it in .env, then: ./serai check\n",
        ),
    ],
)  # fmt: skip
def test_a_live_house_s_settings_are_looked_at(clone, code, returned, out, err):
    django_that(settled(clone), code)

    done = run(clone, "check", SERAI_MODE="production")

    assert (done.returncode, done.stdout, done.stderr) == (returned, out, err)


def test_a_web_server_does_not_start_on_wrong_settings(clone):
    django_that(settled(clone), "import sys; sys.exit('A is wrong.')")

    done = run(clone, "web", SERAI_MODE="production")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "A is wrong.\n"
        "The house cannot start; the reason stands above. Once it is mended: ./serai web\n"
    )


def test_a_data_folder_that_cannot_be_is_named(clone):
    (clone.parent / "file").write_text("")

    done = run(settled(clone), "run", SERAI_DATA=str(clone.parent / "file" / "data"))

    assert done.returncode == 1
    assert done.stderr.startswith(
        f"The data folder {clone.parent / 'file' / 'data'} cannot be written."
    )
    assert done.stderr.endswith("SERAI_DATA=$HOME/serai-data ./serai run\n")


def test_settings_of_the_file_count_where_the_environment_is_silent(clone):
    settled(clone)
    (clone / ".env").write_text(
        '# mine\nSERAI_NOTE="from the file"\nPYTHONUTF8=1\n\nSERAI_KEPT=file'
    )
    show = "import os; print(os.environ['SERAI_NOTE'], os.environ['SERAI_KEPT'])"
    django_that(clone, show)

    done = run(clone, "manage", "anything", SERAI_KEPT="environment")

    assert done.stdout == "from the file environment\n"


def test_a_line_of_the_file_is_never_run(clone):
    settled(clone)
    (clone / ".env").write_text("SERAI_NOTE=$(touch broken)`touch broken`\nA;touch=1\n")

    done = run(clone, "manage", "anything")

    assert not (clone / "broken").exists()
    assert done.stderr.startswith(".env: 'A;touch' is not a setting's name.")


def test_a_second_set_up_takes_no_time(clone):
    settled(clone)
    django_that(clone, "")

    done = run(clone, "manage", "anything")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_unknown_word_lists_what_there_is(clone):
    done = run(clone, "fly")

    assert done.returncode == 1
    assert done.stderr.startswith("./serai run ")
    assert done.stderr.endswith("There is no ./serai fly; the list stands above.\n")


def test_a_bench_without_a_name_lists_them(clone):
    (clone / "benchmarks").mkdir()
    for name in ("platform.py", "_figures.py"):
        (clone / "benchmarks" / name).write_text("")

    done = run(clone, "bench")

    assert done.returncode == 1
    assert done.stderr == "Name one of: platform - as in: ./serai bench platform\n"


def test_every_verb_of_the_help_is_known():
    text = (ROOT / "serai").read_text()
    helped = {
        line.split()[1].rstrip(",") for line in text.splitlines() if line.startswith("./serai ")
    }
    known = set(text.partition("case $verb in")[2].replace("|", " ").replace(")", " ").split())

    assert helped - known == set()

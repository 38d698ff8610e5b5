"""What a clone must not hold, and what its first page promises."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Written apart, so that this file does not name what it forbids.
HOSTS = re.compile(
    "|".join(
        [
            "python" + r"hosted\.org",
            r"pypi" + r"\.(org|io)",
            "registry" + r"\.npmjs",
            "deb" + r"\.debian\.org",
            "index" + r"-url\s+http",
            "find" + r"-links\s+(http|file)",
        ]
    )
)
PATHS = re.compile(r"(^|[^A-Za-z0-9_.~<>-])/(work|farm|root)/[a-z.]")
WORDS = re.compile("|".join([r"/\." + "library", "farm" + "-studio", "farm" + "-bench"]))
BINARY = {".png", ".ttf", ".otf", ".docx", ".pdf", ".xlsx", ".ods", ".zip", ".jpg", ".gz"}


def tracked():
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [p for p in paths if p.is_file() and p.suffix not in BINARY]


@pytest.fixture(scope="module")
def texts():
    return {p.relative_to(ROOT): p.read_text(encoding="utf-8") for p in tracked()}


@pytest.mark.parametrize(
    "forbidden", [HOSTS, PATHS, WORDS], ids=["registry hosts", "machine paths", "workplace words"]
)
def test_no_tracked_file_holds(texts, forbidden):
    found = [
        f"{path}:{number}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if forbidden.search(line)
    ]

    assert found == []


def test_the_readme_names_exactly_two_commands(texts):
    blocks = re.findall(r"```sh\n(.*?)```", texts[Path("README.md")], flags=re.S)
    commands = [line for block in blocks for line in block.splitlines() if line.strip()]

    assert commands == ["./serai run", "./serai test"]


def test_the_readme_s_links_lead_somewhere(texts):
    links = re.findall(r"\]\(([^)#]+)\)", texts[Path("README.md")])

    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


@pytest.mark.parametrize("script", ["serai", ".ci/run"])
def test_the_scripts_are_posix_and_executable(script):
    path = ROOT / script

    assert path.stat().st_mode & 0o111
    assert path.read_text().startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", path], check=False).returncode == 0


def test_the_makefile_only_aliases(texts):
    recipes = re.findall(r"^\t(.*)$", texts[Path("Makefile")], flags=re.M)

    assert recipes == ["@./serai $@"]


def test_every_lock_is_hashed(texts):
    for name in ("bootstrap.lock", "requirements.lock", "requirements-dev.lock"):
        pins = re.findall(r"^[a-z0-9._\[\],-]+==[^\n]*\n", texts[Path(name)], flags=re.M)

        assert pins
        assert [pin for pin in pins if not pin.rstrip().endswith("\\")] == []


def test_every_setting_is_in_the_example_and_in_the_manual(texts):
    code = "".join(
        text for path, text in texts.items() if path.parts[:3] == ("src", "serai", "config")
    )
    names = set(re.findall(r'"(SERAI_[A-Z_]+[A-Z]|DATABASE_URL)"', code))
    names -= {"SERAI_MOVE_TO"}  # the script's own, not a setting
    names |= {"SERAI_HOST", "SERAI_PORT"}
    example, manual = texts[Path(".env.example")], texts[Path("docs/running.md")]

    assert {n for n in names if not re.search(rf"^#?{n}=", example, flags=re.M)} == set()
    short = {n: n.removeprefix("SERAI_SMTP") if "SMTP" in n else n for n in names}
    assert {
        n for n, s in short.items() if f"`{n}`" not in manual and f"`{s}`" not in manual
    } == set()

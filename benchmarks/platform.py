"""Every promise of the platform, one after another, on both engines.

./serai bench platform                    all of it, about half an hour on two cores
./serai bench platform --only jobs,house  some parts
./serai bench platform --list             the parts and what each runs

Each part is a bench of its own (`./serai bench jobs`). Ends with 1 where a figure fell short.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# In this order: what needs the network first, what needs a browser last.
PARTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "start": ((),),
    "house": ((), ("--postgres",)),
    "jobs": (("--resume",), ("--postgres", "--resume")),
    "kills": ((), ("--postgres",)),
    "search": ((), ("--postgres",)),
    "documents": ((),),
    "report": ((),),
    "charts": ((),),
    "programme": ((),),
    "pages": ((),),
}


def load_now() -> str:
    """Say how busy the machine is, for figures from a busy one mean little."""
    return " ".join(f"{part:.1f}" for part in os.getloadavg())


def run(part: str, words: tuple[str, ...]) -> tuple[bool, str]:
    """Run one part; return whether it held and its last line."""
    title = " ".join((part, *words))
    print(f"\n== {title}  (load {load_now()})", flush=True)
    began, last = time.perf_counter(), ""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with subprocess.Popen(
        [sys.executable, "-P", f"benchmarks/{part}.py", *words],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
    print(f"-- {title}: {time.perf_counter() - began:.0f} s  (load {load_now()})", flush=True)
    return process.returncode == 0, last


def chosen(only: str) -> list[str]:
    """Return the parts asked for, in our order."""
    wanted = {name.strip() for name in only.split(",") if name.strip()} or set(PARTS)
    if unknown := sorted(wanted - set(PARTS)):
        sys.exit(f"There is no part {', '.join(unknown)}. Choose from {', '.join(PARTS)}.")
    return [name for name in PARTS if name in wanted]


def main() -> None:
    """Run the parts and sum up."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--only", default="", help="parts, comma separated")
    asked.add_argument("--list", action="store_true", help="name the parts")
    options = asked.parse_args()
    parts = chosen(options.only)
    if options.list:
        for name in parts:
            for words in PARTS[name]:
                print(" ".join((name, *words)))
        return
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    fallen = []
    for name in parts:
        for words in PARTS[name]:
            held, last = run(name, words)
            if not held:
                fallen.append(f"{' '.join((name, *words))}: {last}")
    print("\nAll held." if not fallen else "\nShort:\n  " + "\n  ".join(fallen))
    sys.exit(bool(fallen))


if __name__ == "__main__":
    main()

"""A kept typesetting process: warm, watched, replaced when it fails.

One process a Python process; requests wait for each other. Each request gets an empty folder
with its files; nothing else can be read. A process that takes too long or too much memory is
killed, the request tried once more in a new one, then refused.
"""

import json
import os
import select
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

WORKER = Path(__file__).with_name("worker.py")
SECONDS = 30.0
MEMORY_BYTES = 1_000_000_000
TRIES = 2
REQUESTS_A_PROCESS = 100


class TypesetFailed(Exception):
    """The typesetter refused the document, took too long or ended; the text says which."""


class _Ended(Exception):
    """The process took too long or ended."""


@dataclass(frozen=True)
class Job:
    """What to set: the files of the folder, and how."""

    kind: str
    files: Mapping[str, bytes]
    options: Mapping[str, float]


class Compiler:
    """Hands jobs to the kept process."""

    def __init__(
        self,
        fonts: tuple[Path, ...],
        *,
        seconds: float = SECONDS,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self.fonts = fonts
        self.seconds = seconds
        self.memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._owner = 0
        self._request_count = 0

    def set(self, job: Job) -> tuple[bytes, ...]:
        """Set a job; the files in order.

        Raises:
            TypesetFailed: with the cause in words.
        """
        with self._asked(job) as (folder, answer):
            if job.kind == "pdf":
                return ((folder / "out.pdf").read_bytes(),)
            count = int(str(answer["files"]))
            return tuple((folder / f"out-{number}.png").read_bytes() for number in range(count))

    def pages(self, job: Job) -> tuple[int, ...]:
        """The page of every heading.

        Raises:
            TypesetFailed: with the cause in words.
        """
        with self._asked(job) as (_folder, answer):
            return tuple(int(str(page)) for page in cast(list[object], answer["pages"]))

    def stop(self) -> None:
        """End the process; the next job starts a new one."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.communicate()

    @property
    def process_id(self) -> int | None:
        """The kept process, if one runs."""
        return self._process.pid if self._process else None

    @contextmanager
    def _asked(self, job: Job) -> Iterator[tuple[Path, dict[str, object]]]:
        with self._lock, tempfile.TemporaryDirectory(prefix="serai-typeset-") as name:
            folder = Path(name)
            for path, content in job.files.items():
                (folder / path).write_bytes(content)
            request = json.dumps({"kind": job.kind, "folder": name, **job.options})
            answer = self._ask_twice(request)
            if "fault" in answer:
                raise TypesetFailed(str(answer["fault"]))
            yield folder, answer

    def _ask_twice(self, request: str) -> dict[str, object]:
        cause = ""
        for _attempt in range(TRIES):
            try:
                return self._ask(request)
            except _Ended as ended:
                cause = str(ended)
                self.stop()
        raise TypesetFailed(cause)

    def _ask(self, request: str) -> dict[str, object]:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise _Ended("The typesetter has no line to speak on.")
        try:
            process.stdin.write(request + "\n")
            process.stdin.flush()
        except BrokenPipeError as error:
            raise _Ended("The typesetter ended unexpectedly.") from error
        ready, _writable, _odd = select.select([process.stdout], [], [], self.seconds)
        if not ready:
            raise _Ended(f"Typesetting took longer than {self.seconds:g} seconds.")
        line = process.stdout.readline()
        if not line:
            raise _Ended("The typesetter ended, most likely for want of memory.")
        answer: dict[str, object] = json.loads(line)
        return answer

    def _running(self) -> subprocess.Popen[str]:
        is_forked = self._owner != os.getpid()
        is_worn = self._request_count >= REQUESTS_A_PROCESS
        is_gone = self._process is not None and self._process.poll() is not None
        if is_forked:
            self._process = None
        elif is_worn or is_gone:
            self.stop()
        if self._process is None:
            self._process = self._start()
        self._request_count += 1
        return self._process

    def _start(self) -> subprocess.Popen[str]:
        self._owner, self._request_count = os.getpid(), 0
        return subprocess.Popen(  # noqa: S603 - our own file, no shell, no outside words
            [sys.executable, "-I", str(WORKER), str(self.memory_bytes), *map(str, self.fonts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            bufsize=1,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": "/nonexistent"},
            cwd="/",
            close_fds=True,
        )

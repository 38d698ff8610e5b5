"""Serve the site: `python -m serai.config.serve --workers 2 ... serai.config.wsgi:application`.

The words after the name are granian's. Its workers are forked from this process, after every room
has been read: they start at once, and hold the memory of what never changes together.
"""

import multiprocessing
import sys

from granian.cli import entrypoint

from serai.config import wsgi

__all__ = ["wsgi"]

if __name__ == "__main__":
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
    entrypoint()  # type: ignore[no-untyped-call]

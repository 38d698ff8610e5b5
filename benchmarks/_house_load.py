"""People who load a running house: who save, who read, who upload over a slow line."""

import http.client
import re
import socket
import threading
import time
from html.parser import HTMLParser
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks._house import PORT, open_address

UPLOAD_BYTES = 20 * 1024 * 1024


class Fields(HTMLParser):
    """Reads what a form would send."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("name"):
            if found.get("type") in {"radio", "checkbox"} and "checked" not in found:
                return
            self.values.append((found["name"], found.get("value") or ""))
        elif tag == "select":
            self.select = found.get("name", "")
        elif tag == "option" and "selected" in found and self.select:
            self.values.append((self.select, found.get("value") or ""))


class Saver(threading.Thread):
    """One person who saves their account again and again, on one kept connection."""

    def __init__(self, cookie: str, number: int) -> None:
        super().__init__(daemon=True)
        self.number, self.until = number, 0.0
        self.done, self.failed, self.times = 0, 0, []
        self.door = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        self.door.request("GET", "/en/members/me/", headers={"Cookie": cookie})
        answer = self.door.getresponse()
        page = answer.read().decode()
        token = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
        self.fields = Fields()
        self.fields.feed(max(re.findall(r"<form\b.*?</form>", page, flags=re.S), key=len))
        self.cookie = f"{cookie}; csrftoken={token[1]}" if token else cookie

    def run(self) -> None:
        door = self.door
        kept = [(n, v) for n, v in self.fields.values if n not in {"address_as", "receipt"}]
        while time.perf_counter() < self.until:
            # As from a form opened anew; the same receipt would only be led to the first result.
            anew = [("address_as", f"Ms {self.number}-{self.done}"), ("receipt", uuid4().hex)]
            body = urlencode([*kept, *anew])
            began = time.perf_counter()
            try:
                door.request(
                    "POST",
                    "/en/members/me/",
                    body,
                    {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"},
                )
                answer = door.getresponse()
                answer.read()
            except OSError:
                door.close()
                self.failed += 1
                continue
            if answer.status in {302, 303}:
                self.done += 1
                self.times.append(time.perf_counter() - began)
            else:
                self.failed += 1


class Reader(threading.Thread):
    """One person who opens pages one after another."""

    def __init__(self, cookie: str, path: str, until: float) -> None:
        super().__init__(daemon=True)
        self.cookie, self.path, self.until, self.done, self.failed = cookie, path, until, 0, 0

    def run(self) -> None:
        door = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        while time.perf_counter() < self.until:
            status, _ = open_address(self.path, self.cookie, door)
            self.done, self.failed = self.done + (status == 200), self.failed + (status != 200)


class Uploader(threading.Thread):
    """Sends a large form at 5 kB/s, as over a ministry's worst line, until told to stop."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.stop, self.sent, self.failed = stop, 0, False

    def run(self) -> None:
        head = (
            f"POST /en/members/sign-in/ HTTP/1.1\r\nHost: localhost:{PORT}\r\n"
            "Content-Type: multipart/form-data; boundary=b\r\n"
            f"Content-Length: {UPLOAD_BYTES}\r\n\r\n"
            '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        ).encode()
        try:
            with socket.create_connection(("127.0.0.1", PORT), timeout=60) as line:
                line.sendall(head)
                while not self.stop.wait(0.2):
                    line.sendall(b"x" * 1_000)
                    self.sent += 1_000
        except OSError:
            self.failed = True

"""Save over HTTP while web server and worker are killed; for the tests and for benchmarks.

    DATABASE_URL=... python -m tests.config.saving --saves 500 --kills 24 --seed 1

The server is the one of `./serai web`, in production mode behind a proxy that speaks HTTPS; the
save is "Ask members": a request with its addressees, states, audit line, letters and their jobs.
A person whose line breaks sends the same form again. The database must be empty.
"""

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import django

ROOT = Path(__file__).resolve().parents[2]
FORM = "/en/programme/requests/new/"
PEOPLE = 8
GIVE_UP_AFTER = 900


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def production(port, mail_port):
    """Set up this process, and those it starts, as an installation that is live."""
    os.environ.update({
        "DJANGO_SETTINGS_MODULE": "serai.config.settings",
        "SERAI_MODE": "production",
        "SERAI_HOSTS": "localhost",
        "SERAI_ADDRESS": "https://localhost",
        "SERAI_SECRET_KEY": "saved-" * 10,
        "SERAI_PORT": str(port),
        "SERAI_SMTP_HOST": "127.0.0.1",
        "SERAI_SMTP_PORT": str(mail_port),
        "SERAI_SMTP_TLS": "none",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    })  # fmt: skip


def furnish():
    """Make the tables, an officer, and two focal points who are written to."""
    from django.core.management import call_command
    from tests.factories.members import member, person_with
    from tests.factories.programme import programme

    from serai.base.first_tables import make_first_tables

    make_first_tables()
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    programme()
    member("UZB")
    for number in range(2):
        person_with("focal_point", "GEO", email=f"reader{number}@agency.test")
    return person_with("officer", email="officer@secretariat.test")


def session_of(person):
    """Sign somebody in, second factor included; return the cookie."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["has_second_factor"] = True
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Person(threading.Thread):
    """Sends one form after another; what is not answered is sent again, as the same form."""

    def __init__(self, cookie, port, numbers, seed):
        super().__init__(daemon=True)
        self.cookie, self.port, self.numbers = cookie, port, numbers
        self.draw = random.Random(seed)
        self.acknowledged, self.refused, self.sent_again = [], [], 0
        self.door = None

    def run(self):
        answer, page = self.patiently("GET", None)
        token = re.search(r"csrftoken=([^;]+)", answer.headers["Set-Cookie"])[1]
        self.cookie += f"; csrftoken={token}"
        hidden = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        for number in self.numbers:
            form = {
                "csrfmiddlewaretoken": hidden,
                "receipt": f"{number:04d}-{self.draw.getrandbits(128):032x}",
                "initiative": "", "text": f"save {number}", "audience": "members",
                "countries": "GEO" if number % 10 == 0 else "UZB",
            }  # fmt: skip
            answer, page = self.patiently("POST", urlencode(form))
            if answer.status == 303:
                self.acknowledged.append(number)
            else:
                self.refused.append((number, answer.status, page[:300]))

    def patiently(self, method, body):
        """Ask until there is an answer; a server that is gone or breaks down gives none."""
        began = time.monotonic()
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                answer, page = self.ask(method, body)
                if answer.status < 500:
                    return answer, page
            if time.monotonic() - began > GIVE_UP_AFTER:
                raise TimeoutError(f"No answer in {GIVE_UP_AFTER} s.")
            self.sent_again += body is not None
            if self.door:
                self.door.close()
            self.door = None
            time.sleep(0.1)

    def ask(self, method, body):
        if self.door is None:
            self.door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self.door.request(method, FORM, body, {
            "Host": "localhost", "Cookie": self.cookie, "Origin": "https://localhost",
            "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7",
            "Content-Type": "application/x-www-form-urlencoded",
        })  # fmt: skip
        answer = self.door.getresponse()
        return answer, answer.read().decode()


class House:
    """Web server and worker; either can be killed at any moment and is started again."""

    def __init__(self, draw):
        self.draw, self.killed = draw, Counter()
        self.web, self.worker = self.start_web(), self.start_worker()

    def start(self, *command):
        return subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    def start_web(self):
        return self.start(ROOT / "serai", "web")

    def start_worker(self):
        return self.start(sys.executable, "-m", "tests.config.saving", "--worker")

    def web_workers(self):
        import psutil

        with contextlib.suppress(psutil.NoSuchProcess):
            return [
                child for child in psutil.Process(self.web.pid).children(recursive=True)
                if "resource_tracker" not in " ".join(child.cmdline())
            ]  # fmt: skip
        return []

    def start_what_ended(self):
        """Do as systemd does: a server that gave up after two quick deaths is started again."""
        if self.web.poll() is not None:
            self.end(self.web)
            self.web = self.start_web()

    def kill_one(self):
        """kill -9 a process of the web server, all of it, or the worker."""
        wanted = self.draw.choices(("web process", "worker", "whole web"), (6, 3, 1))[0]
        if wanted == "worker":
            self.end(self.worker)
            self.worker = self.start_worker()
        elif wanted == "whole web":
            self.end(self.web)
            self.web = self.start_web()
        else:
            there = self.web_workers()
            if not there:
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.draw.choice(there).pid, signal.SIGKILL)
        self.killed[wanted] += 1

    def end(self, process):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self):
        self.end(self.web)
        self.end(self.worker)


def killed_while_saving(house, people, kills, draw):
    """Kill at moments spread over the whole of the work."""
    total = sum(len(person.numbers) for person in people)
    moments = sorted(draw.uniform(0.02, 0.98) * total for _ in range(kills))
    while any(person.is_alive() for person in people):
        done = sum(len(person.acknowledged) for person in people)
        if moments and done >= moments[0]:
            time.sleep(draw.uniform(0, 0.05))
            house.kill_one()
            moments.pop(0)
        house.start_what_ended()
        time.sleep(0.005)


def findings(people, postman):
    """Count what is wrong: saves lost, doubled or half, letters lost, jobs left."""
    from django.db.models import Count

    from serai.base.models import LIVE, AuditEntry, Job, Message, Receipt
    from serai.programme.models import Request, RequestAddressee

    acknowledged = {number for person in people for number in person.acknowledged}
    there = Counter(
        int(row.text.pick("en")[0].removeprefix("save ")) for row in Request.objects.all()
    )
    whole = Request.objects.annotate(
        asked=Count("addressees", distinct=True), steps_taken=Count("steps", distinct=True),
        places=Count("addressees__steps", distinct=True),
    ).filter(asked=1, steps_taken=1, places=1)  # fmt: skip
    lines = Counter(AuditEntry.objects.filter(verb="open_request").values_list("thing", flat=True))
    to_georgia = RequestAddressee.objects.filter(country__iso3="GEO").count()
    letters = Message.objects.filter(key__startswith="programme.request_opened:")
    return {
        "acknowledged": len(acknowledged),
        "refused": [row for person in people for row in person.refused],
        "sent_again": sum(person.sent_again for person in people),
        "lost": len(acknowledged - set(there)),
        "doubled": sum(count > 1 for count in there.values()),
        "never_sent": len(set(there) - acknowledged),
        "half": len(there) - whole.count(),
        "without_audit_line": len(there) - len(lines),
        "audit_lines_doubled": sum(count > 1 for count in lines.values()),
        "letters": letters.count(),
        "letters_missing": 2 * to_georgia - letters.count(),
        "letters_unsent": letters.exclude(state="sent").count(),
        "letters_lost": letters.count() - len(postman.taken),
        "letters_doubled": sum(count - 1 for count in postman.taken.values()),
        "receipts_without_result": Receipt.objects.filter(result_address="").count(),
        "jobs_left": Job.objects.filter(state__in=LIVE, name="base.send_mail").count(),
        "jobs_failed": Job.objects.filter(state="failed").count(),
    }


def save(saves, kills, seed, port):
    """Save, kill, wait until the letters have left; say what was found."""
    from tests.base.jobs.killing import Postman, sweep, waiting_letters

    draw = random.Random(seed)
    cookies = [session_of(officer) for officer in [furnish()] * PEOPLE]
    postman = Postman()
    postman.controller.port = int(os.environ["SERAI_SMTP_PORT"])
    postman.controller.start()
    people = [
        Person(cookie, port, list(range(number, saves, PEOPLE)), seed * 100 + number)
        for number, cookie in enumerate(cookies)
    ]
    began = time.monotonic()
    house = House(draw)
    try:
        for person in people:
            person.start()
        killed_while_saving(house, people, kills, draw)
        saved = time.monotonic()
        while waiting_letters() and time.monotonic() - saved < GIVE_UP_AFTER:
            sweep()
            time.sleep(0.2)
        time.sleep(0.5)
    finally:
        house.close()
        postman.controller.stop()
    return findings(people, postman) | {
        "killed": dict(house.killed), "seconds": round(time.monotonic() - began, 1),
    }  # fmt: skip


def work():
    """The product's worker, with a lease of two seconds instead of a minute."""
    from tests.base.jobs.killing import RENEW_SECONDS, shorten

    from serai.base.jobs.worker import Keeper, Loop

    shorten()
    loop = Loop()
    keeper = Keeper(loop.name, loop.queues, every_seconds=RENEW_SECONDS)
    threading.Thread(target=keeper.watch, daemon=True).start()
    loop.run()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--saves", type=int, default=500)
    parser.add_argument("--kills", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worker", action="store_true")
    asked = parser.parse_args()
    if asked.worker:
        django.setup()
        work()
        return
    port = free_port()
    production(port, free_port())
    django.setup()
    sys.stdout.write(json.dumps(save(asked.saves, asked.kills, asked.seed, port)) + "\n")


if __name__ == "__main__":
    main()

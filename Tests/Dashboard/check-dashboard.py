#!/usr/bin/env python3
"""Looks at the dashboard in a browser that is not ours, and attacks it.

    check-dashboard.py WALTZ [FOLDER]    run with the python of .build/browser; pictures are left in FOLDER

A run rests at a gate. Its pages are shown in light and dark, 320 pixels wide and without a script; the gate is answered in
the browser, and the page of the run follows while it goes on. Names that point here, pages of other sites, stolen and
forged forms get nothing, in that browser (`strangers.py`) and without it, and who stops reading is dropped.
"""

import http.client
import json
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import strangers
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
RUN = "one-server-1"
FOLLOWERS = 20


def check(holds, words):
    if not holds:
        sys.exit(f"check-dashboard: {words}")


class Estate:
    """A state directory with a run at its first gate, and the dashboard over it."""

    def __init__(self, waltz, folder):
        self.waltz, self.state = waltz, folder / "state"
        end = self.run(
            "run", ROOT / "plans/one-server.yaml", "--simulate", "--until", "waiting",
            "--scenario", ROOT / "plans/scenarios/nobody-there.yaml")
        check(end == 11, f"the run rests with {end}, not at a gate")

    def run(self, *arguments):
        return subprocess.run(
            [self.waltz, *arguments, "--state", self.state], capture_output=True).returncode

    def events(self):
        text = subprocess.run(
            [self.waltz, "events", RUN, "--state", self.state], check=True, capture_output=True).stdout
        return [json.loads(line) for line in text.splitlines()]

    def gate(self):
        return next(e["step"] for e in reversed(self.events()) if e["type"] == "gate-opened")

    def serve(self, *options):
        serving = subprocess.Popen(
            [self.waltz, "serve", "--state", self.state, *options], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        line = serving.stdout.readline().strip()
        check(line.startswith("http"), f"serve said {line!r}: {'' if line else serving.stderr.read()}")
        return serving, line


class Caller:
    """Asks without a browser, with whatever header it likes."""

    def __init__(self, url):
        parts = urlsplit(url)
        self.host, self.port, self.token = parts.hostname, parts.port, parts.query
        self.cookie = None

    def ask(self, path, method="GET", body=None, **headers):
        call = http.client.HTTPConnection(self.host, self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie and "Cookie" not in named:
            named["Cookie"] = self.cookie
        call.putrequest(method, path, skip_host="Host" in named)
        if body is not None:
            named |= {"Content-Type": "application/x-www-form-urlencoded",
                      "Content-Length": str(len(body))}
        for name, value in named.items():
            call.putheader(name, value)
        call.endheaders(body.encode() if body is not None else None)
        answer = call.getresponse()
        text = answer.read().decode()
        call.close()
        return answer, text

    def log_on(self):
        answer, _ = self.ask(f"/?{self.token}")
        check(answer.status == 303, f"the printed address answers {answer.status}")
        cookie = answer.getheader("Set-Cookie")
        check("HttpOnly" in cookie and "SameSite=Strict" in cookie, f"the cookie is {cookie}")
        self.cookie = cookie.split(";")[0]


def attack(caller, step):
    page = f"/runs/{RUN}"
    for path in ("/", page, f"{page}/events", "/style.css"):
        answer, text = caller.ask(path)
        check(answer.status == 401 and RUN not in text, f"{path} without a cookie: {answer.status}")
    caller.log_on()
    answer, text = caller.ask(page)
    check(answer.status == 200 and RUN in text, f"{page}: {answer.status}")
    policy = answer.getheader("Content-Security-Policy")
    check("default-src 'none'" in policy and "unsafe" not in policy, policy)
    check(answer.getheader("X-Content-Type-Options") == "nosniff", "nosniff")
    check("<script>" not in text and " style=" not in text, "something is inline")
    for name in ("evil.example", f"evil.example:{caller.port}", f"127.0.0.1.evil.example:{caller.port}"):
        answer, text = caller.ask(page, Host=name)
        check(answer.status == 421 and RUN not in text, f"asked for as {name}: {answer.status}")
    for headers in ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "cors"},
                    {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors"}):
        answer, text = caller.ask(page, **headers)
        check(answer.status == 403 and RUN not in text, f"{headers}: {answer.status}")
    answer, _ = caller.ask("/runs/nothing-1")
    check(answer.status == 404, f"a run that is not there: {answer.status}")
    gate = f"{page}/gates/{step}"
    answer, text = caller.ask(gate)
    secret = text.split('name="secret" value="')[1].split('"')[0]
    form = f"verb=approve&step={step}&note=done&secret={secret}"
    attempts = {
        "from another site": (form, {"Origin": "https://evil.example"}),
        "by a page of another site": (form, {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}),
        "without the secret": (form.replace(secret, ""), {}),
        "with another secret": (form.replace(secret, "0" * len(secret)), {}),
        "for another step": (form.replace(f"step={step}", "step=x"), {}),
        "without a note": (form.replace("note=done", "note=+"), {}),
        "to abort": (form.replace("verb=approve", "verb=abort"), {}),
        "to skip": (form.replace("verb=approve", "verb=skip"), {}),
        "without a cookie": (form, {"Cookie": "waltz=x"}),
    }
    for words, (body, headers) in attempts.items():
        answer, _ = caller.ask(gate, "POST", body, **headers)
        check(answer.status in (400, 401, 403), f"a form {words}: {answer.status}")
    answer, _ = caller.ask(gate, "POST", form + "&" * (1 << 17))
    check(answer.status in (400, 413), f"a form of 128 KiB: {answer.status}")


def meet_strangers(playwright, url, step):
    """Pages of others in the browser of somebody who is logged on. They have guessed everything but the secret."""
    page = f"/runs/{RUN}"
    form = f"verb=approve&step={step}&note=done&secret={'0' * 32}"
    rebound, across, answers = strangers.attempt(playwright, url, ["/", page, f"{page}/gates/{step}"], form)
    for where, got in (("under a changed name", rebound), ("across", across)):
        for name, status, text in got:
            check(RUN not in text and step not in text, f"a page of a stranger {where} got {name}: {status} {text[:200]}")
    check(len(answers) >= 5 and set(answers) == {421}, f"under a changed name the dashboard answers {answers}")


def looks(browser, url, pages, pictures):
    for scheme in ("light", "dark"):
        for width in (1200, 320):
            for name, path in pages.items():
                context = browser.new_context(
                    color_scheme=scheme, viewport={"width": width, "height": 900})
                page = context.new_page()
                said = []
                page.on("console", lambda message: said.append(message.text))
                page.goto(url)
                page.goto(page.url.rstrip("/") + path)
                check(not said, f"{name}: {said}")
                wide = page.evaluate("document.documentElement.scrollWidth")
                check(wide <= width, f"{name} is {wide} pixels wide on a screen of {width}")
                page.screenshot(path=pictures / f"{name}-{scheme}-{width}.png")
                context.close()
                context = browser.new_context(
                    color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
                page = context.new_page()
                page.goto(url)
                page.goto(page.url.rstrip("/") + path)
                page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
                found = Axe().run(page)
                check(found.violations_count == 0, f"{name}: {found.generate_report()}")
                context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    for name, path in pages.items():
        page.goto(url.split("?")[0].rstrip("/") + path)
        check(RUN in page.content(), f"{name} is empty without a script")
    context.close()


def follow(browser, url, estate, step):
    page = browser.new_context().new_page()
    page.goto(url)
    page.goto(url.split("?")[0] + f"runs/{RUN}")
    page.get_by_text("live", exact=True).wait_for()
    answering = page.context.new_page()
    answering.goto(page.url)
    answering.locator("header").get_by_role("link", name=step).click()
    answering.get_by_label("Type the name").fill(step)
    answering.get_by_label("What was done").fill("Done as the page says; the file is on the share.")
    answering.get_by_role("button", name="It is done").click()
    answering.get_by_role("heading", name="Noted").wait_for()
    # What was recorded is on the page within a second, as long as it takes to be recorded.
    going = subprocess.Popen(
        [estate.waltz, "resume", RUN, "--until", "waiting", "--state", estate.state],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    going.wait(timeout=300)
    ended, last = time.monotonic(), estate.events()[-1]["seq"]
    # Asked again and again: to wait in the page, its policy would have to allow eval.
    while page.evaluate("Number(document.body.dataset.sequence)") < last:
        check(time.monotonic() - ended < 10, f"event {last} is not on the page after 10 s")
        time.sleep(0.01)
    late = time.monotonic() - ended
    approved = [e for e in estate.events() if e["type"] == "gate-approved"]
    check(approved and approved[-1]["by"].startswith("web:"), f"approved by {approved}")
    page.context.close()
    return late


def followers(caller, estate):
    """Twenty who read on, and one who does not."""
    def open_one(window=None):
        sock = socket.socket()
        if window:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        sock.connect((caller.host, caller.port))
        sock.sendall(
            f"GET /runs/{RUN}/events HTTP/1.1\r\nHost: 127.0.0.1:{caller.port}\r\n"
            f"Cookie: {caller.cookie}\r\n\r\n".encode())
        sock.settimeout(20)
        return sock

    readers = [open_one() for _ in range(FOLLOWERS)]
    last = estate.events()[-1]["seq"]
    for reader in readers:
        text = b""
        while f"\nid: {last}\n".encode() not in text:
            text += reader.recv(1 << 16)
        ids = [int(line[4:]) for line in text.decode().splitlines() if line.startswith("id: ")]
        check(ids == list(range(1, last + 1)), f"events {ids[:3]}… of {last}")
    # Who comes again is told what came since, and nothing twice.
    answer = open_one()
    answer.close()
    again = socket.create_connection((caller.host, caller.port))
    again.sendall(
        f"GET /runs/{RUN}/events HTTP/1.1\r\nHost: 127.0.0.1:{caller.port}\r\nLast-Event-ID: {last - 1}\r\n"
        f"Cookie: {caller.cookie}\r\n\r\n".encode())
    again.settimeout(20)
    text = b""
    while f"\nid: {last}\n".encode() not in text:
        text += again.recv(1 << 16)
    check(text.count(b"\nid: ") == 1, "events were told twice")
    for sock in (*readers, again):
        sock.close()
    # Who takes nothing for half a minute is dropped, although the system would keep it all for them.
    stalled = open_one(window=2048)
    time.sleep(45)
    try:
        while stalled.recv(1 << 16):
            pass
    except ConnectionResetError:
        pass
    except TimeoutError:
        check(False, "a reader that stands still is kept")


def main():
    waltz = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        pictures = Path(sys.argv[2]) if len(sys.argv) > 2 else scratch / "pictures"
        pictures.mkdir(exist_ok=True)
        estate = Estate(waltz, scratch)
        step = estate.gate()
        serving, url = estate.serve("--allow", "approve,reject")
        try:
            caller = Caller(url)
            attack(caller, step)
            check(estate.gate() == step and len(estate.events()) == estate.events()[-1]["seq"], "gate")
            pages = {"runs": "/", "run": f"/runs/{RUN}", "gate": f"/runs/{RUN}/gates/{step}"}
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox"])
                looks(browser, url, pages, pictures)
                late = follow(browser, url, estate, step)
                browser.close()
                before = len(estate.events())
                meet_strangers(playwright, url, step)
                check(len(estate.events()) == before, "a stranger's page did something")
            check(late < 1, f"the page was {late:.1f} s late")
            followers(caller, estate)
        finally:
            serving.terminate()
            end = serving.wait(timeout=20)
        check(end == 0, f"serve ended with {end}")
    print(f"dashboard: attacks refused, {len(pages)} pages looked at, an event on the page in {late:.2f} s, "
          f"{FOLLOWERS} followers")


main()

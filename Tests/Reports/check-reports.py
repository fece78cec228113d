#!/usr/bin/env python3
"""Looks at reports of runs in a browser that is not ours.

    check-reports.py WALTZ [FOLDER]    run with the python of .build/browser; pictures are left in FOLDER

Reports of a finished rotation, of one under way and of one with a hundred sites are shown in light, dark and
forced colours, 320 pixels wide, on paper, and behind the header that Jenkins sends with artefacts. Nothing may be
blocked by their own policy, reach beyond a narrow screen or break a rule of axe, and what matters must be there.
"""

import http.server
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pypdfium2
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
JENKINS = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self'"
SITES = 100


def main():
    waltz = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        pictures = Path(sys.argv[2]) if len(sys.argv) > 2 else scratch / "pictures"
        pictures.mkdir(exist_ok=True)
        many = scratch / "many.yaml"
        many.write_text(plan_of_many_sites())
        reports = {
            "finished": report(waltz, scratch, ROOT / "plans/quickstart.yaml", []),
            "under-way": report(waltz, scratch, ROOT / "plans/one-server.yaml", ["--until", "waiting"]),
            # Machines that nobody looks after stay behind, so that it ends with clients that are lost.
            "many": report(waltz, scratch, many, [], ends=(1,)),
        }
        size = reports["many"].stat().st_size
        check(size <= 300_000, f"the report of {SITES} sites has {size} bytes")
        print(f"reports: {SITES} sites in {size} bytes")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            for name, path in reports.items():
                Sight(browser, name, path, pictures).check()
            browser.close()
    print(f"reports: {len(reports)} looked at, nothing blocked, nothing out of reach")


def report(waltz, scratch, plan, options, ends=(0, 10, 11)):
    state = scratch / f"{plan.stem}.state"
    run = subprocess.run(
        [waltz, "run", plan, "--simulate", "--state", state, *options], capture_output=True
    )
    check(run.returncode in ends, f"{plan} ended with {run.returncode}: {run.stderr[-2000:]!r}")
    path = scratch / f"{plan.stem}.html"
    subprocess.run(
        [waltz, "report", "--state", state, "-o", path], check=True, capture_output=True
    )
    return path


def plan_of_many_sites():
    lines = [
        "apiVersion: waltz/v1",
        "kind: RotationPlan",
        "metadata: { name: many }",
        "certificates:",
    ]
    names = [f"site-{number:03}" for number in range(1, SITES + 1)]
    lines += [f"  {name}: {{ pkcs12: certs/{name}.p12, password: {{ env: P12 }} }}" for name in names]
    lines.append("sites:")
    for name in names:
        lines += [
            f"  {name}:",
            "    clients: 60",
            "    api:",
            f"      url: https://sepm.{name}.example.net:8446",
            "      username: rotation",
            "      password: { env: SEPM }",
            "    servers:",
            f"      sepm-01: {{ address: sepm.{name}.example.net, certificate: {name} }}",
        ]
    return "\n".join(lines) + "\n"


class Sight:
    """One report, looked at in every way."""

    def __init__(self, browser, name, path, pictures):
        self.browser, self.name, self.path, self.pictures = browser, name, path, pictures

    def check(self):
        for scheme in ("light", "dark"):
            for width in (1200, 320):
                self.look(f"{scheme}-{width}", scheme, width)
                self.axe(scheme, width)
        self.look("forced", "dark", 1200, forced_colors="active")
        self.jenkins()
        self.paper()

    def page(self, scheme="light", width=1200, **more):
        context = self.browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 1000}, **more
        )
        return context.new_page()

    def look(self, way, scheme, width, **more):
        page = self.page(scheme, width, **more)
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(self.path.as_uri())
        check(not said, f"{self.name} {way}: {said}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        check(wide <= width, f"{self.name} {way} is {wide} pixels wide")
        check(page.evaluate("document.scripts.length") == 0, f"{self.name} has a script")
        page.screenshot(path=self.pictures / f"{self.name}-{way}.png")
        page.context.close()

    def axe(self, scheme, width):
        page = self.page(scheme, width, bypass_csp=True)
        page.goto(self.path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        found = Axe().run(page)
        check(found.violations_count == 0, f"{self.name}: {found.generate_report()}")
        page.context.close()

    def jenkins(self):
        body = self.path.read_bytes()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Security-Policy", JENKINS)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = self.page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.screenshot(path=self.pictures / f"{self.name}-jenkins.png")
        # No style is left, and every curve is drawn all the same.
        check(
            page.evaluate("getComputedStyle(document.body).maxWidth") == "none",
            "the header did not forbid the style",
        )
        # A hundred sites have theirs in the rows of a table.
        place = "td svg path" if self.name == "many" else 'figure path[stroke-width="4"]'
        curves = page.evaluate(
            """place => [...document.querySelectorAll(place)]
                 .filter(path => getComputedStyle(path).stroke.startsWith('rgb')).length""",
            place,
        )
        check(curves > 0, f"{self.name} has no curve behind Jenkins")
        if page.locator("summary").count():
            page.locator("summary").last.click()
            check(page.locator("details[open]").count() == 1, "details do not open")
        page.context.close()
        server.shutdown()

    def paper(self):
        page = self.page("dark")
        page.goto(self.path.as_uri())
        pdf = self.pictures / f"{self.name}.pdf"
        page.pdf(path=pdf, format="A4", tagged=True, outline=True, prefer_css_page_size=True)
        page.context.close()
        document = pypdfium2.PdfDocument(pdf)
        text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
        for words in ("Exposure", "Every step" if self.name != "many" else "Each site", "How to verify"):
            check(words in text, f"{self.name} on paper lacks {words!r}")
        if self.name != "many":
            check("kind: RotationPlan" in text, f"{self.name} on paper is folded")
        width = max(sheet.get_width() for sheet in document)
        check(width < 600, "it is no A4")


def check(holds, message):
    if not holds:
        sys.exit(f"check-reports: {message}")


if __name__ == "__main__":
    main()

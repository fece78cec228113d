"""Pages of strangers, open in the browser of somebody who has the dashboard open as well.

One is served under a name whose address then changes to the dashboard's (DNS rebinding): for the browser it is of one origin
with what it asks for. The other stays where it is and sends requests and forms across. A proxy plays the name service and
the strangers' servers; 127.0.0.1 is asked without it.
"""

import http.client
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

REBOUND, FOREIGN = "rebound.example", "foreign.example"

# Asks for what it wants and tells what it got.
ASKING = """<!doctype html><title>asking</title><script>
async function ask(base, paths, form) {
  const got = [];
  for (const path of paths) {
    try {
      const answer = await fetch(base + path, { credentials: 'include' });
      got.push([path, answer.status, await answer.text()]);
    } catch (error) { got.push([path, 0, String(error)]); }
  }
  try {
    const answer = await fetch(base + paths.at(-1), { method: 'POST', credentials: 'include', body: form,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    got.push(['form', answer.status, await answer.text()]);
  } catch (error) { got.push(['form', 0, String(error)]); }
  const stream = new EventSource(base + paths[1] + '/events', { withCredentials: true });
  const told = await new Promise(done => {
    stream.onmessage = message => done(message.data);
    stream.onerror = () => done(null);
    setTimeout(() => done(null), 5000);
  });
  got.push(['stream', told === null ? 0 : 200, told ?? '']);
  return got;
}
</script>"""


class Proxy(BaseHTTPRequestHandler):
    """Serves the strangers' pages, until the name of one leads to the dashboard."""

    def do_GET(self):
        parts = urlsplit(self.path)
        if parts.hostname not in (REBOUND, FOREIGN):
            return self.send_error(502)
        if parts.hostname == FOREIGN or not self.server.has_rebound:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            return self.wfile.write(ASKING.encode())
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        call = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=20)
        headers = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
        call.request(self.command, parts.path + ("?" + parts.query if parts.query else ""), body or None, headers)
        answer = call.getresponse()
        text = answer.read()
        self.server.answers.append(answer.status)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.getheader("Content-Type") or "text/plain")
        self.end_headers()
        self.wfile.write(text)

    do_POST = do_GET

    def log_message(self, *_):
        pass


@contextmanager
def proxy():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.has_rebound, server.answers = False, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()


def attempt(playwright, url, paths, form):
    """What strangers' pages get of `paths` at the dashboard of `url`, and of a form sent to the last of them.

    Each is a name, a status and a text, for the page under the changed name and for the one across; a third list has the
    statuses that the dashboard gave to the first.
    """
    port = urlsplit(url).port
    with proxy() as server:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"],
            proxy={"server": f"http://127.0.0.1:{server.server_port}", "bypass": "127.0.0.1"})
        context = browser.new_context()
        # Whoever works here is logged on.
        own = context.new_page()
        own.goto(url)
        page = context.new_page()
        page.goto(f"http://{REBOUND}:{port}/")
        server.has_rebound = True
        rebound = page.evaluate("([paths, form]) => ask('', paths, form)", [paths, form])
        page = context.new_page()
        page.goto(f"http://{FOREIGN}/")
        across = page.evaluate(
            "([base, paths, form]) => ask(base, paths, form)", [f"http://127.0.0.1:{port}", paths, form])
        # A form that takes the whole page along needs no leave of the other side.
        with page.expect_navigation():
            page.evaluate(
                """([action, form]) => {
                  const sent = document.createElement('form');
                  sent.method = 'post';
                  sent.action = action;
                  for (const [name, value] of new URLSearchParams(form)) {
                    const field = document.createElement('input');
                    [field.name, field.value] = [name, value];
                    sent.append(field);
                  }
                  document.body.append(sent);
                  sent.submit();
                }""", [f"http://127.0.0.1:{port}{paths[-1]}", form])
        across.append(["page", 200, page.content()])
        browser.close()
        return rebound, across, server.answers

/// What the pages of the dashboard load beside their text. Without it they say the same, as of when they were loaded.
package enum DashboardScript {
  /// Follows the journal of the run that a page is about, and shows the page anew when something was recorded.
  package static let text: StaticString = #"""
    "use strict";
    (() => {
      const page = document.body;
      if (!page.dataset.follow || !window.EventSource) return;
      let loading = false, again = false, timer = 0;

      const live = (text) => {
        const place = document.getElementById("live");
        if (place) place.textContent = text;
      };

      async function refresh() {
        if (loading) { again = true; return; }
        loading = true;
        again = false;
        try {
          const answer = await fetch(location.pathname, { cache: "no-store", credentials: "same-origin" });
          if (!answer.ok) { live("cannot be read now (" + answer.status + "); reload the page"); return; }
          const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
          const open = new Set();
          for (const part of document.querySelectorAll("details[open] > summary")) open.add(part.textContent);
          for (const name of ["header", "nav", "main"]) {
            const [old, next] = [document.querySelector(name), fresh.querySelector(name)];
            if (old && next) old.replaceWith(next);
          }
          for (const part of document.querySelectorAll("details > summary"))
            if (open.has(part.textContent)) part.parentElement.open = true;
          document.title = fresh.title;
          page.dataset.sequence = fresh.body.dataset.sequence;
          live("live");
        } catch {
          live("connection lost, trying again");
        } finally {
          loading = false;
          if (again) later();
        }
      }

      function later() {
        clearTimeout(timer);
        timer = setTimeout(refresh, 150);
      }

      const source = new EventSource(page.dataset.follow + "?after=" + page.dataset.sequence);
      source.onopen = () => live("live");
      source.onerror = () => live("connection lost, trying again");
      source.onmessage = (event) => {
        if (Number(event.lastEventId) > Number(page.dataset.sequence)) later();
      };
    })();

    """#
}

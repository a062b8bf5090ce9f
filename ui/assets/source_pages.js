// The pages of a file in the source pane: asked for when they are first seen, shown in place of
// the text once they are there. Where they cannot be had, the text stays, and why is said.
window.aseqaPages = (() => {
  "use strict";
  let wish = "pages"; // how the reader wants files that have pages
  let isLarge = false;

  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const pane = () => window.aseqaSource;

  function show(source) {
    const room = find(".aq-view-pages", source);
    if (room?.dataset.refused) retry(source, room);
    setView(source, room ? wish : "text");
  }

  // The same quote is asked for again: what was missing may be back.
  function retry(source, room) {
    for (const name of ["refused", "state"]) delete room.dataset[name];
    find('.aq-view[data-view="pages"]', source).disabled = false;
    find(".aq-told", source)?.remove();
  }

  function setView(source, name) {
    const room = find(".aq-view-pages", source);
    source.dataset.view = name;
    for (const button of all(".aq-view", source)) {
      button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
    if (name === "pages" && pane().isSeen()) load(source, room);
    arrange(source, room);
  }

  // Until the pages are there, the text is.
  function arrange(source, room) {
    const isPages = source.dataset.view === "pages";
    const hasPages = isPages && room.dataset.state === "loaded";
    source.classList.toggle("aq-paged", hasPages);
    room?.toggleAttribute("hidden", !isPages);
    find(".aq-view-text", source)?.toggleAttribute("hidden", hasPages);
    find(".aq-zoom", source)?.toggleAttribute("hidden", !isPages);
    enlarge(source);
  }

  function choose(button) {
    const source = button.closest(".aq-source");
    wish = button.dataset.view;
    setView(source, wish);
    pane().scroll(source);
  }

  function zoom(button) {
    isLarge = !isLarge;
    const source = button.closest(".aq-source");
    enlarge(source);
    pane().scroll(source);
  }

  function enlarge(source) {
    find(".aq-view-pages", source)?.classList.toggle("aq-large", isLarge);
    find(".aq-zoom", source)?.setAttribute("aria-pressed", String(isLarge));
  }

  async function load(source, room) {
    if (room.dataset.state) return;
    room.dataset.state = "loading";
    room.textContent = room.dataset.loading;
    const found = await fetched(source);
    if (!source.isConnected) return;
    const held = document.activeElement;
    const isFree = [document.body, find("h2", source), find(".aq-hit", source)].includes(held);
    room.innerHTML = found.html ?? "";
    room.dataset.state = "loaded";
    if (!found.html || found.note) return withText(source, found);
    arrange(source, room);
    pane().scroll(source);
    if (isFree) pane().focus(source);
  }

  // What the server writes is escaped there, as all of the pane is.
  async function fetched(source) {
    const { document: name, sha256, start = 0, end = 0, span = "0,0" } = source.dataset;
    const [first, last] = span.split(",");
    const query = new URLSearchParams({ document: name, sha256, start, end, first, last });
    try {
      const response = await fetch(`/pages?${query}`);
      const found = await response.json();
      return response.ok ? found : { lost: found.detail };
    } catch {
      return {}; // no server, or none of ours
    }
  }

  // Where the quote's page cannot be had, the text is what the reader came for.
  function withText(source, { html, note, lost }) {
    const room = find(".aq-view-pages", source);
    room.dataset.refused = "yes";
    find('.aq-view[data-view="pages"]', source).disabled = !html;
    pane().tell(source, note || lost || room.dataset.lost);
    setView(source, "text");
    pane().scroll(source);
  }

  function fail(picture) {
    const page = picture.closest(".aq-page");
    if (!page || page.classList.contains("aq-page-failed")) return;
    page.classList.add("aq-page-failed");
    const source = page.closest(".aq-source");
    const words = page.closest(".aq-pages").dataset.failed;
    find("figcaption", page).textContent += ` – ${words}`;
    if (find(".aq-box", page)) withText(source, { html: page, note: words });
  }

  document.addEventListener("error", (event) => event.target.tagName === "IMG" && fail(event.target), true);

  const clicks = [[".aq-view", choose], [".aq-zoom", zoom]];
  return { clicks, show };
})();

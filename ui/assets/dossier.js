// The dossier's buttons on the cards and its panel. What it shows comes from documents and
// from imported files: all of it is set as text, never as HTML.
(() => {
  "use strict";
  const store = window.aseqaDossier;
  const { say, words } = store;
  let panel = null; // the dialog, once it was opened
  let opener = null; // what to give the focus back to
  let waiting = null; // a dossier that was imported, until the reader says what to do with it
  let undo = null; // gives back what was removed last

  const find = (selector, root = document) => root.querySelector(selector);

  function make(tag, facts = {}, ...parts) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(facts)) made.setAttribute(name, value);
    made.append(...parts.filter((part) => part !== null));
    return made;
  }

  const button = (name, text, facts = {}) =>
    make("button", { type: "button", class: `aq-dossier-do ${name}`, ...facts }, text);

  // ---- the cards ----

  const quoteOf = (keeper) => JSON.parse(keeper.dataset.quote);

  function toggle(keeper) {
    const quote = quoteOf(keeper);
    const index = store.indexOf(quote);
    if (index >= 0) {
      store.remove(index);
      return announce(say("said_removed", { count: store.held.items.length }));
    }
    const noted = keeper.closest("[data-asked]")?.dataset.asked;
    const asked = noted ? JSON.parse(noted) : null;
    // A reading near the subject answers no question.
    const question = asked && !keeper.closest(".aq-reading") ? asked.question : "";
    const done = store.keep(quote, question, asked);
    announce(done ? say("said_kept", { count: store.held.items.length }) : words.full, !done);
  }

  // Cards come and go: each new one is told once whether its quote is kept.
  function tellCards(all) {
    for (const keeper of document.querySelectorAll(all ? ".aq-keep" : ".aq-keep:not([data-told])")) {
      const isKept = store.indexOf(quoteOf(keeper)) >= 0;
      const text = isKept ? words.unkeep : words.keep;
      if (keeper.textContent !== text) keeper.textContent = text;
      keeper.classList.toggle("aq-kept", isKept);
      keeper.dataset.told = "";
    }
  }

  function tellCount() {
    const shown = find("#aq-dossier-open");
    const text = say("open", { count: store.held.items.length });
    if (shown && shown.textContent !== text) shown.textContent = text;
  }

  // ---- the panel ----

  function open(from) {
    opener = from;
    if (!panel || !panel.isConnected) panel = build();
    hush();
    draw();
    panel.showModal();
    find("h2", panel).focus();
  }

  function build() {
    const made = make(
      "dialog",
      { id: "aq-dossier", class: "aq-dossier", "aria-labelledby": "aq-dossier-name" },
      make(
        "div",
        { class: "aq-dossier-head" },
        make("h2", { id: "aq-dossier-name", tabindex: "-1" }, words.name),
        button("aq-dossier-close", words.close),
      ),
      make("p", { class: "aq-dossier-said", role: "status" }),
      make(
        "div",
        { class: "aq-dossier-body" },
        make("p", { class: "aq-dossier-kept" }, words.kept),
        field("input", "aq-dossier-title", words.title, { maxlength: words.limits.title, type: "text" }),
        tools(),
        make("div", { class: "aq-dossier-ask" }),
        make("ol", { class: "aq-dossier-items", "aria-label": words.items }),
        make("p", { class: "aq-dossier-empty" }, words.empty),
        make(
          "div",
          { class: "aq-dossier-tools" },
          button("aq-dossier-add", words.add_heading, { "data-kind": "heading" }),
          button("aq-dossier-add", words.add_note, { "data-kind": "note" }),
        ),
        make("details", { class: "aq-dossier-questions" }, make("summary"), make("ul")),
        make("div", { class: "aq-dossier-rerun" }),
      ),
    );
    made.addEventListener("close", () => opener?.isConnected && opener.focus());
    find("#aq-panes").after(made);
    return made;
  }

  function tools() {
    const styles = Object.entries(words.formats).map(([style, text]) => make("option", { value: style }, text));
    const chosen = make("select", { id: "aq-dossier-style", "aria-label": words.style }, ...styles);
    const file = { type: "file", accept: ".json,application/json", class: "aq-dossier-file", hidden: "" };
    return make(
      "div",
      { class: "aq-dossier-tools" },
      make("span", { class: "aq-dossier-export" }, chosen, button("aq-dossier-save", words.export)),
      button("aq-dossier-again", words.rerun),
      button("aq-dossier-load", words.import),
      make("input", { ...file, "aria-label": words.import }),
      button("aq-dossier-clear", words.clear),
    );
  }

  function field(tag, id, text, facts = {}) {
    return make("div", { class: "aq-dossier-field" }, make("label", { for: id }, text), make(tag, { id, ...facts }));
  }

  function draw() {
    if (!panel) return;
    const { items, title } = store.held;
    const box = find("#aq-dossier-title", panel);
    if (box.value !== title) box.value = title;
    find(".aq-dossier-items", panel).replaceChildren(...items.map(itemPart));
    find(".aq-dossier-empty", panel).hidden = items.length > 0;
    drawQuestions();
  }

  function drawQuestions() {
    const asked = store.questions();
    const part = find(".aq-dossier-questions", panel);
    part.hidden = !asked.length;
    find("summary", part).textContent = say("questions", { count: asked.length });
    const lines = asked.map((question) => {
      const name = say("forget_one", { question });
      const forget = button("aq-dossier-forget", words.forget, { "aria-label": name });
      forget.dataset.question = question;
      return make("li", {}, make("span", {}, question), forget);
    });
    find("ul", part).replaceChildren(...lines);
    find(".aq-dossier-again", panel).disabled = !asked.length;
  }

  function itemPart(item, index) {
    const part = make("li", { class: `aq-dossier-item aq-dossier-${item.kind}` });
    part.dataset.index = index;
    const id = `aq-dossier-words-${index}`;
    if (item.kind === "quote") part.append(...quoteParts(item, index, id));
    else part.append(writing(item, "text", id, item.kind === "heading" ? words.heading : words.note));
    part.append(actions(item, index));
    return part;
  }

  function quoteParts({ quote, question, note }, index, id) {
    const label = say("note_of", { place: index + 1 });
    return [
      question ? make("p", { class: "aq-dossier-asked" }, say("question", { question })) : "",
      make("p", { class: "aq-who" }, ...speaker(quote.voice)),
      make("blockquote", { class: "aq-words" }, ...marked(quote)),
      make("p", { class: "aq-reference" }, quote.reference),
      writing({ note }, "note", id, label),
    ];
  }

  function speaker(voice) {
    const kind = Object.hasOwn(words.voices, voice.kind) ? voice.kind : "autre";
    const badge = make("span", { class: "aq-badge" }, words.voices[kind]);
    const name = typeof voice.name === "string" && voice.name ? make("span", { class: "aq-name" }, voice.name) : null;
    return kind === "autre" && name ? [name] : [badge, ...(name ? [name] : [])];
  }

  // Offsets count characters as Python does: one for each code point.
  function marked({ text, span }) {
    if (!Number.isInteger(span?.start) || !Number.isInteger(span?.end)) return [text];
    const points = Array.from(text);
    const cut = (start, end) => points.slice(start, end).join("");
    const inside = cut(span.start, span.end);
    if (!inside || inside !== span.text) return [text];
    return [cut(0, span.start), make("mark", {}, inside), cut(span.end)];
  }

  function writing(item, name, id, text) {
    const isHeading = item.kind === "heading";
    const limit = isHeading ? words.limits.title : words.limits.note;
    const facts = isHeading ? { type: "text", maxlength: limit } : { rows: "2", maxlength: limit };
    const part = field(isHeading ? "input" : "textarea", id, text, { ...facts, "data-writes": name });
    find("[data-writes]", part).value = item[name];
    return part;
  }

  function actions(item, index) {
    const last = store.held.items.length - 1;
    const act = (name, text, isOff) => {
      const named = say("element", { action: text, place: index + 1 });
      const made = button(`aq-dossier-${name}`, text, { "aria-label": named });
      made.disabled = isOff;
      return made;
    };
    const line = make("div", { class: "aq-dossier-actions" });
    line.append(act("up", words.up, index === 0), act("down", words.down, index === last));
    if (item.kind === "quote") line.append(sourceButton(item.quote, index));
    line.append(act("remove", words.remove, false));
    return line;
  }

  // The chat's own script opens what is called aq-place; it marks nothing in a changed file.
  function sourceButton({ document: name, start, end, sha256, span }, index) {
    const named = say("element", { action: words.source, place: index + 1 });
    const made = button("aq-place", words.source, { "aria-label": named });
    Object.assign(made.dataset, { document: name, start, end, sha256 });
    if (Number.isInteger(span?.start)) made.dataset.span = `${span.start},${span.end}`;
    return made;
  }

  // ---- what is said ----

  function announce(text, isTrouble = false) {
    const inside = panel?.open;
    const region = inside ? find(".aq-dossier-said", panel) : pageRegion();
    region.classList.toggle("aq-dossier-trouble", isTrouble);
    region.replaceChildren(store.isSaved ? text : words.unsaved);
    if (inside && undo) region.append(" ", button("aq-dossier-undo", words.undo));
  }

  function hush() {
    undo = null;
    find(".aq-dossier-said", panel).replaceChildren();
  }

  function pageRegion() {
    let region = find("#aq-dossier-status");
    if (!region) {
      region = make("p", { id: "aq-dossier-status", class: "aq-dossier-toast", role: "status" });
      find("#aq-panes").after(region);
    }
    clearTimeout(pageRegion.timer);
    pageRegion.timer = setTimeout(() => region.replaceChildren(), 4000);
    return region;
  }

  // ---- what the buttons do ----

  const indexFrom = (part) => Number(part.closest(".aq-dossier-item").dataset.index);

  function move(from, step) {
    const place = indexFrom(from) + step;
    store.move(place - step, step);
    undo = null;
    announce(say("said_moved", { place: place + 1, count: store.held.items.length }));
    const part = find(`[data-index="${place}"]`, panel);
    part.scrollIntoView({ block: "nearest" });
    const again = find(step < 0 ? ".aq-dossier-up" : ".aq-dossier-down", part);
    (again.disabled ? find(".aq-dossier-remove", part) : again).focus();
  }

  function remove(from) {
    const index = indexFrom(from);
    const { questions } = store.held;
    const gone = store.remove(index);
    undo = () => store.restore(index, gone, questions);
    announce(say("said_removed", { count: store.held.items.length }));
    find(".aq-dossier-undo", panel).focus();
  }

  function putBack() {
    undo?.();
    hush();
    find("h2", panel).focus();
  }

  function add(from) {
    undo = null;
    if (!store.add(from.dataset.kind)) return announce(words.full, true);
    find(".aq-dossier-item:last-child [data-writes]", panel).focus();
  }

  function forget(from) {
    store.forget(from.dataset.question);
    find(".aq-dossier-questions summary", panel).focus();
  }

  // A question to the reader, in place, with its buttons.
  function ask(text, ...choices) {
    hush();
    const made = choices.map(([name, said]) => button(name, said));
    const group = make("div", { role: "group", "aria-label": text }, make("p", {}, text), ...made);
    find(".aq-dossier-ask", panel).replaceChildren(group);
    made.at(-1).focus();
  }

  function answered(focus) {
    waiting = null;
    find(".aq-dossier-ask", panel).replaceChildren();
    find(focus, panel).focus();
  }

  function clear() {
    store.clear();
    undo = null;
    answered("h2");
    announce(words.said_emptied);
  }

  const askClear = () =>
    ask(
      say("clear_sure", { count: store.held.items.length }),
      ["aq-dossier-yes", words.clear_yes],
      ["aq-dossier-no", words.cancel],
    );

  // ---- files ----

  function posted(path, sent, signal = null) {
    const body = JSON.stringify(sent);
    return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body, signal });
  }

  async function trouble(response) {
    const told = await response.json().catch(() => null);
    return (typeof told?.detail === "string" && told.detail) || say("failed", { status: response.status });
  }

  async function exported(style, dossier) {
    try {
      const response = await posted("/dossier/export", { style, dossier });
      return response.ok ? response : announce(await trouble(response), true);
    } catch {
      return announce(words.lost, true);
    }
  }

  async function saveFile() {
    const response = await exported(find("#aq-dossier-style", panel).value, store.held);
    if (!response) return;
    const [, name] = /filename="([\w.-]+)"/.exec(response.headers.get("Content-Disposition")) || [];
    const link = make("a", { download: name || "dossier" });
    link.href = URL.createObjectURL(await response.blob());
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    undo = null;
    announce(say("said_exported", { name: link.download }));
  }

  // The server looks at an imported dossier: it gives it back as it understands it, or says why not.
  async function loadFile(input) {
    const [file] = input.files;
    if (!file) return;
    undo = null;
    if (file.size > words.limits.bytes) return announce(words.too_large, true);
    let read = null;
    try {
      read = JSON.parse(await file.text());
    } catch {
      // said below
    }
    input.value = "";
    if (read === null) return announce(words.not_json, true);
    const response = await exported("json", read);
    if (!response) return;
    const dossier = store.sound(await response.json());
    if (!dossier) return announce(words.not_json, true);
    waiting = dossier;
    if (!store.held.items.length) return imported(store.take);
    ask(
      words.import_over,
      ["aq-dossier-replace", words.replace],
      ["aq-dossier-append", words.append],
      ["aq-dossier-no", words.cancel],
    );
  }

  function imported(take) {
    const done = take(waiting);
    answered("h2");
    announce(done ? say("said_imported", { count: store.held.items.length }) : words.full, !done);
  }

  // ---- events ----

  const clicks = [
    [".aq-keep", toggle],
    [".aq-dossier-open", open],
    [".aq-dossier-close", () => panel.close()],
    [".aq-dossier-up", (from) => move(from, -1)],
    [".aq-dossier-down", (from) => move(from, 1)],
    [".aq-dossier-remove", remove],
    [".aq-dossier-undo", putBack],
    [".aq-dossier-add", add],
    [".aq-dossier-forget", forget],
    [".aq-dossier-save", saveFile],
    [".aq-dossier-load", () => find(".aq-dossier-file", panel).click()],
    [".aq-dossier-clear", askClear],
    [".aq-dossier-yes", clear],
    [".aq-dossier-replace", () => imported(store.take)],
    [".aq-dossier-append", () => imported(store.append)],
    [".aq-dossier-no", () => answered("h2")],
    // The chat's own script opens the source behind the panel.
    [".aq-dossier :is(.aq-place, .aq-open, .aq-words)", leaveForSource],
  ];

  function leaveForSource(from) {
    if (!from.matches("blockquote") || (from.closest(".aq-card") && !String(getSelection()))) panel.close();
  }

  document.addEventListener("click", (event) => {
    for (const [selector, act] of clicks) {
      const target = event.target.closest?.(selector);
      if (target) return act(target);
    }
  });

  document.addEventListener("input", ({ target }) => {
    if (target.id === "aq-dossier-title") return store.write(store.held, "title", target.value);
    const name = target.closest?.(".aq-dossier-item") && target.dataset.writes;
    if (name) store.write(store.held.items[indexFrom(target)], name, target.value);
  });

  document.addEventListener("change", ({ target }) => {
    if (target.matches?.(".aq-dossier-file")) loadFile(target);
  });

  // While the reader writes, the panel stays as it is.
  store.listen((isElsewhere) => {
    const writes = panel?.contains(document.activeElement) && document.activeElement.matches("input, textarea");
    if (isElsewhere || !writes) draw();
    tellCards(true);
    tellCount();
  });

  function tidy() {
    tellCards(false);
    tellCount();
  }

  new MutationObserver(tidy).observe(document.documentElement, { childList: true, subtree: true });
  Object.assign(store, { make, button, announce, posted, trouble });
})();

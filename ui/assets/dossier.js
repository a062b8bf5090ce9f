// The dossier's buttons on the cards, and what those of its panel do (see dossier_parts.js).
(() => {
  "use strict";
  const store = window.aseqaDossier;
  const { say, words, find, make, button, itemPart } = store;
  let panel = null; // the dialog, once it was opened
  let opener = null; // what to give the focus back to
  let undo = null; // gives back what was removed last

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
    if (!panel || !panel.isConnected) panel = placed(store.build());
    hush();
    draw();
    panel.showModal();
    find("h2", panel).focus();
  }

  function placed(made) {
    made.addEventListener("close", () => opener?.isConnected && opener.focus());
    find("#aq-panes").after(made);
    return made;
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

  // ---- what is said ----

  function announce(text, isTrouble = false) {
    const inside = panel?.open;
    const region = inside ? find(".aq-dossier-said", panel) : pageRegion();
    region.classList.toggle("aq-dossier-trouble", isTrouble);
    region.replaceChildren(store.isSaved ? text : words.unsaved);
    if (inside && undo) region.append(" ", button("aq-dossier-undo", words.undo));
  }

  function forgetUndo() {
    undo = null;
  }

  function hush() {
    forgetUndo();
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
    [".aq-dossier-clear", askClear],
    [".aq-dossier-yes", clear],
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
  Object.assign(store, { announce, ask, answered, forgetUndo });
})();

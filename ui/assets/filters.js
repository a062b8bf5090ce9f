// What the reader chose to look at: the chips above the question box, the panel where they
// are chosen, and the page's address, which holds them so that it can be shared.
window.aseqaFilters = (() => {
  "use strict";
  const said = (key, values = {}) =>
    window.aseqaWords.filters[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  // The names of the filters, and theirs in the address: those of the command line.
  const LISTS = { kinds: "kind", voices: "voice", territories: "territory", authors: "author", sources: "source" };
  const DAYS = ["since", "until", "as_of"];
  const MAX_VALUES = 30;
  const MAX_CHARS = 500;
  const SHOWN = 40; // choices of a long list shown at once
  const SHORT = 8; // a list that needs no search
  let offers = { years: [], offered: {} };
  const labels = {}; // the label of a choice, by filter and value

  const find = (selector, root = document) => root.querySelector(selector);
  const panel = () => find("#aq-filter-dialog");

  function make(tag, name, ...children) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...children);
    return made;
  }

  const isDay = (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
  const isValue = (value) => value.trim() !== "" && value.length <= MAX_CHARS;
  const state = fromAddress();

  // ---- the state, and the address ----

  function fromAddress() {
    const asked = new URLSearchParams(location.search);
    const found = {};
    for (const [name, key] of Object.entries(LISTS)) {
      found[name] = [...new Set(asked.getAll(key).filter(isValue))].slice(0, MAX_VALUES);
    }
    for (const name of DAYS) found[name] = isDay(asked.get(name) || "") ? asked.get(name) : "";
    return found;
  }

  function toAddress() {
    const address = new URLSearchParams(location.search);
    for (const key of [...Object.values(LISTS), ...DAYS]) address.delete(key);
    for (const [name, key] of Object.entries(LISTS)) {
      for (const value of state[name]) address.append(key, value);
    }
    for (const name of DAYS) if (state[name]) address.set(name, state[name]);
    const rest = address.toString();
    history.replaceState(null, "", location.pathname + (rest ? `?${rest}` : ""));
  }

  // What goes with a question: only what is chosen, nothing when nothing is.
  function chosen() {
    const entries = Object.entries(state).filter(([, value]) => value.length);
    return entries.length ? structuredClone(Object.fromEntries(entries)) : null;
  }

  const count = () =>
    Object.keys(LISTS).reduce((sum, name) => sum + state[name].length, 0) +
    DAYS.filter((name) => state[name]).length;

  function choose(name, value, isOn) {
    const others = state[name].filter((one) => one !== value);
    state[name] = isOn ? [...others, value].slice(-MAX_VALUES) : others;
    changed();
  }

  function setDay(name, value) {
    state[name] = isDay(value) ? value : "";
    changed();
  }

  function clear() {
    for (const name of Object.keys(LISTS)) state[name] = [];
    for (const name of DAYS) state[name] = "";
    changed();
    if (panel()?.open) fillPanel();
    window.aseqa.announce(said("cleared"));
  }

  function changed() {
    toAddress();
    showChips();
    showCount();
  }

  // ---- the chips ----

  function dayWords(day) {
    const words = new Intl.DateTimeFormat(said("locale"), { dateStyle: "long", timeZone: "UTC" });
    return words.format(new Date(`${day}T00:00:00Z`)).replace(/^1 /, `${said("first")} `);
  }

  function chipOf(name, value) {
    const isDayChip = DAYS.includes(name);
    const label = isDayChip ? dayWords(value) : (labels[name]?.get(value) ?? value);
    const text = isDayChip
      ? said(name, { name: label })
      : said("chip", { label: said(name), name: label });
    const cross = make("span", "aq-cross", "×");
    cross.ariaHidden = "true";
    const words = make("span", "aq-chip-words", text);
    const chip = make("button", "aq-chip", words, make("span", "aq-offscreen", `, ${said("remove")}`), cross);
    chip.type = "button";
    chip.title = text;
    chip.addEventListener("click", () => remove(name, value, text));
    return make("li", "", chip);
  }

  function remove(name, value, text) {
    const place = [...document.querySelectorAll(".aq-chip")].indexOf(document.activeElement);
    if (DAYS.includes(name)) setDay(name, "");
    else choose(name, value, false);
    const chips = document.querySelectorAll(".aq-chip");
    (chips[Math.min(Math.max(place, 0), chips.length - 1)] || find(".aq-filter-open")).focus();
    window.aseqa.announce(said("removed", { name: text }));
  }

  function showChips() {
    const list = find(".aq-chips");
    if (!list) return;
    const lists = Object.keys(LISTS).flatMap((name) => state[name].map((value) => chipOf(name, value)));
    const days = DAYS.filter((name) => state[name]).map((name) => chipOf(name, state[name]));
    list.replaceChildren(...lists, ...days);
    list.hidden = !count();
    list.ariaLabel = count() ? said(count() === 1 ? "one" : "many", { count: count() }) : null;
    find(".aq-filter-open").textContent = count() ? said("open_count", { count: count() }) : said("open");
  }

  // ---- the panel ----

  function offer(found) {
    offers = found || offers;
    for (const name of Object.keys(LISTS)) {
      labels[name] = new Map((offers[name] || []).map(([value, label]) => [value, label]));
    }
    showChips();
    if (panel()?.open) fillPanel();
  }

  function fold(text) {
    const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    return plain.replace(/[’ʼ‘´`]/g, "'").replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/\s+/g, " ").trim();
  }

  function open() {
    fillPanel();
    panel().showModal();
    find("h2", panel()).focus();
  }

  function fillPanel() {
    for (const part of panel().querySelectorAll("[data-facet]")) {
      find("input[type=search]", part).value = "";
      fillList(part);
    }
    for (const name of DAYS) find(`input[name=${name}]`, panel()).value = state[name];
    find(".aq-years", panel()).replaceChildren(...offers.years.map(yearOf));
    showCount();
  }

  function fillList(part) {
    const name = part.dataset.facet;
    const all = offers[name] || [];
    const words = fold(find("input[type=search]", part).value).split(" ").filter(Boolean);
    const on = new Set(state[name]);
    // A choice of the address that the corpus lacks stays there to be removed.
    const unknown = state[name].filter((value) => !labels[name]?.has(value)).map((value) => [value, value, 0]);
    const first = [...unknown, ...all.filter(([value]) => on.has(value))];
    const rest = all.filter(([value]) => !on.has(value));
    const matching = words.length
      ? rest.filter(([, label]) => words.every((word) => fold(label).includes(word)))
      : rest;
    const isLong = all.length > SHORT;
    find(".aq-facet-search", part).hidden = !isLong;
    const shown = [...first, ...matching.slice(0, isLong ? SHOWN : all.length)];
    find(".aq-choices", part).replaceChildren(...shown.map((choice) => choiceOf(name, choice, on)));
    find("[role=status]", part).textContent = noteOf(all, shown, matching, words, first);
  }

  function noteOf(all, shown, matching, words, first) {
    if (!all.length && !shown.length) return said("empty");
    if (words.length && !matching.length) return said("no_match");
    const more = matching.length - (shown.length - first.length);
    return more > 0 ? said("more", { count: more }) : "";
  }

  function choiceOf(name, [value, label, number], on) {
    const box = make("input");
    box.type = "checkbox";
    box.checked = on.has(value);
    box.addEventListener("change", () => choose(name, value, box.checked));
    const text = make("span", "aq-choice-name", label);
    return make("li", "", make("label", "aq-choice", box, text, make("span", "aq-choice-count", String(number))));
  }

  function yearOf([year, , number]) {
    const button = make("button", "aq-year", year, " ", make("span", "aq-choice-count", String(number)));
    button.type = "button";
    button.addEventListener("click", () => {
      setDay("since", `${year}-01-01`);
      setDay("until", `${year}-12-31`);
      for (const name of DAYS) find(`input[name=${name}]`, panel()).value = state[name];
    });
    return button;
  }

  function showCount() {
    if (!panel()) return;
    const key = { 0: "none", 1: "one" }[count()] || "many";
    find(".aq-filter-count", panel()).textContent = said(key, { count: count() });
    const isWrong = state.since && state.until && state.since > state.until;
    find(".aq-facet-fault", panel()).textContent = isWrong ? said("order") : "";
    for (const name of ["since", "until"]) {
      find(`input[name=${name}]`, panel()).ariaInvalid = isWrong ? "true" : null;
    }
  }

  // ---- the parts of the page, once they are there ----

  function attach() {
    const bar = find(".aq-bar:not([data-filters])");
    if (!bar || !panel()) return;
    bar.dataset.filters = "on";
    find(".aq-filter-open").addEventListener("click", open);
    find(".aq-filter-clear").addEventListener("click", clear);
    for (const part of panel().querySelectorAll("[data-facet]")) {
      find("input[type=search]", part).addEventListener("input", () => fillList(part));
    }
    for (const name of DAYS) {
      const box = find(`input[name=${name}]`, panel());
      box.addEventListener("change", () => setDay(name, box.value));
    }
    for (const dialog of document.querySelectorAll(".aq-dialog")) closable(dialog);
    showChips();
  }

  // By its button, by a click beside it, and by Escape, as all dialogs.
  function closable(dialog) {
    find(".aq-dialog-close", dialog).addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }

  return { attach, chosen, clear, offer };
})();

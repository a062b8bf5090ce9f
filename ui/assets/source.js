// The source pane: a document opened at a quote, and the way from one quote of the last answer
// to the next. The server marks a quote by its offsets; here the marked words are compared with
// the card's, and what differs is not marked. Pages of files: see source_pages.js.
window.aseqaSource = (() => {
  "use strict";
  let wanted = {}; // the place that was last asked for
  let opener = null; // what to give the focus back to
  let byHand = false; // whether the reader asked for that place
  let stepped = ""; // the step that led to it: what was pressed keeps the focus

  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const [panes, pane] = ["#aq-panes", "#aq-source"].map((name) => () => find(name));
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // ---- opening and closing ----

  function open(target, from) {
    wanted = target;
    opener = from;
    byHand = true;
    stepped = "";
    panes().classList.add("aq-source-open");
    pane().setAttribute("aria-busy", "true");
    find("#aq-opener").click();
  }

  function close() {
    panes().classList.remove("aq-source-open");
    if (opener && opener.isConnected) opener.focus();
  }

  const isOpen = () => panes().classList.contains("aq-source-open");
  // On a narrow screen the pane is a sheet, unseen until it is opened.
  const isSeen = () => isOpen() || matchMedia("(min-width: 861px)").matches;

  function placeOf(card) {
    const { document: name, start, end, span, sha256 } = card.dataset;
    const [spanStart, spanEnd] = (span || "0,0").split(",").map(Number);
    return { document: name, start: Number(start), end: Number(end), spanStart, spanEnd, ...(sha256 && { sha256 }) };
  }

  const forget = () => (wanted = {});
  const reset = () => (byHand = false); // what comes next comes with an answer

  // ---- what was opened ----

  function show() {
    const source = find(".aq-source", pane());
    pane().removeAttribute("aria-busy");
    if (!source) return;
    const card = currentCard(source);
    check(source, card);
    for (const other of all(".aq-card")) other.classList.toggle("aq-current", other === card);
    count(source, card);
    window.aseqaPages.show(source);
    scroll(source);
    focus(source);
  }

  function currentCard(source) {
    const { document: name, start } = source.dataset;
    const of = (card) => card.dataset.document === name && card.dataset.start === start;
    const chosen = opener?.closest(".aq-card");
    if (start === undefined) return byHand && chosen?.dataset.document === name ? chosen : null;
    const found = all(".aq-card").filter(of);
    return found.find((card) => card === chosen) ?? found[found.length - 1] ?? null;
  }

  // An answer may be older than the index: then the same offsets hold other words.
  function check(source, card) {
    const hits = all(".aq-hit", source);
    if (!card || !hits.length) return;
    if (find(".aq-quote", card).textContent === hits.map((hit) => hit.textContent).join("")) return;
    for (const mark of all("mark", source)) mark.replaceWith(...mark.childNodes);
    for (const name of ["start", "end", "span"]) delete source.dataset[name];
    tell(source, source.dataset.unmarked);
  }

  // Under the toolbar, where it is seen wherever the document is scrolled to.
  function tell(source, words) {
    find(".aq-told", source)?.remove();
    const note = document.createElement("p");
    note.className = "aq-note aq-told";
    note.setAttribute("role", "note");
    note.textContent = words;
    find(".aq-toolbar", source).after(note);
    window.aseqa.announce(words);
  }

  const target = (source) => find(source.classList.contains("aq-paged") ? ".aq-box" : ".aq-hit", source);

  function scroll(source) {
    const scroller = find(".aq-scroll", source);
    const hit = target(source);
    if (!scroller) return;
    scroller.scrollTop = hit ? topIn(scroller, hit) - scroller.clientHeight / 4 : 0;
    const room = hit?.closest(".aq-view-pages");
    if (room) room.scrollLeft = hit.offsetLeft - room.clientWidth / 8;
  }

  function topIn(scroller, part) {
    const gap = part.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    return scroller.scrollTop + gap;
  }

  function focus(source) {
    if (!byHand) return;
    const buttons = all(".aq-step", source).filter((button) => !button.disabled);
    const same = buttons.find((button) => button.dataset.step === stepped) ?? buttons[0];
    const part = stepped ? same : target(source) ?? find("h2", source);
    part?.focus({ preventScroll: true });
  }

  // ---- from quote to quote ----

  function quotes() {
    const answers = all("#aq-log .aq-answer:not(.aq-wait)");
    return answers.length ? all(".aq-card:not(.aq-reading)", answers[answers.length - 1]) : [];
  }

  function count(source, card) {
    const steps = find(".aq-steps", source);
    if (!steps) return;
    const cards = quotes();
    const values = { number: cards.indexOf(card) + 1 || "–", count: cards.length };
    steps.hidden = !cards.length;
    find(".aq-step-count", steps).textContent = filled(steps.dataset.count, values);
    for (const button of all(".aq-step", steps)) button.disabled = !next(button.dataset.step);
    if (byHand && card && cards.length > 1) window.aseqa.announce(filled(steps.dataset.told, values));
  }

  function next(step) {
    const cards = quotes();
    const at = cards.findIndex((card) => card.classList.contains("aq-current"));
    return cards[step === "on" ? at + 1 : at < 0 ? cards.length : at - 1];
  }

  // By a button, which keeps the focus; by keys the focus goes to the quote.
  function step(name, button) {
    const card = next(name);
    if (!card) return;
    card.scrollIntoView({ block: "nearest" });
    open(placeOf(card), find(".aq-open", card));
    if (button) stepped = name;
  }

  // In a box that holds words, these keys move within them.
  const isWriting = (part) => part.matches?.("input, select") || (part.matches?.("textarea") && part.value);

  document.addEventListener("keydown", (event) => {
    const name = { ArrowUp: "back", ArrowDown: "on" }[event.key];
    if (!name || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (find("dialog[open]") || isWriting(event.target)) return;
    event.preventDefault();
    step(name, null);
  });

  const clicks = [[".aq-step", (button) => step(button.dataset.step, button)]];
  const place = () => wanted;
  return { clicks, close, focus, forget, isOpen, isSeen, open, place, placeOf, reset, scroll, show, tell, topIn };
})();

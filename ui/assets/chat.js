// The page's own part of the chat: the conversation is kept here and nowhere else.
// Gradio calls what this returns (see app.py); all other clicks are caught on the
// document, so that cards may come and go.
window.aseqa = (() => {
  "use strict";
  const words = window.aseqaWords;
  const source = window.aseqaSource;
  const { open, placeOf, topIn } = source;
  const { escaped, announce } = window.aseqaCopying;
  let asked = 0; // questions sent since the page was opened
  let waiting = 0; // the number of the question being answered, 0 for none
  let last = null; // the exchange that the next question goes on from, as the server gave it
  let before = null; // the exchange that the last question went on from
  let awaited = null; // the question being answered, with its filters
  let kept = []; // exchanges of a conversation to show again
  let ready = null; // the question box, once it is there

  const AS_IT_IS = { __type__: "update" }; // what Gradio leaves alone
  const find = (selector, root = document) => root.querySelector(selector);

  const says = (role, html) => ({ role, content: [{ type: "text", text: html }] });
  const questionHtml = (text) => `<div class="aq-asked">${escaped(text)}</div>`;
  const plainHtml = (name, text) => `<div class="aq-answer ${name}"><p>${escaped(text)}</p></div>`;

  // ---- what Gradio calls ----

  function sendable(text) {
    return { __type__: "update", interactive: Boolean(text && text.trim()) };
  }

  function begin(text, pending, log) {
    const question = (text || "").trim();
    if (!question || waiting) return [text, pending, log];
    asked += 1;
    awaitAnswer(asked);
    before = last;
    awaited = { question, filters: aseqaFilters.chosen() };
    afterPaint(scrollToQuestion);
    const wait = plainHtml("aq-wait", words.searching);
    const talk = [...(log || []), says("user", questionHtml(question)), says("assistant", wait)];
    return ["", { number: waiting, ...awaited, previous: last }, talk];
  }

  // The button that stops takes the place, and the focus, of the one that sends.
  function awaitAnswer(number) {
    waiting = number;
    const [send, stop] = ["#aq-send", "#aq-stop"].map((name) => find(name));
    const leaving = document.activeElement;
    find("#aq-panes").classList.toggle("aq-waiting", Boolean(number));
    if (number && leaving === send) stop.focus();
    if (!number && leaving === stop) focusBox();
  }

  function finish(exchange, log) {
    // Another exchange: a new conversation was begun meanwhile, or the page was just opened.
    if (!waiting || !exchange || exchange.number !== waiting) return [log, AS_IT_IS];
    last = exchange.turn;
    aseqaHistory.keep({ ...awaited, html: exchange.html, turn: exchange.turn });
    const isTrouble = exchange.html.startsWith('<div class="aq-answer aq-error"');
    return [(isTrouble ? giveBack : conclude)(exchange.html, log), exchange.source ?? AS_IT_IS];
  }

  function fail(exchange, log) {
    return [waiting ? giveBack(plainHtml("aq-error", words.lost), log) : log, AS_IT_IS];
  }

  function stop(log) {
    return [waiting ? giveBack(plainHtml("aq-stopped", words.filters.stopped), log) : log];
  }

  // A question that got no answer is in its box again, to be mended, unless another was begun.
  function giveBack(html, log) {
    if (!ready.value) write(awaited.question);
    const talk = conclude(html, log);
    afterPaint(() => [...document.querySelectorAll("#aq-log .aq-answer")].at(-1)?.scrollIntoView({ block: "nearest" }));
    return talk;
  }

  function write(text) {
    ready.value = text;
    ready.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function conclude(html, log) {
    awaitAnswer(0);
    source.reset();
    afterPaint(scrollToQuestion);
    reveal();
    return [...log.slice(0, -1), says("assistant", html)];
  }

  function renew() {
    awaitAnswer(0);
    last = null;
    source.forget();
    aseqaHistory.begin();
    afterPaint(focusBox);
    return [[], ""];
  }

  // A conversation kept by the browser, shown again (see history.js).
  function restore(exchanges) {
    if (waiting) return;
    kept = exchanges;
    find("#aq-restorer").click();
  }

  function restored() {
    last = kept.length ? kept[kept.length - 1].turn : null;
    before = null;
    afterPaint(scrollToQuestion);
    return [
      kept.flatMap(({ question, html }) => [says("user", questionHtml(question)), says("assistant", html)]),
    ];
  }

  const reveal = () => afterPaint(source.show);

  // ---- the conversation ----

  function ask(question) {
    write(question);
    const send = find("#aq-send");
    const press = () => (send.disabled ? requestAnimationFrame(press) : send.click());
    requestAnimationFrame(press);
  }

  // Asked as the first question of a conversation, it is left as it is.
  function askAsTyped(button) {
    if (waiting) return;
    last = null;
    ask(button.dataset.question);
  }

  // The last question is asked again as it was, an older one as it would be now.
  function askWider(button) {
    if (waiting) return;
    const answers = document.querySelectorAll("#aq-log .aq-answer");
    if (answers[answers.length - 1].contains(button)) last = before;
    aseqaFilters.clear();
    ask(button.dataset.question);
  }

  function scrollToQuestion() {
    const questions = document.querySelectorAll("#aq-log .aq-asked");
    const last = questions[questions.length - 1];
    const scroller = last && last.closest(".bubble-wrap");
    if (!scroller) return;
    scroller.scrollTop = topIn(scroller, last) - 16;
  }

  // On a phone the focus would bring up the keyboard over the page.
  function focusBox() {
    if (matchMedia("(min-width: 861px)").matches) ready.focus();
  }

  // The list of documents that Gradio loads first must not come after what is asked for here.
  function afterLoad(act) {
    const loaded = find("#aq-source .aq-source");
    if (loaded) act();
    else setTimeout(() => afterLoad(act), 100);
  }

  const afterPaint = (act) => setTimeout(() => requestAnimationFrame(act), 60);

  // An address that names a quote opens its source there, once.
  function openAddress() {
    const asked = new URLSearchParams(location.search);
    if (!asked.has("document")) return;
    const [name, sha256] = ["document", "sha256"].map((key) => asked.get(key));
    const [start, end] = ["start", "end"].map((key) => Number(asked.get(key)));
    for (const key of ["document", "start", "end", "sha256"]) asked.delete(key);
    const rest = asked.toString();
    history.replaceState(null, "", location.pathname + (rest ? `?${rest}` : ""));
    open({ document: name, start, end, spanStart: 0, spanEnd: 0, ...(sha256 && { sha256 }) }, ready);
  }

  // ---- events ----

  const clicks = [
    [".aq-example", (button) => ask(button.textContent)],
    [".aq-as-typed", askAsTyped],
    [".aq-widen", askWider],
    [".aq-open", (button) => open(placeOf(button.closest(".aq-card")), button)],
    [".aq-figure-open", (button) => open(placeOf(button.closest(".aq-figure")), button)],
    [".aq-place", (button) => open(placeOf(button), button)],
    [".aq-thread", (button) => open({ document: button.dataset.document, thread: true }, button)],
    [".aq-listed", (button) => open({ document: button.dataset.document }, button)],
    [".aq-back", (button) => open({}, button)],
    [".aq-close", source.close],
    [".aq-words", openByWords],
    ...window.aseqaCopying.clicks,
    ...source.clicks,
    ...window.aseqaPages.clicks,
  ];

  // Selecting words to copy them is no click.
  function openByWords(text) {
    if (String(getSelection())) return;
    const card = text.closest(".aq-card");
    open(placeOf(card), find(".aq-open", card));
  }

  document.addEventListener("click", (event) => {
    for (const [selector, act] of clicks) {
      const target = event.target.closest?.(selector);
      if (target) return act(target);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (find("dialog[open]")) return;
    if (event.key === "Escape" && source.isOpen()) source.close();
  });

  // Gradio names its parts in English for screen readers, again at each change.
  function tidy() {
    const log = find("#aq-log [role=log]");
    if (log && log.ariaLabel !== words.log) log.ariaLabel = words.log;
    for (const part of document.querySelectorAll("#aq-log [data-testid][aria-label]")) {
      part.removeAttribute("aria-label");
    }
    for (const text of document.querySelectorAll(".toast-body *:not(:has(*))")) {
      const said = text.textContent.trim();
      if (said === "Error") text.textContent = words.trouble;
      if (!said.startsWith("Connection to the server was lost")) continue;
      text.textContent = words.reconnecting;
      sayLost();
    }
    const box = find("#aq-question textarea");
    if (box && box !== ready) {
      ready = box;
      focusBox();
      afterLoad(openAddress);
      afterLoad(() => aseqaHistory.resume());
    }
    aseqaFilters.attach();
    aseqaHistory.attach();
    const pane = find("#aq-source");
    if (pane && pane.ariaLabel !== words.source) {
      pane.setAttribute("role", "region");
      pane.ariaLabel = words.source;
    }
  }

  // Gradio calls nothing while it has no server: say it in the conversation ourselves.
  function sayLost() {
    const wait = find("#aq-log .aq-wait p");
    if (wait) wait.textContent = words.lost;
  }

  new MutationObserver(tidy).observe(document.documentElement, { childList: true, subtree: true });
  return { begin, finish, fail, stop, renew, restore, restored, sendable, place: source.place, reveal, announce };
})();

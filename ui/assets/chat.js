// The page's own part of the chat: the conversation is kept here and nowhere else.
// Gradio calls what this returns (see app.py); all other clicks are caught on the
// document, so that cards may come and go.
window.aseqa = (() => {
  "use strict";
  const words = window.aseqaWords;
  let asked = 0; // questions sent since the page was opened
  let waiting = 0; // the number of the question being answered, 0 for none
  let wanted = {}; // the place in a source that was last asked for
  let opener = null; // what to give the focus back to
  let byHand = false; // whether the reader asked for that source
  let last = null; // the exchange that the next question goes on from, as the server gave it
  let ready = null; // the question box, once it is there

  const find = (selector, root = document) => root.querySelector(selector);

  function escaped(text) {
    const box = document.createElement("p");
    box.textContent = text;
    return box.innerHTML;
  }

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
    waiting = asked += 1;
    afterPaint(scrollToQuestion);
    const wait = plainHtml("aq-wait", words.searching);
    const talk = [...(log || []), says("user", questionHtml(question)), says("assistant", wait)];
    return ["", { number: waiting, question, previous: last }, talk];
  }

  function finish(exchange, log) {
    // Another exchange: a new conversation was begun meanwhile, or the page was just opened.
    if (!waiting || !exchange || exchange.number !== waiting) return [log];
    last = exchange.turn;
    return conclude(exchange.html, log);
  }

  function fail(exchange, log) {
    return waiting ? conclude(plainHtml("aq-error", words.lost), log) : [log];
  }

  function conclude(html, log) {
    waiting = 0;
    byHand = false;
    afterPaint(scrollToQuestion);
    reveal();
    return [[...log.slice(0, -1), says("assistant", html)]];
  }

  function renew() {
    waiting = 0;
    last = null;
    wanted = {};
    afterPaint(focusBox);
    return [[], ""];
  }

  const place = () => wanted;

  // ---- the source pane ----

  function open(target, from) {
    wanted = target;
    opener = from;
    byHand = true;
    find("#aq-panes").classList.add("aq-source-open");
    find("#aq-opener").click();
  }

  function close() {
    find("#aq-panes").classList.remove("aq-source-open");
    if (opener && opener.isConnected) opener.focus();
  }

  function placeOf(card) {
    const { document: name, start, end, span } = card.dataset;
    const [spanStart, spanEnd] = (span || "0,0").split(",").map(Number);
    return { document: name, start: Number(start), end: Number(end), spanStart, spanEnd };
  }

  const reveal = () => afterPaint(showPlace);

  function showPlace() {
    const pane = find("#aq-source");
    const hit = find(".aq-hit", pane);
    const scroller = find(".aq-scroll", pane);
    if (scroller) scroller.scrollTop = hit ? topIn(scroller, hit) - scroller.clientHeight / 4 : 0;
    if (byHand) (hit || find("h2", pane))?.focus({ preventScroll: true });
    showCurrentCard(hit);
  }

  function topIn(scroller, part) {
    const gap = part.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    return scroller.scrollTop + gap;
  }

  // The card whose quote is open on the other side.
  function showCurrentCard(hit) {
    const name = hit && hit.closest(".aq-source").dataset.document;
    for (const card of document.querySelectorAll(".aq-card")) {
      const { document: of, start } = card.dataset;
      card.classList.toggle("aq-current", Boolean(hit) && of === name && start === hit.dataset.start);
    }
  }

  // ---- the conversation ----

  function ask(question) {
    const box = ready;
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
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

  const afterPaint = (act) => setTimeout(() => requestAnimationFrame(act), 60);

  async function copy(button) {
    const done = await copied(button.dataset.copy);
    button.textContent = done ? words.copied : words.copy_failed;
    announce(button.textContent);
    setTimeout(() => (button.textContent = words.copy), 2000);
  }

  // The clipboard's own interface exists on 127.0.0.1 and over https only.
  async function copied(text) {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // refused by the browser: try the old way
      }
    }
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "aq-offscreen";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }

  function announce(text) {
    let region = find("#aq-status");
    if (!region) {
      region = document.createElement("p");
      region.id = "aq-status";
      region.className = "aq-offscreen";
      region.setAttribute("role", "status");
      document.body.append(region);
    }
    region.textContent = text;
  }

  // ---- events ----

  const clicks = [
    [".aq-example", (button) => ask(button.textContent)],
    [".aq-as-typed", askAsTyped],
    [".aq-copy", copy],
    [".aq-open", (button) => open(placeOf(button.closest(".aq-card")), button)],
    [".aq-listed", (button) => open({ document: button.dataset.document }, button)],
    [".aq-back", (button) => open({}, button)],
    [".aq-close", close],
    [".aq-words", openByWords],
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
    if (event.key === "Escape" && find("#aq-panes").classList.contains("aq-source-open")) close();
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
    }
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
  return { begin, finish, fail, renew, sendable, place, reveal };
})();

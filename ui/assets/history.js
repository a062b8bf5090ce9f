// The conversations that this browser keeps, if the reader lets it: nothing of them is sent.
// Answers are kept as the server wrote them. Whatever else may write here (another program
// once served at the same address) must not put words or scripts on the page: what is read
// back is rebuilt from known elements and attributes alone.
window.aseqaHistory = (() => {
  "use strict";
  const TALKS = "aseqa.history";
  const OFF = "aseqa.history.off";
  const CURRENT = "aseqa.history.current"; // of this tab
  const MAX_TALKS = 20;
  const MAX_EXCHANGES = 50;
  const MAX_CHARS = 2_000_000; // of all of them; browsers hold about five million
  const MAX_ANSWER_CHARS = 200_000;
  const LAST_MS = 8.64e15; // the last moment of a JavaScript date
  const TAGS = new Set(
    ("A ARTICLE BLOCKQUOTE BR BUTTON CAPTION DD DETAILS DIV DL DT EM FIGCAPTION FIGURE FOOTER H2 H3 H4 " +
      "HEADER LI MARK OL P SECTION SMALL SPAN STRONG SUMMARY SUP TABLE TBODY TD TH THEAD TIME TR UL").split(" "),
  );
  const ATTRIBUTES = new Set(["class", "lang", "role", "scope", "tabindex", "type", "datetime", "title", "rel", "target"]);
  let current = null; // the conversation on the page

  const find = (selector, root = document) => root.querySelector(selector);
  const panel = () => find("#aq-history-dialog");
  const said = (key, values = {}) =>
    window.aseqaWords.filters[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // ---- the store; a browser may refuse it, and hold anything ----

  function stored(store, act) {
    try {
      return act(window[store]);
    } catch {
      return null;
    }
  }

  const isOn = () => stored("localStorage", (store) => store.getItem(OFF)) !== "1";

  function read() {
    const found = stored("localStorage", (store) => JSON.parse(store.getItem(TALKS)));
    return Array.isArray(found) ? found.filter(isTalk) : [];
  }

  const isText = (value, limit) => typeof value === "string" && value.length <= limit;

  function isTalk(talk) {
    return (
      Boolean(talk) && isText(talk.id, 40) && Math.abs(talk.at) <= LAST_MS && Array.isArray(talk.exchanges) &&
      talk.exchanges.length > 0 && talk.exchanges.every(isExchange)
    );
  }

  function isExchange(exchange) {
    return Boolean(exchange) && isText(exchange.question, 2000) && isText(exchange.html, MAX_ANSWER_CHARS);
  }

  // The newest first, as many as there is room for.
  function write(talks) {
    const kept = [...talks].sort((one, other) => other.at - one.at).slice(0, MAX_TALKS);
    while (kept.length) {
      const text = JSON.stringify(kept);
      if (text.length <= MAX_CHARS && stored("localStorage", (store) => (store.setItem(TALKS, text), true))) return;
      kept.pop();
    }
    stored("localStorage", (store) => store.removeItem(TALKS));
  }

  const setCurrent = (id) =>
    stored("sessionStorage", (store) => (id ? store.setItem(CURRENT, id) : store.removeItem(CURRENT)));

  // ---- what the conversation tells ----

  function keep({ question, filters, html, turn }) {
    if (!isOn() || !isExchange({ question, html })) return;
    const talks = read();
    let talk = talks.find((one) => one.id === current);
    if (!talk) {
      current = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`.slice(0, 40);
      talk = { id: current, exchanges: [] };
      talks.push(talk);
      setCurrent(current);
    }
    talk.at = Date.now();
    talk.exchanges = [...talk.exchanges, { question, filters, html, turn }].slice(-MAX_EXCHANGES);
    write(talks);
  }

  function begin() {
    current = null;
    setCurrent(null);
  }

  // A tab that is loaded again goes on with its own conversation; a new one begins afresh.
  function resume() {
    const id = stored("sessionStorage", (store) => store.getItem(CURRENT));
    const talk = id && isOn() && read().find((one) => one.id === id);
    if (talk && !find("#aq-log .aq-asked")) show(talk);
  }

  function show(talk) {
    current = talk.id;
    setCurrent(current);
    window.aseqa.restore(talk.exchanges.map((exchange) => ({ ...exchange, html: cleaned(exchange.html) })));
  }

  // ---- known elements and attributes alone ----

  function cleaned(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const part of [...page.body.querySelectorAll("*")]) {
      if (!TAGS.has(part.tagName)) part.replaceWith(part.textContent);
      else for (const { name, value } of [...part.attributes]) if (!isKnown(name, value)) part.removeAttribute(name);
    }
    return page.body.innerHTML;
  }

  function isKnown(name, value) {
    if (name === "class") return value.split(/\s+/).every((word) => /^(aq-[\w-]+|mk|paragraph|)$/.test(word));
    if (name === "href") return /^https?:\/\//i.test(value);
    return ATTRIBUTES.has(name) || /^(aria|data)-[a-z0-9-]+$/.test(name);
  }

  // ---- the panel ----

  function open() {
    fill();
    panel().showModal();
    find("h2", panel()).focus();
  }

  function fill() {
    const talks = isOn() ? read().sort((one, other) => other.at - one.at) : [];
    find(".aq-history-keep input", panel()).checked = isOn();
    find(".aq-talks", panel()).replaceChildren(...talks.map(talkOf));
    find("[role=status]", panel()).textContent = talks.length ? "" : said(isOn() ? "history_none" : "history_off");
    find(".aq-history-clear", panel()).hidden = !talks.length;
    ask(false);
  }

  function talkOf(talk) {
    const when = new Intl.DateTimeFormat(said("locale"), { dateStyle: "long", timeStyle: "short" })
      .format(talk.at)
      .replace(/^1 /, `${said("first")} `);
    const size = talk.exchanges.length;
    const told = said(size === 1 ? "history_one" : "history_many", { date: when, count: size });
    const button = document.createElement("button");
    button.type = "button";
    button.className = "aq-talk-open";
    const title = document.createElement("strong");
    title.textContent = talk.exchanges[0].question;
    const facts = document.createElement("span");
    facts.textContent = talk.id === current ? `${told}, ${said("history_current")}` : told;
    button.append(title, facts);
    button.addEventListener("click", () => {
      panel().close();
      show(talk);
    });
    const gone = document.createElement("button");
    gone.type = "button";
    gone.className = "aq-talk-delete";
    gone.textContent = said("history_delete");
    const about = document.createElement("span");
    about.className = "aq-offscreen";
    about.textContent = ` “${talk.exchanges[0].question}”`;
    gone.append(about);
    gone.addEventListener("click", () => forget(talk.id));
    const item = document.createElement("li");
    item.append(button, gone);
    return item;
  }

  function forget(id) {
    write(read().filter((one) => one.id !== id));
    if (id === current) begin();
    fill();
    find("h2", panel()).focus();
    window.aseqa.announce(said("history_deleted"));
  }

  function erase() {
    stored("localStorage", (store) => store.removeItem(TALKS));
    begin();
    fill();
    find("h2", panel()).focus();
    window.aseqa.announce(said("history_cleared"));
  }

  function ask(isAsked) {
    find(".aq-sure", panel()).hidden = !isAsked;
    if (isAsked) find(".aq-history-no", panel()).focus();
  }

  function setOn(on) {
    stored("localStorage", (store) => (on ? store.removeItem(OFF) : store.setItem(OFF, "1")));
    if (!on) erase();
    else fill();
    find(".aq-history-keep input", panel()).focus();
  }

  function attach() {
    const bar = find(".aq-bar:not([data-history])");
    if (!bar || !panel()) return;
    bar.dataset.history = "on";
    find(".aq-history-open").addEventListener("click", open);
    find(".aq-history-clear").addEventListener("click", () => ask(true));
    find(".aq-history-no").addEventListener("click", () => {
      ask(false);
      find(".aq-history-clear").focus();
    });
    find(".aq-history-yes").addEventListener("click", erase);
    const box = find(".aq-history-keep input", panel());
    box.addEventListener("change", () => setOn(box.checked));
  }

  return { attach, begin, keep, resume };
})();

// The dossier: kept in this browser alone, looked at before it is believed, and small
// enough to be posted. Whoever shows it is told of every change.
window.aseqaDossier = (() => {
  "use strict";
  const words = window.aseqaDossierWords;
  const { limits } = words;
  const KEY = "aseqa.dossier";
  const removed = new Map(); // what was taken out since the page was opened, notes and all
  const listeners = [];
  let timer = 0;
  let isSaved = true;
  let held = empty();

  function empty() {
    return { format: 1, title: "", items: [], questions: [] };
  }

  const say = (key, facts = {}) =>
    words[key].replace(/\{(\w+)\}/g, (braces, name) => (name in facts ? facts[name] : braces));

  const plain = (question) => question.split(/\s+/).filter(Boolean).join(" ");
  const isText = (value, limit = 200000) => typeof value === "string" && value.length <= limit;
  const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  // ---- what may be believed ----

  function stored() {
    let found = null;
    try {
      found = JSON.parse(localStorage.getItem(KEY));
    } catch {
      // no storage, or no JSON in it
    }
    return sound(found);
  }

  // Gives a copy that has what the page shows, or nothing when a part is wrong.
  function sound(value) {
    if (!isRecord(value) || value.format !== 1 || !isText(value.title, limits.title)) return null;
    const { items, questions } = value;
    if (![items, questions].every((list) => Array.isArray(list) && list.length <= limits.items)) return null;
    if (!items.every(isItem) || !questions.every(isAsked)) return null;
    return { format: 1, title: value.title, items: items.map(item), questions };
  }

  function isItem(value) {
    if (!isRecord(value)) return false;
    if (value.kind === "quote") {
      return isQuote(value.quote) && isText(value.question, limits.question) && isText(value.note, limits.note);
    }
    const limit = value.kind === "heading" ? limits.title : limits.note;
    return ["heading", "note"].includes(value.kind) && isText(value.text, limit);
  }

  function isQuote(value) {
    if (!isRecord(value) || !isRecord(value.voice)) return false;
    const texts = ["text", "document", "source", "sha256", "reference"];
    return texts.every((name) => isText(value[name])) && ["start", "end"].every((name) => Number.isInteger(value[name]));
  }

  function isAsked(value) {
    return (
      isRecord(value) && isText(value.question, limits.question) && Array.isArray(value.seen) &&
      ["answered", "abstained"].includes(value.status)
    );
  }

  function item(value) {
    if (value.kind !== "quote") return { kind: value.kind, text: value.text };
    const { kind, quote, question, note, pinned } = value;
    return { kind, quote, question, note, pinned: pinned ?? null };
  }

  // ---- keeping it ----

  function save() {
    clearTimeout(timer);
    timer = 0;
    try {
      localStorage.setItem(KEY, JSON.stringify(held));
      isSaved = true;
    } catch {
      isSaved = false; // full, or forbidden: it lasts as long as the page
    }
  }

  function saveSoon() {
    clearTimeout(timer);
    timer = setTimeout(() => changed(), 400);
  }

  function changed() {
    save();
    for (const listen of listeners) listen();
  }

  const fits = (dossier) =>
    dossier.items.length <= limits.items && dossier.questions.length <= limits.items &&
    new Blob([JSON.stringify(dossier)]).size <= limits.bytes;

  function put(dossier) {
    held = dossier;
    changed();
  }

  // Takes a dossier that has grown, unless it is too large to be posted.
  function take(dossier) {
    if (!fits(dossier)) return false;
    put(dossier);
    return true;
  }

  // ---- changing it ----

  const placeOf = (quote) => [quote.sha256, quote.document, quote.start, quote.end].join(" ");
  const indexOf = (quote) =>
    held.items.findIndex((one) => one.kind === "quote" && placeOf(one.quote) === placeOf(quote));

  function keep(quote, question, asked) {
    const before = removed.get(placeOf(quote));
    const fresh = { kind: "quote", quote, question, note: "", pinned: new Date().toISOString() };
    const questions = asked ? noted(held.questions, [asked]) : held.questions;
    return take({ ...held, items: [...held.items, before || fresh], questions });
  }

  // The last time that a question was asked is what counts.
  function noted(questions, more) {
    const again = new Set(more.map((one) => plain(one.question)));
    return [...questions.filter((one) => !again.has(plain(one.question))), ...more];
  }

  const add = (kind) => take({ ...held, items: [...held.items, { kind, text: "" }] });

  function remove(index) {
    const [gone] = held.items.slice(index, index + 1);
    const items = held.items.filter((_, place) => place !== index);
    if (gone.kind === "quote") removed.set(placeOf(gone.quote), gone);
    put({ ...held, items, questions: stillAsked(items, gone) });
    return gone;
  }

  // A question whose last quote is gone goes too; one without answer has none to lose.
  function stillAsked(items, gone) {
    const question = plain(gone.question || "");
    if (!question || items.some((one) => plain(one.question || "") === question)) return held.questions;
    return held.questions.filter((one) => plain(one.question) !== question);
  }

  function restore(index, gone, questions) {
    const items = [...held.items.slice(0, index), gone, ...held.items.slice(index)];
    put({ ...held, items, questions });
  }

  function move(index, step) {
    const items = [...held.items];
    [items[index], items[index + step]] = [items[index + step], items[index]];
    put({ ...held, items });
  }

  function write(target, name, text) {
    target[name] = text;
    saveSoon();
  }

  function append(more) {
    const title = held.title || more.title;
    const questions = noted(held.questions, more.questions);
    return take({ format: 1, title, items: [...held.items, ...more.items], questions });
  }

  const note = (asked) => put({ ...held, questions: noted(held.questions, asked) });

  const forget = (question) =>
    put({
      ...held,
      items: held.items.map((one) => (plain(one.question || "") === plain(question) ? { ...one, question: "" } : one)),
      questions: held.questions.filter((one) => plain(one.question) !== plain(question)),
    });

  function clear() {
    removed.clear();
    put(empty());
  }

  // Every question once, as the server counts them.
  function questions() {
    const asked = [...held.items.map((one) => one.question || ""), ...held.questions.map((one) => one.question)];
    return [...new Set(asked.map(plain))].filter(Boolean);
  }

  window.addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    held = stored() || empty(); // another page of ours changed it
    for (const listen of listeners) listen(true);
  });
  window.addEventListener("pagehide", () => timer && save());

  held = stored() || held;
  return {
    say, words, plain, sound, keep, add, remove, restore, move, write, append, forget, clear, take, note, questions, indexOf,
    get held() { return held; },
    get isSaved() { return isSaved; },
    listen: (act) => listeners.push(act),
  };
})();

// What the dossier's panel is made of. What it shows comes from documents and from imported
// files: all of it is set as text, never as HTML.
(() => {
  "use strict";
  const store = window.aseqaDossier;
  const { say, words } = store;

  const find = (selector, root = document) => root.querySelector(selector);

  function make(tag, facts = {}, ...parts) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(facts)) made.setAttribute(name, value);
    made.append(...parts.filter((part) => part !== null));
    return made;
  }

  const button = (name, text, facts = {}) =>
    make("button", { type: "button", class: `aq-dossier-do ${name}`, ...facts }, text);

  // ---- the panel ----

  function build() {
    return make(
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

  // ---- what is kept ----

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
    const named = say("element_source", { place: index + 1 });
    const made = button("aq-place", words.source, { "aria-label": named });
    Object.assign(made.dataset, { document: name, start, end, sha256 });
    if (Number.isInteger(span?.start)) made.dataset.span = `${span.start},${span.end}`;
    return made;
  }

  Object.assign(store, { find, make, button, build, itemPart });
})();

// The figures of an evaluation: a table with the interval of each drawn beside it, what changed
// since the last run, the diagrams of the confidence.
(() => {
  "use strict";
  const { said, make } = window.aseqaPage;
  const page = window.aseqaEvaluation;
  const SVG = "http://www.w3.org/2000/svg";
  const language = document.documentElement.lang;

  const fixed = (digits) => new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const [whole, thousandths] = [fixed(0), fixed(3)];
  const signed = new Intl.NumberFormat(language, { minimumFractionDigits: 3, maximumFractionDigits: 3, signDisplay: "exceptZero" });
  const signedWhole = new Intl.NumberFormat(language, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const when = (date) => (Number.isNaN(date.getTime()) ? "–" : moment.format(date));

  function figure(value, { is_share: isShare }) {
    if (value === null || value === undefined) return "–";
    return isShare ? thousandths.format(value) : said("ms", { value: whole.format(value) });
  }

  function bounds({ low, high, ...measure }) {
    if (low === null) return "–";
    return said("bounds", { low: figure(low, measure), high: figure(high, measure) });
  }

  function shape(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // From 0 to 1: the interval as a line, the value as a dot, the value before as a ring.
  function scale({ value, low, high, is_share: isShare }, before) {
    if (!isShare || value === null) return "";
    const at = (share) => 6 + 188 * Math.min(1, Math.max(0, share));
    const drawn = shape("svg", { viewBox: "0 0 200 20", class: "aq-scale", "aria-hidden": "true", focusable: "false" });
    drawn.append(shape("path", { d: "M6 10H194 M6 5V15 M100 7V13 M194 5V15", class: "aq-axis" }));
    if (low !== null) drawn.append(shape("line", { x1: at(low), x2: at(high), y1: 10, y2: 10, class: "aq-range" }));
    drawn.append(shape("circle", { cx: at(value), cy: 10, r: 4.5, class: "aq-point" }));
    if (typeof before === "number" && before !== value) drawn.append(shape("circle", { cx: at(before), cy: 10, r: 6, class: "aq-former" }));
    return drawn;
  }

  function difference(measure, change) {
    if (!change || change.value === null) return make("td", {}, "–");
    const told = measure.is_share ? signed.format(change.value) : said("ms", { value: signedWhole.format(change.value) });
    if (change.low === null) return make("td", {}, told);
    const sure = change.low > 0 ? 1 : change.high < 0 ? -1 : 0;
    const kind = sure * measure.better;
    const name = kind > 0 ? "aq-gain" : kind < 0 ? "aq-loss" : "";
    return make("td", { class: name }, `${told} [${signed.format(change.low)} ; ${signed.format(change.high)}]`);
  }

  function row(measure, comparison) {
    const change = comparison?.measures[measure.name];
    const name = make("th", { scope: "row" }, measure.label, " ", make("code", {}, measure.name));
    if (measure.better < 0) name.append(" ", make("span", { class: "aq-quiet" }, `(${said("less")})`));
    const cells = [
      make("td", { class: "aq-number", "data-label": said("value") }, figure(measure.value, measure)),
      make("td", { "data-label": said("interval") }, bounds(measure)),
      make("td", { class: "aq-drawn" }, scale(measure, change?.before)),
    ];
    if (comparison) {
      cells.push(make("td", { class: "aq-number", "data-label": said("before") }, figure(change?.before, measure)));
      const gap = difference(measure, change);
      gap.dataset.label = said("difference");
      cells.push(gap);
    }
    return make("tr", { "data-measure": measure.name }, name, ...cells);
  }

  function table(found, comparison) {
    const titles = ["measure", "value", "interval", comparison ? "scale_before" : "scale", ...(comparison ? ["before", "difference"] : [])];
    const head = make("tr", {}, ...titles.map((name) => make("th", { scope: "col" }, said(name))));
    const rows = found.measures.map((measure) => row(measure, comparison));
    return make(
      "table",
      { class: "aq-figures" },
      make("caption", {}, said("figures")),
      make("thead", {}, head),
      make("tbody", {}, ...rows),
    );
  }

  function types(found) {
    const titles = ["type", "count"].map(said).concat(
      ["answered_rate", "quote_hit@1"].map((name) => found.measures.find((one) => one.name === name).label),
    );
    const rows = Object.entries(found.summary.by_type).map(([name, group]) =>
      make(
        "tr",
        {},
        make("th", { scope: "row" }, name || said("type_none")),
        make("td", { class: "aq-number" }, whole.format(group.questions)),
        ...["answered_rate", "quote_hit@1"].map((key) => make("td", { class: "aq-number" }, figure(group[key], { is_share: true }))),
      ),
    );
    const head = make("tr", {}, ...titles.map((title) => make("th", { scope: "col" }, title)));
    const body = make("table", {}, make("caption", { class: "aq-offscreen" }, said("types")), make("thead", {}, head), make("tbody", {}, ...rows));
    return make("details", { class: "aq-types" }, make("summary", {}, said("types")), make("div", { class: "aq-wide" }, body));
  }

  // The server's own drawing, shown as a picture: nothing in it runs.
  function diagrams(found) {
    const pictures = found.diagrams.map(({ title, alt, svg }) => {
      const source = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
      return make("figure", {}, make("img", { src: source, alt: `${title}. ${alt}` }), make("figcaption", {}, title));
    });
    return make("section", { "aria-labelledby": "aq-diagrams" }, make("h2", { id: "aq-diagrams" }, said("diagrams")), make("div", { class: "aq-pictures" }, ...pictures));
  }

  function heading(found) {
    const { gold, questions, answerable, unanswerable, index } = found.summary;
    const told = { gold, questions, answerable, unanswerable, index, when: when(new Date()) };
    const notes = found.notes.map((note) => make("p", { class: "aq-note" }, note));
    return [make("p", { class: "aq-quiet" }, said("asked", told)), ...notes];
  }

  function changes(name, questions) {
    if (!questions.length) return "";
    const items = questions.map(({ id, q }) => make("li", {}, make("code", {}, id), " ", q));
    return make("details", {}, make("summary", {}, `${said(name)} (${questions.length})`), make("ul", {}, ...items));
  }

  // What to say of the last run, and the button that forgets what is kept now.
  function against(comparison, isKept, forget) {
    const box = make("div", { class: "aq-against" });
    if (comparison) {
      const { won, lost, index } = comparison;
      const told = { when: when(new Date(comparison.when)), index, won: won.length, lost: lost.length };
      box.append(make("p", {}, said(won.length + lost.length ? "compared" : "same", told)));
      box.append(changes("won", won), changes("lost_questions", lost));
    } else {
      box.append(make("p", {}, said(isKept ? "first" : "unkept")));
    }
    if (isKept) box.append(make("button", { type: "button", class: "aq-forget" }, said("forget")));
    box.querySelector(".aq-forget")?.addEventListener("click", ({ target }) => forget(target));
    return box;
  }

  Object.assign(page, { table, types, diagrams, heading, against, thousandths });
})();

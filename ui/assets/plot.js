// Draws the plot of an answer's figures from what the server wrote of them (see figure_plot.py),
// checked by plot_data.js; it gets to the page as text and numbers alone.
(() => {
  "use strict";
  const LIBRARY = "/plot/observable-plot-0.6.17.js";
  const SVG = "http://www.w3.org/2000/svg";
  const HEIGHT = 250;
  const TOUCH = 14; // half of what a finger needs
  const SIZE = 110; // the area of a mark
  const DAY = 86_400_000;
  const NEXT = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  const { SHAPES, round, read } = window.aqPlotData;

  // ---- the axes ----

  const MONTHS = [[1, "month"], [2, "2 months"], [3, "3 months"], [6, "6 months"]];
  const YEARS = [[12, "year"], [24, "2 years"], [60, "5 years"], [120, "10 years"], [600, "50 years"]];
  const DAYS = [[1, "day"], [2, "2 days"], [7, "week"], [14, "2 weeks"]];

  // As many dates as fit, each told apart from the next.
  function dates([first, last], width, locale) {
    const count = Math.max(2, Math.floor(width / 105));
    const days = (last - first) / DAY;
    const pick = (steps, span) => steps.find(([step]) => span / step <= count);
    const format = (options) => (day) => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(day);
    const short = days <= 75 && pick(DAYS, days);
    if (short) return { ticks: short[1], tickFormat: format({ day: "numeric", month: "short" }) };
    const step = pick([...MONTHS, ...YEARS], days / 30.4) ?? YEARS.at(-1);
    const options = step[0] < 12 ? { month: "short", year: "numeric" } : { year: "numeric" };
    return { ticks: step[1], tickFormat: format(options) };
  }

  function span(marks) {
    const times = marks.flatMap(({ day, first, last, lasting }) => (lasting ? [first, last] : [day])).map(Number);
    const [first, last] = [Math.min(...times), Math.max(...times)];
    const margin = (last - first || DAY) * 0.06;
    return [new Date(first - margin), new Date(last + margin)];
  }

  const numbers = (locale, highest) => {
    const style = highest >= 1e6 ? { notation: "compact", maximumFractionDigits: 1 } : { maximumFractionDigits: 2 };
    return (value) => new Intl.NumberFormat(locale, style).format(value);
  };

  // ---- the chart ----

  function chart(library, plot, width) {
    const highest = Math.max(...plot.marks.map(({ value, high }) => Math.max(value, high ?? value)), 0);
    const lowest = Math.min(...plot.marks.map(({ value, low }) => Math.min(value, low ?? value)), 0);
    const told = numbers(plot.locale, highest);
    const marginLeft = 14 + 7.5 * told(highest * 1.2).length;
    const domain = span(plot.marks);
    const hidden = { ariaHidden: "true" };
    const ranged = { stroke: "currentColor", strokeWidth: 1.5, strokeOpacity: 0.65, ...hidden };
    const { plot: draw, axisX, axisY, gridY, ruleX, ruleY, dot } = library;
    return draw({
      width,
      height: HEIGHT,
      marginLeft,
      marginRight: 24,
      marginTop: 34,
      marginBottom: 44,
      className: "aq-plot-chart",
      x: { type: "utc", domain },
      // From zero, so that a difference looks as large as it is.
      y: { domain: [lowest, highest * 1.08 || 1], nice: true },
      marks: [
        gridY({ ticks: 5, strokeOpacity: 0.15, ...hidden }),
        ruleY([0], { strokeOpacity: 0.5, ...hidden }),
        axisX({ label: plot.x, labelArrow: "none", ...dates(domain, width - marginLeft, plot.locale), ...hidden }),
        axisY({ label: plot.y, labelArrow: "none", ticks: 5, tickFormat: told, tickSize: 0, ...hidden }),
        ruleX(plot.marks.filter(({ within }) => within), { x: "day", y1: "low", y2: "high", marker: "tick", ...ranged }),
        ruleY(plot.marks.filter(({ lasting }) => lasting), { y: "value", x1: "first", x2: "last", ...ranged }),
        dot(plot.marks, { x: "day", y: "value", symbol: ({ voice }) => SHAPES.get(voice), r: Math.sqrt(SIZE / Math.PI) }),
      ],
    });
  }

  const element = (name, attributes = {}) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  // What a mark is for whoever points at it, hears it or walks to it: a way into its source.
  function buttons(svg, plot, say) {
    const group = svg.querySelector("g[aria-label='dot']");
    group.removeAttribute("aria-label");
    // The library names the axes in English; each mark says its value and its date.
    for (const axis of svg.querySelectorAll("g[aria-label]")) {
      axis.dataset.part = axis.getAttribute("aria-label");
      axis.removeAttribute("aria-label");
      axis.setAttribute("aria-hidden", "true");
    }
    const places = new Map();
    const made = [...group.querySelectorAll("path")].map((path, i) => {
      const mark = plot.marks[path.__data__];
      const [x, y] = path.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
      const same = places.get(`${x},${y}`) ?? 0; // two figures at one place stand side by side
      places.set(`${x},${y}`, same + 1);
      const button = element("g", {
        class: `aq-figure aq-figure-open aq-plot-mark aq-voice-${mark.voice}${mark.open ? " aq-plot-hollow" : ""}`,
        transform: `translate(${x + 13 * same},${y})`,
        role: "button",
        tabindex: i ? -1 : 0,
        "aria-label": mark.told,
      });
      Object.assign(button.dataset, { document: mark.document, start: mark.start, end: mark.end, span: mark.span });
      path.removeAttribute("transform");
      path.replaceWith(button);
      button.append(element("circle", { class: "aq-plot-touch", r: TOUCH }), ...beyond(mark), path);
      for (const event of ["pointerenter", "focus"]) button.addEventListener(event, () => say(mark.told));
      for (const event of ["pointerleave", "blur"]) button.addEventListener(event, () => say(plot.hint));
      return button;
    });
    svg.addEventListener("keydown", (event) => walk(event, made));
  }

  // An arrow towards the end that is left open: "more than", "less than".
  function beyond({ low, high }) {
    if ((low === null) === (high === null)) return [];
    const way = high === null ? -1 : 1;
    return [element("path", { class: "aq-plot-beyond", d: `M0,${8 * way}V${25 * way}m-4,${-5 * way}l4,${5 * way}l4,${-5 * way}` })];
  }

  // One stop of the tabulator for all the marks; the arrows go from one to the next.
  function walk(event, made) {
    const at = made.indexOf(document.activeElement);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") made[at].dispatchEvent(new MouseEvent("click", { bubbles: true }));
    else if (event.key === "Home" || event.key === "End") stand(made, event.key === "Home" ? 0 : made.length - 1);
    else if (NEXT[event.key]) stand(made, (at + NEXT[event.key] + made.length) % made.length);
    else return;
    event.preventDefault();
  }

  function stand(made, at) {
    made.forEach((button, i) => button.setAttribute("tabindex", i === at ? 0 : -1));
    made[at].focus();
  }

  // ---- the figure around it ----

  function paragraph(name, text) {
    const made = document.createElement("p");
    made.className = name;
    made.textContent = text;
    return made;
  }

  function legend(library, plot) {
    const list = document.createElement("ul");
    list.className = "aq-plot-legend";
    const kinds = plot.voices.map(([voice, label]) => [SHAPES.get(voice), label, `aq-voice-${voice}`]);
    if (plot.hollow) kinds.push([round, plot.hollow, "aq-plot-hollow"]);
    for (const [symbol, label, name] of kinds) {
      const sample = element("svg", { class: "aq-plot-sample", viewBox: "-10 -10 20 20", "aria-hidden": "true" });
      sample.append(element("path", { d: library.symbol(symbol, SIZE)() }));
      const item = document.createElement("li");
      item.className = name;
      item.append(sample, label);
      list.append(item);
    }
    return list;
  }

  function draw(library, figure, plot) {
    const title = paragraph("aq-plot-title", plot.title);
    const said = paragraph("aq-plot-told", plot.hint);
    const within = figure.contains(document.activeElement) ? document.activeElement.dataset : null;
    const svg = chart(library, plot, Math.max(240, figure.clientWidth));
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", `${plot.title}. ${plot.hint}`);
    buttons(svg, plot, (text) => (said.textContent = text));
    figure.replaceChildren(title, svg, said, legend(library, plot));
    if (within) [...svg.querySelectorAll(".aq-plot-mark")].find(({ dataset }) => dataset.start === within.start)?.focus();
  }

  let library = null;

  function loaded() {
    library ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = LIBRARY;
      script.onload = () => done(window.aqPlotLibrary);
      script.onerror = failed;
      document.head.append(script);
    });
    return library;
  }

  // Without its library the plot stays away: the table says the same.
  async function begin(figure) {
    figure.dataset.drawn = "";
    const plot = read(figure);
    const found = plot && (await loaded().catch(() => (library = null)));
    if (!found) return;
    figure.dataset.drawn = "on";
    figure.hidden = false;
    let width = 0;
    new ResizeObserver(() => {
      if (figure.clientWidth && figure.clientWidth !== width) draw(found, figure, plot, (width = figure.clientWidth));
    }).observe(figure);
  }

  const look = () => document.querySelectorAll(".aq-plot[data-plot]:not([data-drawn])").forEach(begin);
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
})();

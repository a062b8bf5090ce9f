// Each question of an evaluation: what was expected, what came, and where it stands.
(() => {
  "use strict";
  const { said, make, announce } = window.aseqaPage;
  const page = window.aseqaEvaluation;
  const OUTCOMES = ["right", "wrong", "refused", "abstained", "invented"];
  const BATCH = 40;
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function place({ document: name, start, end }) {
    const address = `/?${new URLSearchParams({ document: name, start, end })}`;
    const hint = make("span", { class: "aq-offscreen" }, ` ${said("new_tab")}`);
    return make("a", { href: address, target: "_blank", rel: "noopener" }, said("open"), hint);
  }

  function quoted(quote) {
    const mark = quote.right ? "✓" : "✗";
    const told = said(quote.right ? "quote_right" : "quote_wrong");
    const sign = make("span", { class: quote.right ? "aq-gain" : "aq-loss", "aria-hidden": "true" }, mark);
    const words = make("q", {}, quote.text);
    return make("li", {}, sign, make("span", { class: "aq-offscreen" }, `${told}, `), " ", words, " ", place(quote));
  }

  function expected(one) {
    if (!one.expected.length) return [make("p", {}, said("nothing"))];
    const items = one.expected.map(({ doc, contains }) => make("li", {}, said("contains", { words: contains, document: doc })));
    return [make("ul", {}, ...items)];
  }

  function got(one) {
    const quotes = one.quotes.length ? one.quotes : one.nearest;
    return quotes.length ? [make("ol", {}, ...quotes.map(quoted))] : [make("p", {}, said("none"))];
  }

  function card(one) {
    const badge = make("span", { class: `aq-badge ${page.isGood(one.outcome) ? "aq-gain" : "aq-loss"}` }, said(one.outcome));
    const confidence = said("confidence", { value: page.thousandths.format(one.confidence) });
    const about = make("p", { class: "aq-about" }, badge, " ", make("code", {}, one.id), ` ${one.type} · ${confidence}`);
    const parts = [make("h3", {}, one.q), about];
    if (one.understood) parts.push(make("p", { class: "aq-quiet" }, said("understood", { question: one.understood })));
    parts.push(
      make("dl", {}, make("dt", {}, said("expected")), make("dd", {}, ...expected(one))),
      make("dl", {}, make("dt", {}, said(one.quotes.length ? "got" : "near")), make("dd", {}, ...got(one))),
    );
    return make("li", { class: "aq-one", "data-outcome": one.outcome, "data-id": one.id }, ...parts);
  }

  function filter(results) {
    const count = (outcome) => results.filter((one) => one.outcome === outcome).length;
    const options = [make("option", { value: "" }, `${said("all")} (${results.length})`)];
    for (const outcome of OUTCOMES) {
      if (count(outcome)) options.push(make("option", { value: outcome }, `${said(outcome)} (${count(outcome)})`));
    }
    return make("select", { id: "aq-outcome" }, ...options);
  }

  function each(found) {
    const choice = filter(found.results);
    const search = make("input", { type: "search", id: "aq-search", autocomplete: "off" });
    const told = make("p", { class: "aq-quiet", id: "aq-shown" });
    const list = make("ol", { class: "aq-each" });
    const more = make("button", { type: "button" }, said("more"));
    let picked = [];

    function show(count) {
      const first = list.children.length;
      list.append(...picked.slice(first, first + count).map(card));
      more.hidden = list.children.length >= picked.length;
      return list.children[first];
    }

    function pick() {
      const wanted = folded(search.value.trim());
      picked = found.results.filter(
        (one) => (!choice.value || one.outcome === choice.value) && folded(`${one.id} ${one.q}`).includes(wanted),
      );
      list.replaceChildren();
      told.textContent = said("shown", { count: picked.length, total: found.results.length });
      show(BATCH);
    }

    function pickTold() {
      pick();
      announce(told.textContent);
    }

    choice.addEventListener("change", pickTold);
    search.addEventListener("input", pickTold);
    more.addEventListener("click", () => {
      const next = show(BATCH).querySelector("h3");
      next.tabIndex = -1;
      next.focus();
    });
    pick();
    const labels = make(
      "div",
      { class: "aq-filter" },
      make("label", {}, said("show"), " ", choice),
      make("label", {}, said("search"), " ", search),
    );
    return make("section", { "aria-labelledby": "aq-each-name" }, make("h2", { id: "aq-each-name" }, said("each")), labels, told, list, more);
  }

  page.each = each;
})();

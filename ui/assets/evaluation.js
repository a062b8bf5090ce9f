// The page of evaluation: the choice of a file, the run with its progress, the files to keep.
// A file is read here; the server gets its text, asks its questions and keeps nothing.
(() => {
  "use strict";
  const { said, make, announce } = window.aseqaPage;
  const page = window.aseqaEvaluation;
  const find = (selector) => document.querySelector(selector);
  const [form, halt, refusal, advance, results] = ["#aq-run", "#aq-halt", "#aq-refusal", "#aq-advance", "#aq-results"].map(find);
  const [bar, far] = [advance.querySelector("progress"), find("#aq-far")];
  const [start, file] = [form.querySelector("[type=submit]"), find("#aq-file")];
  let run = null; // what stops the run that goes on

  // ---- what is asked ----

  const ownFile = () => form.elements.gold.value === "";

  function showFile() {
    for (const part of form.querySelectorAll(".aq-file, #aq-file")) part.hidden = !ownFile();
  }

  async function sent() {
    if (!ownFile()) return { shipped: form.elements.gold.value };
    const [chosen] = file.files;
    if (!chosen) throw new Error(said("no_file"));
    const limit = window.aseqaPageWords.max_chars;
    if (chosen.size > limit) throw new Error(said("large", { limit: Math.floor(limit / 1000) }));
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await chosen.arrayBuffer());
      return { name: chosen.name.slice(-100), text };
    } catch {
      throw new Error(said("not_text"));
    }
  }

  // ---- the run ----

  function refuse(text) {
    refusal.textContent = text;
    refusal.hidden = !text;
  }

  function setRunning(isRunning) {
    start.disabled = isRunning;
    halt.hidden = !isRunning;
    advance.hidden = !isRunning;
    if (isRunning) halt.focus();
    else if (document.activeElement === document.body || document.activeElement === halt) start.focus();
  }

  // A response's lines, each a JSON object.
  async function* lines(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + value).split("\n");
      rest = parts.pop();
      for (const part of parts) yield JSON.parse(part);
    }
  }

  function left(seconds) {
    const told = seconds < 90 ? said("left_s", { count: Math.max(1, Math.round(seconds)) }) : said("left_min", { count: Math.round(seconds / 60) });
    return said("left", { left: told });
  }

  // Told in words at each tenth of the way; the bar moves at each question.
  function progressed(state, done) {
    state.done = done;
    bar.value = done / state.total;
    const seconds = ((Date.now() - state.since) / 1000 / done) * (state.total - done);
    const told = done === state.total ? said("figuring") : `${said("progress", { done, total: state.total })}, ${left(seconds)}`;
    far.textContent = told;
    const tenth = Math.floor((10 * done) / state.total);
    if (tenth > state.tenth) announce(told);
    state.tenth = tenth;
  }

  async function refused(response) {
    const kind = response.headers.get("content-type") || "";
    const problem = kind.includes("json") ? await response.json() : null;
    return new Error(problem?.detail || problem?.title || said("lost"));
  }

  // Gives what came out of it; an error says in the reader's language why nothing did.
  async function evaluated(asked, state, signal) {
    const response = await fetch("/evaluation/run", {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(asked),
      signal,
    });
    if (!response.ok) throw await refused(response);
    for await (const line of lines(response)) {
      if (line.kind === "start") state.total = line.total;
      if (line.kind === "progress") progressed(state, line.done);
      if (line.kind === "error") throw new Error(line.detail);
      if (line.kind === "result") return line;
    }
    throw new Error(said("lost"));
  }

  async function begin() {
    const state = { done: 0, total: 0, tenth: 0, since: Date.now() };
    refuse("");
    let asked;
    try {
      asked = await sent();
    } catch (error) {
      return refuse(error.message);
    }
    run = new AbortController();
    const { signal } = run;
    bar.value = 0;
    far.textContent = "";
    setRunning(true);
    try {
      show(await evaluated(asked, state, signal));
    } catch (error) {
      if (signal.aborted) refuse(said("stopped", { done: state.done, total: state.total }));
      else refuse(error instanceof TypeError || error instanceof SyntaxError ? said("lost") : error.message);
    } finally {
      run = null;
      setRunning(false);
      if (refusal.hidden) find("#aq-results-name").focus();
    }
  }

  // ---- what came out ----

  function download(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const link = make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  function exports(found) {
    const stem = found.summary.gold.replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N}_-]+/gu, "-") || "evaluation";
    const report = () => JSON.stringify({ summary: found.summary, results: found.results }, null, 2);
    const offered = [
      ["export_json", `${stem}.evaluation.json`, "application/json", report],
      ["export_run", `${stem}.run.trec`, "text/plain", () => found.run],
      ["export_qrels", `${stem}.qrels.trec`, "text/plain", () => found.qrels],
    ];
    const buttons = offered.map(([key, name, type, text]) => {
      const button = make("button", { type: "button", "data-export": key }, said(key));
      button.addEventListener("click", () => download(name, type, text()));
      return button;
    });
    return make(
      "section",
      { "aria-labelledby": "aq-keep-name" },
      make("h2", { id: "aq-keep-name" }, said("keep")),
      make("p", { class: "aq-act" }, ...buttons),
      make("p", { class: "aq-quiet" }, said("export_about")),
    );
  }

  function show(found) {
    const comparison = page.compared(page.stored(found.sha256), found);
    const isKept = page.store(found.sha256, found);
    const forget = (button) => {
      page.forget(found.sha256);
      announce(said("forgotten"));
      const told = make("span", { tabindex: "-1" }, said("forgotten"));
      button.replaceWith(told);
      told.focus();
    };
    find("#aq-found").replaceChildren(
      ...page.heading(found),
      page.against(comparison, isKept, forget),
      make("div", { class: "aq-wide" }, page.table(found, comparison)),
      page.types(found),
      page.diagrams(found),
      page.each(found),
      exports(found),
    );
    results.hidden = false;
    announce(said("done"));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!run) begin();
  });
  form.addEventListener("change", showFile);
  halt.addEventListener("click", () => run?.abort());
  showFile();
})();

// What is being done to the corpus: asked of the server until it is done, told file by file.
window.aseqaJobs = (() => {
  "use strict";
  const { said, make, request, post, announce } = window.aseqaPage;
  const { find, refresh, number } = window.aseqaDocuments;
  const QUICK_MS = 500;
  const SLOW_MS = 3000;
  const LOST_MS = [1000, 2000, 5000, 10000];
  const SHOWN = 5; // jobs that are over and still told
  const OVER = ["done", "failed", "stopped"];
  const shown = new Map(); // by the name of a job: its box, and what was last told of it
  const panel = find("#aq-jobs");
  const list = find("#aq-jobs-list");
  const lost = find("#aq-jobs-lost");
  let timer;
  let failures = 0;
  let idle = 0;
  let turns = 0;
  let known = null; // the states when last asked; none before the first time

  function wake() {
    idle = 0;
    turns = 0;
    clearTimeout(timer);
    timer = setTimeout(ask, 0);
  }

  async function ask() {
    let jobs;
    try {
      ({ jobs } = await request("/documents/jobs"));
    } catch {
      return retry();
    }
    if (failures) {
      failures = 0;
      lost.hidden = true;
      announce(said("back"));
      refresh();
    }
    update(jobs);
    const busy = jobs.some((job) => !OVER.includes(job.state));
    idle = busy ? 0 : idle + 1;
    // Nothing under way: another reader may still start something, now and then.
    // The longer it takes, the less often it is asked about.
    turns = busy ? turns + 1 : 0;
    const wait = busy ? Math.min(QUICK_MS * 1.02 ** turns, SLOW_MS) : SLOW_MS;
    if (busy || idle < 4) timer = setTimeout(ask, wait);
  }

  function retry() {
    const wait = LOST_MS[Math.min(failures, LOST_MS.length - 1)];
    failures += 1;
    lost.textContent = said("lost", { seconds: wait / 1000 });
    lost.hidden = false;
    panel.hidden = false;
    timer = setTimeout(ask, wait);
  }

  function update(jobs) {
    const told = jobs.filter((job) => !OVER.includes(job.state));
    const over = jobs.filter((job) => OVER.includes(job.state)).slice(0, SHOWN);
    const wanted = [...told, ...over];
    panel.hidden = !wanted.length && lost.hidden;
    for (const [name, one] of shown) {
      if (wanted.some((job) => job.id === name)) continue;
      one.box.remove();
      shown.delete(name);
    }
    wanted.forEach((job, rank) => place(job, rank));
    const states = new Map(jobs.map((job) => [job.id, `${job.state} ${Math.floor(job.done)}`]));
    const changed = jobs.filter((job) => known && known.get(job.id) !== states.get(job.id));
    if (changed.length) refresh();
    for (const job of changed.filter((one) => OVER.includes(one.state))) {
      announce(`${title(job)} : ${state(job)}`);
    }
    known = states;
  }

  function place(job, rank) {
    const words = JSON.stringify(job);
    let held = shown.get(job.id);
    if (!held) {
      held = { box: make("article", { class: "aq-panel aq-job" }), words: "" };
      shown.set(job.id, held);
    }
    if (list.children[rank] !== held.box) list.insertBefore(held.box, list.children[rank] ?? null);
    if (held.words === words) return;
    held.words = words;
    fill(held.box, job);
  }

  const title = (job) => said(`job_${job.kind}`, job);
  const state = (job) => said(job.stopping && !OVER.includes(job.state) ? "job_stopping" : `job_${job.state}`);

  // The button that has the focus keeps it: what is around it changes.
  function fill(box, job) {
    const focused = box.contains(document.activeElement) ? document.activeElement.dataset.act : "";
    const top = box.querySelector(".aq-entries")?.scrollTop ?? 0;
    const parts = [make("h3", {}, title(job), " ", make("span", { class: "aq-state" }, state(job)))];
    if (!OVER.includes(job.state) && job.total) {
      const done = Math.floor(job.done);
      parts.push(make("progress", { max: job.total, value: job.done, "aria-label": title(job) }));
      parts.push(make("p", {}, said("progress", { done: number(done), total: number(job.total) })));
      if (job.current) parts.push(make("p", { class: "aq-quiet" }, said("current", { name: job.current })));
    }
    if (job.fault) parts.push(make("p", { class: "aq-fault" }, job.fault));
    if (job.state === "stopped") {
      parts.push(make("p", {}, said(job.kind === "add" ? "stop_add_told" : "stop_told")));
    }
    parts.push(entries(job), acts(job));
    box.replaceChildren(...parts.filter(Boolean));
    if (top) box.querySelector(".aq-entries").scrollTop = top;
    if (focused) box.querySelector(`[data-act="${focused}"]`)?.focus();
  }

  function entries(job) {
    const told = job.entries.map((entry) =>
      make(
        "li",
        { class: `aq-entry aq-entry-${entry.state}` },
        make("span", { class: "aq-entry-name" }, entry.name),
        " ",
        make("span", { class: "aq-state" }, said(`state_${entry.state}`)),
        entry.fault ? make("p", { class: "aq-fault" }, entry.fault) : "",
      ),
    );
    if (job.more) told.push(make("li", {}, said("more", { count: number(job.more) })));
    if (job.unchanged) {
      told.push(make("li", { class: "aq-quiet" }, said("unchanged", { count: number(job.unchanged) })));
    }
    if (!told.length) return null;
    // What is long can be scrolled, with the keyboard too.
    const long = told.length > 8;
    return make("ul", { class: "aq-entries", tabindex: long && "0", "aria-label": title(job) }, ...told);
  }

  function acts(job) {
    const offers = [];
    if (!OVER.includes(job.state) && !job.stopping) {
      offers.push(["stop", `/documents/jobs/${job.id}/stop`, {}]);
    }
    if (job.undo) offers.push(["undo", "/documents/undo", { job: job.id }]);
    const buttons = offers.map(([act, address, data]) => {
      const button = make("button", { type: "button", "data-act": act }, said(act));
      button.addEventListener("click", async () => {
        button.disabled = true;
        await send(address, data);
      });
      return button;
    });
    return buttons.length ? make("p", { class: "aq-acts" }, ...buttons) : null;
  }

  // Ask for a change; what speaks against it is told where the jobs are.
  async function send(address, data) {
    try {
      await post(address, data);
      lost.hidden = true;
    } catch (error) {
      lost.textContent = error.message;
      lost.hidden = false;
      panel.hidden = false;
      panel.scrollIntoView({ block: "nearest" });
    }
    wake();
  }

  document.addEventListener("visibilitychange", () => document.hidden || wake());
  wake();
  return { wake, send };
})();

// The questions of the dossier asked again, one request each: the reader sees how far it is,
// and can stop it. The server writes what became of each (see dossier_view.py).
(() => {
  "use strict";
  const store = window.aseqaDossier;
  const { say, words, plain, make, button } = store;
  const TRIES = 5;
  let run = new AbortController(); // of the run that goes on; another one, or a stop, ends it

  function wait(seconds, signal) {
    return new Promise((done) => {
      setTimeout(done, 1000 * seconds);
      signal.addEventListener("abort", done);
    });
  }

  // What the server needs of one question.
  function partOf(question) {
    const asks = (one) => plain(one.question || "") === question;
    const { held } = store;
    return { format: 1, title: "", items: held.items.filter(asks), questions: held.questions.filter(asks) };
  }

  async function start() {
    run.abort();
    run = new AbortController();
    const { signal } = run;
    const part = document.querySelector(".aq-dossier-rerun");
    const questions = store.questions();
    if (!questions.length) return store.announce(words.rerun_none);
    const progress = make("p", { class: "aq-dossier-progress", role: "status" });
    const stop = button("aq-dossier-stop", words.stop);
    const results = make("div", { class: "aq-dossier-results" });
    const name = make("h3", { tabindex: "-1" }, words.rerun_name);
    part.replaceChildren(name, progress, stop, results);
    name.focus();
    name.scrollIntoView({ block: "nearest" });
    const found = [];
    let trouble = "";
    for (const [index, question] of questions.entries()) {
      progress.textContent = say("rerun_progress", { place: index + 1, count: questions.length });
      const told = await askedAgain(question, signal, progress);
      if (!part.contains(progress)) return; // another run took the place
      if (!told || told.trouble) {
        trouble = told?.trouble || "";
        break;
      }
      found.push(told);
      show(told, results);
    }
    stop.remove();
    progress.textContent = `${summary(found, questions.length)} ${trouble}`.trim();
  }

  function summary(found, wanted) {
    const counts = { count: found.length, changed: found.filter((told) => !told.same).length };
    return say(found.length === wanted ? "rerun_done" : "rerun_stopped", counts);
  }

  // The server's HTML: all that comes from documents and from the dossier is escaped there.
  function show(told, results) {
    const box = document.createElement("template");
    box.innerHTML = told.html;
    results.append(box.content);
    store.note(told.questions.map((one) => one.asked));
  }

  // Gives nothing once the run is stopped.
  async function askedAgain(question, signal, progress) {
    for (let tries = 0; tries < TRIES && !signal.aborted; tries += 1) {
      try {
        const response = await store.posted("/dossier/rerun", { dossier: partOf(question) }, signal);
        if (response.ok) return await response.json();
        const seconds = Number(response.headers.get("Retry-After"));
        if (!seconds || tries === TRIES - 1) return { trouble: await store.trouble(response) };
        progress.textContent = say("waiting", { count: seconds });
        await wait(seconds, signal);
      } catch {
        return signal.aborted ? null : { trouble: words.lost };
      }
    }
    return null;
  }

  document.addEventListener("click", ({ target }) => {
    if (target.closest?.(".aq-dossier-again")) start();
    if (target.closest?.(".aq-dossier-stop")) run.abort();
  });
})();

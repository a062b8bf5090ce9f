// The dossier's files: exported by the server, imported after it has looked at them.
(() => {
  "use strict";
  const store = window.aseqaDossier;
  const { say, words, find, make, announce, ask, answered, forgetUndo } = store;
  let waiting = null; // a dossier that was imported, until the reader says what to do with it

  function posted(path, sent, signal = null) {
    const body = JSON.stringify(sent);
    return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body, signal });
  }

  async function trouble(response) {
    const told = await response.json().catch(() => null);
    return (typeof told?.detail === "string" && told.detail) || say("failed", { status: response.status });
  }

  async function exported(style, dossier) {
    try {
      const response = await posted("/dossier/export", { style, dossier });
      return response.ok ? response : announce(await trouble(response), true);
    } catch {
      return announce(words.lost, true);
    }
  }

  async function saveFile() {
    const response = await exported(find("#aq-dossier-style").value, store.held);
    if (!response) return;
    const [, name] = /filename="([\w.-]+)"/.exec(response.headers.get("Content-Disposition")) || [];
    const link = make("a", { download: name || "dossier" });
    link.href = URL.createObjectURL(await response.blob());
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    forgetUndo();
    announce(say("said_exported", { name: link.download }));
  }

  // The server looks at an imported dossier: it gives it back as it understands it, or says why not.
  async function loadFile(input) {
    const [file] = input.files;
    if (!file) return;
    forgetUndo();
    if (file.size > words.limits.bytes) return announce(words.too_large, true);
    let read = null;
    try {
      read = JSON.parse(await file.text());
    } catch {
      // said below
    }
    input.value = "";
    if (read === null) return announce(words.not_json, true);
    const response = await exported("json", read);
    if (!response) return;
    const dossier = store.sound(await response.json());
    if (!dossier) return announce(words.not_json, true);
    waiting = dossier;
    if (!store.held.items.length) return imported(store.take);
    ask(
      words.import_over,
      ["aq-dossier-replace", words.replace],
      ["aq-dossier-append", words.append],
      ["aq-dossier-no", words.cancel],
    );
  }

  function imported(take) {
    const done = take(waiting);
    answered("h2");
    announce(done ? say("said_imported", { count: store.held.items.length }) : words.full, !done);
  }

  const clicks = [
    [".aq-dossier-save", saveFile],
    [".aq-dossier-load", () => find(".aq-dossier-file").click()],
    [".aq-dossier-replace", () => imported(store.take)],
    [".aq-dossier-append", () => imported(store.append)],
  ];

  document.addEventListener("click", ({ target }) => {
    const found = clicks.find(([selector]) => target.closest?.(selector));
    if (found) found[1]();
  });

  document.addEventListener("change", ({ target }) => {
    if (target.matches?.(".aq-dossier-file")) loadFile(target);
  });

  Object.assign(store, { posted, trouble });
})();

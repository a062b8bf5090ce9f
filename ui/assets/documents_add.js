// Files dropped or chosen: checked, sent one after the other, each told as it goes.
(() => {
  "use strict";
  const { said, make, post, announce } = window.aseqaPage;
  const { find, number } = window.aseqaDocuments;
  const { wake } = window.aseqaJobs;
  const { choose, list } = window.aseqaActs;
  const { limits } = window.aseqaPageWords;
  const zone = find("#aq-drop");
  const told = find("#aq-sending");
  const WAITS = 60; // how often a server that is too busy is asked again
  let line = Promise.resolve(); // one batch after the other
  let isSending = false;

  const UNITS = [["gigabytes", 2 ** 30], ["megabytes", 2 ** 20], ["kilobytes", 2 ** 10]];
  function sized(bytes) {
    const [unit, size] = UNITS.find((one) => bytes >= one[1]) ?? ["bytes", 1];
    return said(unit, { count: number(Math.round((10 * bytes) / size) / 10) });
  }

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const hex = (byte) => byte.toString(16).padStart(2, "0");
  const batchName = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), hex).join("");

  function add(files) {
    line = line.then(() => sendAll(files));
  }

  // What the reader dropped: files, and all that is in folders, however deep.
  async function dropped(items) {
    // At once: what was dropped is gone after the first wait.
    const given = [...items]
      .filter((item) => item.kind === "file")
      .map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
    const found = [];
    for (const one of given.filter(Boolean)) {
      if (one instanceof File) found.push(one);
      else await walk(one, found);
    }
    return found;
  }

  async function walk(entry, found) {
    if (entry.name.startsWith(".") || found.length > limits.files) return;
    if (entry.isFile) {
      found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
      return;
    }
    const reader = entry.createReader();
    let part;
    do {
      part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      for (const child of part) await walk(child, found);
    } while (part.length);
  }

  function refusal(files) {
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (!files.length) return said("nothing");
    if (files.length > limits.files) {
      return said("too_many", { count: number(files.length), limit: number(limits.files) });
    }
    if (size > limits.total) return said("too_much", { size: sized(size), limit: sized(limits.total) });
    return "";
  }

  async function sendAll(files, batch = batchName(), chosen = null) {
    const fault = refusal(files);
    if (fault) return tell(make("p", { class: "aq-fault" }, fault));
    const existing = chosen ?? (await existingOf(files));
    if (!existing) return;
    const left = [];
    const sent = new Set();
    let done = 0;
    isSending = true;
    for (const file of files) {
      // Two files of one name in one batch are two documents.
      const replaces = existing.replaced.has(file.name) && !sent.has(file.name);
      sent.add(file.name);
      done += 1;
      const bar = make("progress", { max: 1, value: 0, "aria-label": file.name });
      const words = said("sending", { name: file.name, done: number(done), total: number(files.length) });
      tell(make("p", {}, words), bar, ...left.map(failure));
      const trouble = await sendFile(file, batch, replaces, (share) => (bar.value = share));
      if (trouble) left.push({ file, ...trouble });
      else wake();
    }
    isSending = false;
    tell(...left.map(failure));
    const again = left.filter((one) => one.again).map((one) => one.file);
    if (again.length) told.append(retryButton(again, batch, existing));
  }

  async function existingOf(files) {
    let taken;
    try {
      ({ taken } = await post("/documents/taken", { names: files.map((file) => file.name) }));
    } catch (error) {
      tell(make("p", { class: "aq-fault" }, error.message), retryButton(files));
      return null;
    }
    if (!taken.length) return { replaced: new Set() };
    const names = [...new Set(taken)];
    const shown = names.slice(0, 10);
    if (names.length > shown.length) shown.push(said("more", { count: number(names.length - shown.length) }));
    const parts = [list(shown), make("p", {}, said("taken_text"))];
    const chosen = await choose(said("taken_title"), parts, [["keep_both", ""], ["replace", "aq-primary"]]);
    if (!chosen) return null;
    return { replaced: new Set(chosen === "replace" ? names : []) };
  }

  // Nothing when the file has arrived, else why not, and whether to try again makes sense.
  async function sendFile(file, batch, replaces, progress) {
    if (file.size > limits.file) {
      return { fault: said("problem_too_large", { limit: sized(limits.file) }), again: false };
    }
    const query = new URLSearchParams({ name: file.name, batch, existing: replaces ? "replace" : "both" });
    for (let tries = 0; tries < WAITS; tries += 1) {
      const reply = await upload(`/documents/files?${query}`, file, progress);
      if (reply.status === 202) return null;
      if (![429, 503].includes(reply.status)) {
        return { fault: reply.detail || said("lost_once"), again: !reply.status || reply.status >= 500 };
      }
      await pause(1000 * Math.max(1, reply.wait)); // the server is busy: it said until when
    }
    return { fault: said("problem_full"), again: true };
  }

  function upload(address, file, progress) {
    return new Promise((resolve) => {
      const sender = new XMLHttpRequest();
      sender.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) progress(event.loaded / event.total);
      });
      sender.addEventListener("loadend", () => {
        let detail = "";
        try {
          detail = JSON.parse(sender.responseText).detail;
        } catch {
          // no answer of the server's own
        }
        const wait = Number(sender.status && sender.getResponseHeader("retry-after"));
        resolve({ status: sender.status, detail, wait });
      });
      sender.open("POST", address);
      sender.setRequestHeader("content-type", "application/octet-stream");
      sender.send(file);
    });
  }

  function failure({ file, fault }) {
    return make("p", { class: "aq-fault" }, make("strong", {}, file.name), ` – ${said("not_sent")}. ${fault}`);
  }

  function retryButton(files, batch, existing) {
    const button = make("button", { type: "button" }, said("retry"));
    button.addEventListener("click", () => {
      line = line.then(() => sendAll(files, batch, existing));
    });
    return make("p", {}, button);
  }

  function tell(...parts) {
    told.replaceChildren(...parts);
    if (parts.length) announce(parts.map((part) => part.textContent).filter(Boolean).join(" "));
  }

  for (const picker of [find("#aq-files"), find("#aq-folder")]) {
    picker.addEventListener("change", () => {
      const files = [...picker.files].filter((file) => !file.name.startsWith("."));
      picker.value = ""; // the same file can be chosen again
      add(files);
    });
  }
  // What was not sent yet would be lost.
  addEventListener("beforeunload", (event) => isSending && event.preventDefault());
  // A file dropped beside the zone must not replace the page.
  for (const kind of ["dragover", "drop"]) {
    addEventListener(kind, (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  }
  zone.addEventListener("dragover", () => zone.classList.add("aq-over"));
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("aq-over");
  });
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("aq-over");
    dropped(event.dataTransfer.items).then(add, () => tell(make("p", { class: "aq-fault" }, said("nothing"))));
  });
})();

// What is asked before it is done: deleting, rebuilding, replacing.
window.aseqaActs = (() => {
  "use strict";
  const { said, make, request } = window.aseqaPage;
  const { find, deletable } = window.aseqaDocuments;
  const { send } = window.aseqaJobs;
  const dialog = find("#aq-dialog");

  // Give the value of the button pressed, "" when the reader thinks better of it.
  function choose(title, parts, offers) {
    find("#aq-dialog-title").textContent = title;
    find("#aq-dialog-text").replaceChildren(...parts);
    const buttons = offers.map(([value, kind]) => make("button", { value, class: kind }, said(value)));
    const cancel = make("button", { value: "", autofocus: true }, said("cancel"));
    dialog.querySelector(".aq-dialog-acts").replaceChildren(cancel, ...buttons);
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    });
  }

  const list = (names) => make("ul", { class: "aq-named" }, ...names.map((name) => make("li", {}, name)));

  async function remove(held) {
    const query = new URLSearchParams({ document: held.document });
    let about;
    try {
      about = await request(`/documents/about?${query}`);
    } catch (error) {
      return choose(said("delete_title"), [make("p", { class: "aq-fault" }, error.message)], []);
    }
    const parts = [make("p", {}, make("strong", {}, about.title))];
    if (about.siblings.length) parts.push(make("p", {}, said("delete_siblings")), list(about.siblings));
    parts.push(make("p", {}, said(about.ours ? "delete_ours" : "delete_theirs", about)));
    const chosen = await choose(said("delete_title"), parts, [["delete", "aq-danger"]]);
    if (chosen) await send("/documents/delete", { document: held.document });
  }

  find("#aq-renew").addEventListener("click", () => send("/documents/renew", {}));
  find("#aq-rebuild").addEventListener("click", async () => {
    const parts = [make("p", {}, said("rebuild_text"))];
    const chosen = await choose(said("rebuild_title"), parts, [["rebuild", "aq-primary"]]);
    if (chosen) send("/documents/renew", { rebuild: true });
  });
  deletable(remove);
  return { choose, list };
})();

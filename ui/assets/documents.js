// The list of documents: searched, sorted, page by page. What changes it is in the next files.
window.aseqaDocuments = (() => {
  "use strict";
  const { said, make, request, announce } = window.aseqaPage;
  const find = (selector) => document.querySelector(selector);
  const PAUSE_MS = 250;
  const form = find("#aq-search");
  const table = find("#aq-documents");
  const pager = find("#aq-pager");
  const count = find("#aq-count");
  let page = 1;
  let asked = 0;
  let pause;

  const number = (value) => new Intl.NumberFormat(document.documentElement.lang).format(value);
  const counted = (key, value) =>
    value === 1 ? said(`${key}_one`) : said(`${key}_many`, { count: number(value) });

  // Only the answer to the last question is shown.
  async function refresh(tells = false) {
    const turn = (asked += 1);
    const [sort, order] = form.elements.order.value.split("_");
    const query = new URLSearchParams({ q: form.elements.q.value, sort, order, page });
    try {
      const found = await request(`/documents/list?${query}`);
      if (turn === asked) show(found, tells);
    } catch (error) {
      if (turn !== asked) return;
      count.textContent = error.message;
      count.classList.add("aq-fault");
    }
  }

  function show(found, tells) {
    page = found.page;
    count.classList.remove("aq-fault");
    const searched = form.elements.q.value.trim();
    const none = searched ? said("none_found") : said("none");
    const place = found.pages > 1 ? `, ${said("of_page", found)}` : "";
    count.textContent = found.count ? counted("found", found.count) + place : none;
    if (tells) announce(count.textContent);
    table.hidden = !found.count;
    table.tBodies[0].replaceChildren(...found.documents.map(row));
    pager.hidden = found.pages === 1;
    for (const button of pager.querySelectorAll("button")) {
      const target = page + Number(button.dataset.step);
      button.disabled = target < 1 || target > found.pages;
    }
  }

  function row(held) {
    const facts = [held.author, held.source === held.title ? "" : held.source].filter(Boolean);
    const about = facts.map((fact) => make("span", { class: "aq-fact" }, fact));
    const link = make("a", { href: held.address, "aria-label": said("preview_of", held) }, said("preview"));
    const acts = make("td", { class: "aq-acts" }, link);
    if (remove) {
      const about = { type: "button", class: "aq-danger", "aria-label": said("delete_of", held) };
      const button = make("button", about, said("delete"));
      button.addEventListener("click", () => remove(held));
      acts.append(button);
    }
    const size = make("span", { class: "aq-fact" }, said("chars", { count: number(held.chars) }));
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, make("span", { class: "aq-document" }, held.title), ...about),
      make("td", {}, held.kind),
      make("td", {}, held.date),
      make("td", {}, counted("size", held.sentences), size),
      acts,
    );
  }

  let remove = null; // who may delete says how

  function deletable(act) {
    remove = act;
    refresh();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      page = 1;
      refresh(true);
    }, PAUSE_MS);
  });
  pager.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    clearTimeout(pause); // a new order that waits is asked for with this page, not with the first
    page += Number(button.dataset.step);
    refresh(true).then(() => find("#aq-corpus-title").scrollIntoView());
  });
  refresh();
  return { refresh, deletable, find, number };
})();

// What every page besides the chat needs: dark when the reader's system is, words, requests.
window.aseqaPage = (() => {
  "use strict";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.body.classList.toggle("dark", dark.matches);
  dark.addEventListener("change", follow);
  follow();

  // A sentence of the catalogue with its values; what it does not know stands as it is.
  const said = (key, values = {}) =>
    String(window.aseqaPageWords[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(name, "");
      else if (value !== false && value != null) made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  // The body of a response, or an error that says in the reader's language what is wrong.
  async function request(address, options = {}) {
    let response;
    try {
      response = await fetch(address, { credentials: "same-origin", ...options });
    } catch {
      throw new Error(said("lost"));
    }
    const kind = response.headers.get("content-type") || "";
    const body = kind.includes("json") ? await response.json() : await response.text();
    if (!response.ok) throw new Error(body?.detail || body?.title || said("lost"));
    return body;
  }

  const post = (address, data) =>
    request(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(data),
    });

  // Told to screen readers without moving the focus.
  function announce(text) {
    let region = document.querySelector("#aq-status");
    if (!region) {
      region = make("p", { id: "aq-status", class: "aq-offscreen", role: "status" });
      document.body.append(region);
    }
    region.textContent = text;
  }

  return { said, make, request, post, announce };
})();

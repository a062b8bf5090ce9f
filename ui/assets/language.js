// The link to the page in the other language: it keeps the rest of the address, filters and all.
// The server remembers the language (a cookie); the address need not say it any longer.
(() => {
  "use strict";
  const NAME = "lang";

  function addressIn(code) {
    const asked = new URLSearchParams(location.search);
    if (code) asked.set(NAME, code);
    else asked.delete(NAME);
    const rest = asked.toString();
    return location.pathname + (rest ? `?${rest}` : "") + location.hash;
  }

  function follow(event) {
    const link = event.target.closest?.(".aq-language");
    if (link) link.href = addressIn(link.lang);
  }

  for (const name of ["pointerdown", "focusin", "click"]) document.addEventListener(name, follow, true);
  if (navigator.cookieEnabled && new URLSearchParams(location.search).has(NAME)) {
    history.replaceState(history.state, "", addressIn(""));
  }
})();

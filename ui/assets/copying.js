// What is copied from a card, and what is said to screen readers.
window.aseqaCopying = (() => {
  "use strict";
  const words = window.aseqaWords;

  function escaped(text) {
    const box = document.createElement("p");
    box.textContent = text;
    return box.innerHTML;
  }

  async function copy(button) {
    const end = button.dataset.copy.lastIndexOf("\n"); // the quote may have lines of its own
    const [quote, reference] = [button.dataset.copy.slice(0, end), button.dataset.copy.slice(end + 1)];
    const html = `<blockquote>${escaped(quote)}</blockquote><p>${escaped(reference)}</p>`;
    const done = await copied(button.dataset.copy, html);
    tell(button, done ? words.copied : words.copy_failed, words.copy);
  }

  async function copyLink(button) {
    const done = await copied(new URL(button.dataset.link, location.origin).href);
    tell(button, done ? words.link_copied : words.copy_failed, words.link);
  }

  function tell(button, text, before) {
    button.textContent = text;
    announce(text);
    setTimeout(() => (button.textContent = before), 2000);
  }

  // The clipboard's own interface exists on 127.0.0.1 and over https only.
  async function copied(text, html) {
    if (navigator.clipboard) {
      try {
        await (html ? navigator.clipboard.write([rich(text, html)]) : navigator.clipboard.writeText(text));
        return true;
      } catch {
        // refused by the browser: try the old way
      }
    }
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "aq-offscreen";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }

  function rich(text, html) {
    const part = (type, words) => [type, new Blob([words], { type })];
    return new ClipboardItem(Object.fromEntries([part("text/plain", text), part("text/html", html)]));
  }

  function announce(text) {
    let region = document.querySelector("#aq-status");
    if (!region) {
      region = document.createElement("p");
      region.id = "aq-status";
      region.className = "aq-offscreen";
      region.setAttribute("role", "status");
      document.body.append(region);
    }
    region.textContent = text;
  }

  const clicks = [
    [".aq-copy", copy],
    [".aq-link", copyLink],
  ];
  return { escaped, announce, clicks };
})();

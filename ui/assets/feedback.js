// Under each answer, what a reader may say of it. The page has this only where the operator
// asked for it (see feedback.py); nothing is sent before a button is pressed.
(() => {
  "use strict";
  const words = window.aseqaFeedbackWords;
  const PLACE = "/feedback";
  const VERDICTS = ["right", "wrong", "useless"];

  function drawn() {
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function read(answer) {
    try {
      const { question, status, confidence, quotes, index } = JSON.parse(answer.dataset.feedback);
      return { answer: drawn(), question, status, confidence, quotes, index };
    } catch {
      return null; // no JSON, or no record: an answer kept by another version
    }
  }

  function labelled(verdict, status) {
    return (status === "abstained" && words[`none_${verdict}`]) || words[verdict];
  }

  function add(answer) {
    const record = read(answer);
    if (!record) return answer.removeAttribute("data-feedback");
    const box = document.createElement("fieldset");
    box.className = "aq-feedback";
    const legend = document.createElement("legend");
    legend.textContent = words.ask;
    const note = document.createElement("p");
    note.textContent = words.note;
    const fitting = VERDICTS.filter((verdict) => verdict !== "useless" || record.status === "answered");
    const buttons = fitting.map((verdict) => {
      const button = document.createElement("button");
      button.type = "button";
      button.value = verdict;
      button.setAttribute("aria-pressed", "false");
      button.textContent = labelled(verdict, record.status);
      button.addEventListener("click", () => choose(button, buttons, record, note));
      return button;
    });
    box.append(legend, ...buttons, note);
    answer.append(box);
  }

  const isPressed = (button) => button.getAttribute("aria-pressed") === "true";

  function press(buttons, chosen) {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === chosen));
  }

  // One choice, that may be changed or taken back; it shows at once, and falls back if it fails.
  async function choose(button, buttons, record, note) {
    if (buttons.some((one) => one.ariaDisabled === "true")) return;
    const before = buttons.find(isPressed);
    const chosen = before === button ? undefined : button;
    press(buttons, chosen);
    for (const one of buttons) one.ariaDisabled = "true";
    const isKept = await sent({ ...record, verdict: chosen?.value ?? "none" });
    for (const one of buttons) one.ariaDisabled = null;
    if (!isKept) press(buttons, before);
    tell(note, isKept ? (chosen ? words.kept : words.withdrawn) : words.failed, !isKept);
  }

  function tell(note, text, isFault) {
    note.textContent = text;
    note.classList.toggle("aq-feedback-fault", isFault);
    window.aseqa.announce(text);
  }

  async function sent(record) {
    try {
      const headers = { "Content-Type": "application/json" };
      return (await fetch(PLACE, { method: "POST", headers, body: JSON.stringify(record) })).ok;
    } catch {
      return false; // no server
    }
  }

  function look() {
    for (const answer of document.querySelectorAll(".aq-answer[data-feedback]:not(:has(.aq-feedback))")) add(answer);
  }

  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
})();

// What a teacher decides on each card -> decisions.json. Nothing leaves this page but that file.
"use strict";
(() => {
  const body = document.body.dataset;
  const cards = [...document.querySelectorAll(".card[data-digest]")];
  const open = cards.filter((card) => card.dataset.digest);
  const decided = new Map();
  let here = -1;
  let kept = true;
  const one = (card, name) => card.querySelector(name);

  function look(index, scroll) {
    if (index < 0 || index >= cards.length) return;
    if (here >= 0) cards[here].classList.remove("here");
    here = index;
    cards[here].classList.add("here");
    if (scroll) {
      cards[here].focus({ preventScroll: true });
      cards[here].scrollIntoView({ block: "start" });
    }
  }

  function count() {
    const done = [...decided.values()].filter((it) => it.state !== "skipped").length;
    document.getElementById("done").textContent = body.done.replace("{done}", done).replace("{all}", open.length);
    document.getElementById("save").classList.toggle("main", decided.size > 0);
  }

  function close(card) {
    for (const part of card.querySelectorAll(".own")) part.hidden = true;
    for (const button of card.querySelectorAll("[aria-expanded]")) button.setAttribute("aria-expanded", "false");
  }

  function decide(card, decision) {
    const told = one(card, ".told");
    decided.set(card, decision);
    kept = false;
    card.dataset.state = decision.state;
    told.textContent = [told.dataset[decision.state], decision.note || decision.basis].filter(Boolean).join(": ");
    close(card);
    one(card, ".asked").hidden = true;
    one(card, ".undo").hidden = false;
    count();
    const next = cards.findIndex((other, index) => index > cards.indexOf(card) && other.dataset.digest && !decided.has(other));
    if (next >= 0) look(next, true);
    else document.getElementById("save").focus();
  }

  function undo(card) {
    if (!decided.delete(card)) return;
    kept = false;
    delete card.dataset.state;
    one(card, ".told").textContent = "";
    one(card, ".asked").hidden = false;
    one(card, ".undo").hidden = true;
    count();
    look(cards.indexOf(card), true);
  }

  function confirm(card, basis) {
    decide(card, { state: "confirmed", basis, copy_true: one(card, ".copy-true").checked });
  }

  function unfold(card, name) {
    close(card);
    const part = one(card, `[data-part="${name}"]`);
    part.hidden = false;
    one(card, `[data-open="${name}"]`).setAttribute("aria-expanded", "true");
    one(part, name === "basis" ? "input" : "[data-reason]").focus();
  }

  function act(card, button) {
    const asked = button.dataset;
    if (asked.basis) confirm(card, asked.basis);
    else if (asked.open) unfold(card, asked.open);
    else if ("skip" in asked) decide(card, { state: "skipped" });
    else if (asked.reason) decide(card, { state: "returned", note: one(button, "span").textContent.trim() });
    else if ("close" in asked) { close(card); card.focus(); }
    else if (asked.own) own(card, button, asked.own);
    else if (button.classList.contains("undo")) undo(card);
    else if (button.classList.contains("larger")) {
      const large = button.closest("figure").classList.toggle("large");
      button.setAttribute("aria-pressed", `${large}`);
    }
  }

  function own(card, button, state) {
    const field = one(button.closest(".own"), "input, textarea");
    const words = field.value.trim().replace(/\s+/g, " ");
    if (!words) field.focus();
    else if (state === "confirmed") confirm(card, words);
    else decide(card, { state, note: words });
  }

  function save() {
    const decisions = [...decided].filter(([, it]) => it.state !== "skipped").map(([card, it]) => ({
      student: card.dataset.student, entry: card.dataset.entry, digest: card.dataset.digest, ...it,
    }));
    const told = { format: "stupeni-decisions-1", site: body.site, base: body.base, head: body.head, decisions };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(told, null, 2)], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    kept = true;
    document.getElementById("saved").textContent = body.saved;
  }

  function press(event) {
    if (event.key === "Enter" && event.target.matches(".own input[type=text]")) one(event.target.closest(".own"), ".main").click();
    const typing = event.target.matches("input[type=text], textarea");
    if (event.key === "Escape" && here >= 0) { close(cards[here]); cards[here].focus(); }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !document.getElementById("keys").checked) return;
    // By the place of the key: it is the same in Russian and in English.
    const code = event.code.replace("Numpad", "Digit");
    const card = cards[here];
    if (code === "KeyJ") look(here + 1, true);
    else if (code === "KeyK") look(here - 1, true);
    else if (code === "KeyS") save();
    else if (code === "KeyZ" && card) undo(last(card));
    else if (code.startsWith("Digit") && card && card.dataset.digest && !decided.has(card)) digit(card, code.slice(5));
    else return;
    event.preventDefault();
  }

  function last(card) {
    return decided.has(card) ? card : [...decided.keys()].pop() || card;
  }

  function digit(card, key) {
    const reasons = !one(card, '[data-part="reason"]').hidden;
    const button = one(card, reasons ? `[data-reason="${key}"]` : `[data-key="${key}"]`);
    if (button) act(card, button);
  }

  document.addEventListener("click", (event) => {
    const card = event.target.closest(".card[data-digest]");
    const button = event.target.closest("button");
    if (card) look(cards.indexOf(card), false);
    if (card && button) act(card, button);
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest(".card[data-digest]");
    if (card) look(cards.indexOf(card), false);
  });
  document.addEventListener("keydown", press);
  document.getElementById("save").addEventListener("click", save);
  window.addEventListener("beforeunload", (event) => { if (!kept) event.preventDefault(); });
  count();
  look(cards.findIndex((card) => card.dataset.digest), false);
})();

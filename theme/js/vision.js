/**
 * What a reader with weak eyes chose on this device -> attributes of <html>. How large, which colours?
 *
 * Stands before anything is painted, on the locked page too: it needs no code and asks nobody.
 */
(function () {
  "use strict";
  const KEY = "stupeni:vision";
  const CHOICES = {
    size: ["150", "200", "100"],
    colours: ["white", "black", "blue"],
    letters: ["usual", "wide"],
    pictures: ["shown", "told"],
  };
  const root = document.documentElement;
  const byId = (name) => document.getElementById(name);
  let now = read();

  /** What was chosen; whatever is not one of our choices is the first of them. */
  function read() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(KEY));
    } catch (forbidden) {
      // A browser that keeps nothing begins anew on every page.
    }
    const chosen = { on: Boolean(kept && kept.on) };
    for (const [name, values] of Object.entries(CHOICES)) {
      chosen[name] = kept && values.includes(kept[name]) ? kept[name] : values[0];
    }
    return chosen;
  }

  function choose(changes) {
    now = { ...now, ...changes };
    try {
      localStorage.setItem(KEY, JSON.stringify(now));
    } catch (forbidden) {
      // It holds for this page.
    }
    apply();
  }

  function apply() {
    root.toggleAttribute("data-vision", now.on);
    for (const name of Object.keys(CHOICES)) {
      if (now.on) root.setAttribute(`data-vision-${name}`, now[name]);
      else root.removeAttribute(`data-vision-${name}`);
    }
    if (byId("vision")) show();
  }

  function show() {
    const button = byId("vision");
    const bar = byId("vision-bar");
    button.querySelector("span").textContent = now.on ? button.dataset.off : button.dataset.on;
    button.hidden = false;
    bar.hidden = !now.on;
    for (const input of bar.querySelectorAll("input")) {
      const [name, value] = [input.name.replace("vision-", ""), input.value];
      input.checked = now[name] === value;
    }
    if (now.on && now.pictures === "told") tellPictures();
  }

  /** Puts its description beside every picture; the style shows one of the two. */
  function tellPictures() {
    for (const image of document.querySelectorAll("img:not([data-told])")) {
      if (!image.alt || image.closest("dialog")) continue;
      const words = document.createElement("span");
      words.className = "st-told";
      words.textContent = image.alt;
      image.dataset.told = "";
      image.after(words);
    }
  }

  apply();
  // Shown before anything is painted: what comes later would move the page under the reader's eyes.
  const reading = new MutationObserver(() => {
    const bar = byId("vision-bar");
    if (!bar || !bar.closest("header").nextSibling) return;
    reading.disconnect();
    apply();
  });
  reading.observe(root, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    reading.disconnect();
    if (!byId("vision")) return;
    byId("vision").addEventListener("click", () => {
      choose({ on: !now.on });
      byId("vision-bar").open = false; // one press away: it would take the first screen
    });
    byId("vision-bar").addEventListener("change", ({ target }) => {
      const name = target.name.replace("vision-", "");
      const other = CHOICES[name].find((value) => value !== target.value);
      choose({ [name]: target.checked ? target.value : other });
    });
    apply();
  });
})();

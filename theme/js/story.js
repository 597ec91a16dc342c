/**
 * The works of a portfolio -> those that were asked for, and what has changed between two of them.
 *
 * What was chosen stands in no address: it ends with the page. Comes after page.js.
 */
(function () {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const filters = document.getElementById("filters");

  // ---- filters: several at once, and never one that leaves nothing ----

  function prepareFilters() {
    const choices = all("select", filters);
    const works = all(".st-entry");
    const status = filters.querySelector("[role=status]");
    const reset = filters.querySelector(".st-filters__clear");
    const opens = filters.querySelector(".st-filters__open");
    const rule = new Intl.PluralRules(document.documentElement.lang || "ru");

    const fits = (work, { name, value }) => value === "" || work.dataset[name] === value;
    const fitsAll = (work, without) =>
      choices.every((choice) => choice === without || fits(work, choice));

    function apply() {
      const shown = works.filter((work) => fitsAll(work));
      for (const work of works) work.hidden = !shown.includes(work);
      for (const chapter of all(".st-chapter")) {
        chapter.hidden = !chapter.querySelector(".st-entry:not([hidden])");
      }
      for (const choice of choices) narrow(choice);
      const chosen = choices.some((choice) => choice.value !== "");
      reset.hidden = !chosen;
      // Only for the ear: the eye sees what is left.
      status.textContent = chosen
        ? status.dataset[rule.select(shown.length)].replace(/\d+/, shown.length)
        : status.dataset.all;
    }

    function narrow(choice) {
      const left = works.filter((work) => fitsAll(work, choice));
      for (const option of choice.options) {
        const { name } = choice;
        option.disabled = !left.some((work) => fits(work, { name, value: option.value }));
      }
    }

    function showAll() {
      for (const choice of choices) choice.value = "";
      apply();
    }

    /** A link to a work that is filtered away brings everything back first. */
    function reveal(hash) {
      const goal = document.getElementById(decodeURIComponent(hash.slice(1)));
      if (!goal || !goal.closest("[hidden]")) return;
      showAll();
      goal.scrollIntoView();
    }

    filters.hidden = false;
    opens.addEventListener("click", () => {
      opens.setAttribute("aria-expanded", String(opens.getAttribute("aria-expanded") !== "true"));
    });
    filters.addEventListener("change", apply);
    reset.addEventListener("click", () => {
      showAll();
      choices[0].focus();
    });
    document.addEventListener("click", ({ target }) => {
      const link = target.closest && target.closest('a[href^="#"]');
      if (link) reveal(link.hash);
    });
    window.addEventListener("hashchange", () => reveal(location.hash));
  }

  // ---- then and now: one picture over the other, parted by a border one moves ----

  function preparePair(pair) {
    const border = pair.querySelector("input");
    const move = () => {
      const at = Number(border.value);
      pair.style.setProperty("--share", at / 100);
      const { then, now, both } = border.dataset;
      border.setAttribute("aria-valuetext", at < 10 ? now : at > 90 ? then : both);
    };
    border.hidden = false;
    pair.classList.add("is-live");
    // The border lies over both pictures: a mouse or a finger comes to each by a button of its own.
    for (const scan of all(".st-scan", pair)) {
      const large = document.createElement("button");
      large.type = "button";
      large.className = "st-pair__large";
      large.title = scan.getAttribute("aria-label");
      large.tabIndex = -1; // keys go to the picture itself
      large.setAttribute("aria-hidden", "true");
      large.addEventListener("click", () => scan.click());
      pair.append(large);
    }
    border.addEventListener("input", move);
    move();
  }

  // ---- paper: whose sheet it is stands above every one; its style may name that, not read it ----

  function headPaper() {
    const title = document.querySelector(".st-page h1");
    const words = title ? title.textContent.replace(/\s+/g, " ").trim() : "";
    if (words) document.documentElement.style.setProperty("--sheet-of", JSON.stringify(words));
  }

  headPaper();
  if (filters) prepareFilters();
  all(".st-pair").forEach(preparePair);
})();

/**
 * An opened page -> alive. Which picture, which colours, which copies?
 *
 * Stands first in the body, so that the colours are right before anything is painted. Without
 * `Stupeni` (a page that was never sealed) menu, lock and pictures stay as they are.
 */
(function () {
  "use strict";
  const Stupeni = window.Stupeni;
  // An open page names its pictures as they are; only a sealed one has them opened for it.
  const isOpen = Boolean(document.querySelector('meta[http-equiv="Content-Security-Policy"]'));
  const opener = Stupeni && Stupeni.openAsset;
  const openAsset = opener || (isOpen ? async (name) => name : null);
  const COLOURS = "stupeni:colours";
  const AT_ONCE = 4; // pictures deciphered side by side: a phone stays awake
  const byId = (name) => document.getElementById(name);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  document.documentElement.classList.replace("no-js", "js");

  // ---- colours: the reader's choice, or else the device's ----

  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem(COLOURS);
    } catch (forbidden) {
      return null;
    }
  }

  function paint() {
    const scheme = chosen() || (dark.matches ? "slate" : "default");
    document.body.dataset.mdColorScheme = scheme;
    document.documentElement.style.colorScheme = scheme === "slate" ? "dark" : "light";
  }

  function swap() {
    const next = document.body.dataset.mdColorScheme === "slate" ? "default" : "slate";
    try {
      localStorage.setItem(COLOURS, next);
    } catch (forbidden) {
      document.body.dataset.mdColorScheme = next;
      return;
    }
    paint();
  }

  paint();
  dark.addEventListener("change", paint);

  // ---- what the keyring knows ----

  function fillMenu() {
    const entries = (Stupeni && Stupeni.ring && Stupeni.ring.menu) || [];
    for (const [label, oid] of entries) {
      const link = document.createElement("a");
      link.href = `${oid}.html`;
      link.textContent = label;
      if (location.pathname.includes(oid)) link.setAttribute("aria-current", "page");
      byId("menu").append(link);
    }
    if (entries.length) byId("menu").hidden = false;
    if (Stupeni && Stupeni.lock) {
      byId("lock").hidden = false;
      byId("lock").addEventListener("click", () => Stupeni.lock());
    }
  }

  // ---- pictures ----

  /** Nobody could open it: the page was never sealed. */
  const isShut = (reference) => !opener && reference.startsWith("asset:");

  /** The picture, or in its place the words that describe it. */
  async function show(image, reference) {
    if (isShut(reference)) return;
    let asked;
    try {
      image.src = await openAsset(reference);
      asked = image.src;
      await image.decode();
    } catch (damaged) {
      if (asked && asked !== image.src) return; // its sister came
      const words = document.createElement("span");
      words.className = "st-damaged";
      words.textContent = `${image.alt} ${byId("viewer") ? byId("viewer").dataset.damaged : ""}`;
      image.replaceWith(words);
    }
  }

  // What is far from sight stays closed: a phone pays for each. Paper shows all.
  const waiting = new Set();
  const opened = new Set();
  let opening = Promise.resolve();
  const watch = (rootMargin) => new IntersectionObserver((seen) =>
    open(seen.filter((one) => one.isIntersecting).map((one) => one.target)), { rootMargin });
  const near = watch("400px 0px");
  const door = watch();

  /** All of them, a few side by side and in their order. */
  const each = (images, work) => Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (images.length) await work(images.shift());
  }));

  /** These pictures, behind those wanted before. */
  function open(images) {
    const wanted = images.filter((image) => waiting.has(image) && !image.dataset.wanted);
    for (const image of wanted) image.dataset.wanted = "yes";
    opening = opening.then(() => each(wanted, async (image) => {
      near.unobserve(image);
      await show(image, image.dataset.sealed);
      image.style.backgroundColor = "";
      waiting.delete(image);
      opened.add(image);
      if (moved) sharpen.observe(image);
    }));
    return opening;
  }

  const openAll = () => open([...waiting]);

  /** Every picture of a work as sharp as paper shows it, when all are there. */
  async function openForPaper() {
    await openAll();
    await each(all("img[data-screen]:not([data-sharp])"), (image) => sharpened(image).catch(() => {}));
  }

  async function sharpened(image) {
    image.dataset.sharp = "yes";
    if (isShut(image.dataset.screen)) return;
    image.src = await openAsset(image.dataset.screen);
    await image.decode();
  }

  /** A picture to come has its room from the beginning: nothing moves when it is there. */
  function hold(image) {
    const { width, height } = image.attributes;
    const room = `width='${width.value}' height='${height.value}'`;
    image.src = `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' ${room}/%3E`;
    image.style.backgroundColor = image.dataset.colour;
    waiting.add(image);
  }

  // Nobody pays for sharp pictures before they look: a link opened by mistake is cheap.
  const MOVES = ["scroll", "pointermove", "pointerdown", "keydown"];
  let moved = false;

  function begin() {
    moved = true;
    for (const name of MOVES) window.removeEventListener(name, begin);
    for (const image of opened) sharpen.observe(image);
  }

  function preparePictures() {
    for (const image of all("img[src][data-screen]:not([data-sealed])")) opened.add(image);
    for (const image of waiting) (image.closest(".st-way") ? door : near).observe(image);
    for (const name of MOVES) window.addEventListener(name, begin, { passive: true });
  }

  // ---- paper ----

  /** A browser that prints waits for nobody: so all is opened first, or the sheet says it is not. */
  function preparePaper() {
    const print = () => openForPaper().then(() => window.print());
    // With a mouse or keys the browser may print any moment.
    const ready = (event) => {
      if (event.pointerType === "touch") return;
      for (const name of ["pointermove", "keydown"]) window.removeEventListener(name, ready);
      openAll();
    };
    for (const name of ["pointermove", "keydown"]) window.addEventListener(name, ready);
    window.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyP" || waiting.size === 0) return;
      event.preventDefault();
      print();
    });
    window.addEventListener("beforeprint", () => {
      openAll();
      byId("unopened").toggleAttribute("data-waits", waiting.size > 0);
    });
    byId("print").addEventListener("click", print);
    for (const button of all("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", print);
    }
  }

  // A small picture drawn larger than it is gets its large sister as soon as it comes into sight.
  const sharpen = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting || !target.dataset.screen || target.dataset.sharp) continue;
      sharpen.unobserve(target);
      if (target.getBoundingClientRect().width * window.devicePixelRatio <= target.naturalWidth * 1.15) continue;
      sharpened(target).catch(() => {});
    }
  }, { rootMargin: "200px" });

  // ---- copies to download ----

  function prepareCopies() {
    for (const button of all("[data-copy]")) {
      button.hidden = !openAsset;
      button.addEventListener("click", async () => {
        try {
          const link = document.createElement("a");
          link.href = await openAsset(button.dataset.copy);
          link.download = button.dataset.name;
          link.click();
        } catch (damaged) {
          button.textContent = byId("viewer") ? byId("viewer").dataset.damaged : "";
        }
      });
    }
  }

  // ---- what is on the page ----

  function prepareSearch() {
    const field = byId("find");
    if (!field) return;
    const plain = (words) => words.toLowerCase().replace(/ё/g, "е").trim();
    field.addEventListener("input", () => {
      for (const card of all("[data-name]")) {
        card.hidden = !plain(card.dataset.name).includes(plain(field.value));
      }
      for (const group of all(".st-group")) group.hidden = !group.querySelector("li:not([hidden])");
    });
  }

  // ---- parts far from sight: laid out one by one, so that no single task holds up a phone ----

  const rest = [];
  const idle = window.requestIdleCallback || ((work) => setTimeout(work, 50));
  const lay = (part) => part.classList.add("is-laid");
  const layAll = () => rest.splice(0).forEach(lay);

  function layNext() {
    if (rest.length === 0) return;
    lay(rest.shift());
    // The part is laid out by the frame, and the next one not before it.
    requestAnimationFrame(() => idle(layNext));
  }

  function layOut() {
    rest.push(...all(".st-page > section, .st-hall"));
    // Whoever jumps must land where the work is, not where it was thought to be.
    document.addEventListener("click", ({ target }) => {
      if (target.closest && target.closest('a[href*="#"]')) layAll();
    }, true);
    window.addEventListener("hashchange", layAll);
    if (location.hash) layAll();
    else requestAnimationFrame(() => idle(layNext));
  }

  // For the scripts that come later: the viewer opens pictures too.
  window.StupeniPage = { openAsset, show };

  // ---- while the page is being read: whatever would move others later takes its place now ----

  let headed = false;

  function settle() {
    if (openAsset) all("img[data-sealed]:not([src])").forEach(hold);
    if (headed || !byId("lock")) return;
    headed = true;
    byId("colours").hidden = byId("print").hidden = false;
    byId("seek").hidden = !(Stupeni && Stupeni.openIndexes);
    fillMenu();
  }

  const reading = new MutationObserver(settle);
  reading.observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("DOMContentLoaded", () => {
    reading.disconnect();
    settle();
    byId("colours").addEventListener("click", swap);
    document.querySelector("#menu [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
    prepareSearch();
    prepareCopies();
    preparePictures();
    preparePaper();
    layOut();
  });
})();

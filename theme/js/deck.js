/**
 * A showing from a flash drive -> one slide after another. Which slide is on the wall?
 *
 * Slides are a row that snaps: a finger moves it by itself, keys and clickers are told here. The
 * script in a second window hears which slide it is, and its keys turn the slides too. Two pages
 * of a folder are strangers to each other, so that only the window one has opened is believed.
 */
(function () {
  "use strict";
  const body = document.body;
  const byId = (name) => document.getElementById(name);

  // ---- colours: the hall's ----

  function paint(scheme) {
    body.dataset.mdColorScheme = scheme;
    document.documentElement.style.colorScheme = scheme === "slate" ? "dark" : "light";
  }
  paint(window.matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default");

  const KEYS = {
    ArrowRight: "on", ArrowDown: "on", PageDown: "on", Enter: "on", " ": "on",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back",
    Home: "first", End: "last",
    KeyF: "full", F5: "full", KeyB: "black", Period: "black", ".": "black",
    KeyL: "light", KeyN: "notes", KeyP: "pause", Escape: "leave",
  };

  /** What a key asks for, whatever keyboard is on; nothing where a button is meant. */
  function asked(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return null;
    const meant = (what) => event.target.closest && event.target.closest(what);
    if (meant("input, summary")) return null;
    if (meant("button") && (event.key === "Enter" || event.key === " ")) return null;
    if (event.key === " " && event.shiftKey) return "back";
    return KEYS[event.key] || KEYS[event.code] || null;
  }

  if (body.dataset.page === "script") return beside();

  // ---- the slides ----

  const deck = byId("deck");
  const slides = [...deck.children];
  const tools = byId("tools");
  const seconds = Number(body.dataset.auto);
  let at = 0;
  let script = null;
  let paused = false;
  let clock = 0;
  let idle = 0;
  let soon = 0;
  document.documentElement.classList.replace("no-js", "js");
  tools.hidden = false;

  /** The neighbours' pictures are ready before anybody asks for them; a broken one stays broken. */
  function prepare() {
    for (const slide of [slides[at + 1] || slides[0], slides[at - 1]]) {
      for (const picture of slide ? slide.querySelectorAll("img") : []) picture.decode().catch(() => {});
    }
  }

  function arrive(number) {
    at = number;
    // After the turn: what is asked for now does not stand in line behind them.
    clearTimeout(soon);
    soon = setTimeout(prepare, 250);
    slides.forEach((slide, place) => slide.toggleAttribute("data-now", place === at));
    byId("where").textContent = slides[at].getAttribute("aria-label");
    if (script && !script.closed) script.postMessage({ slide: at }, "*");
    wait();
  }

  /** That slide is on the wall; the one that is there stays when there is no such. */
  function show(number) {
    const wanted = slides[number] ? number : at;
    slides[wanted].scrollIntoView({ inline: "start", block: "nearest", behavior: "instant" });
    arrive(wanted);
  }

  /** The next slide comes by itself; after the last one the first. */
  function wait() {
    clearTimeout(clock);
    if (seconds && !paused && !document.hidden) {
      clock = setTimeout(() => show(slides[at + 1] ? at + 1 : 0), seconds * 1000);
    }
  }

  const deeds = {
    on: () => show(at + 1),
    back: () => show(at - 1),
    first: () => show(0),
    last: () => show(slides.indexOf(slides.at(-1))),
    full() {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen().catch(() => {});
    },
    light: () => paint(body.dataset.mdColorScheme === "slate" ? "default" : "slate"),
    black: () => byId("black").toggleAttribute("hidden"),
    leave: () => byId("black").setAttribute("hidden", ""),
    notes() {
      script = window.open("script.html", "script", "popup,width=960,height=720");
    },
    pause() {
      paused = !paused;
      const button = tools.querySelector('[data-do="pause"]');
      if (button) button.setAttribute("aria-pressed", String(paused));
      wait();
    },
  };

  /** A dark wall comes back before anything moves on behind it. */
  function run(deed) {
    if (!byId("black").hidden && (deed === "on" || deed === "back")) deeds.leave();
    else deeds[deed]();
  }

  document.addEventListener("keydown", (event) => {
    const deed = asked(event);
    if (deed) {
      // Escape leaves the full screen by itself.
      if (deed !== "leave") event.preventDefault();
      run(deed);
    }
  });
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) run(button.dataset.do);
  });
  byId("black").addEventListener("click", deeds.leave);
  window.addEventListener("message", (event) => {
    if (!script || event.source !== script || !event.data) return;
    if (event.data.ready) script.postMessage({ slide: at }, "*");
    else if (Object.hasOwn(deeds, event.data.deed) && event.data.deed !== "notes") run(event.data.deed);
  });

  // A finger moves the row by itself: which slide has come to rest? What is told comes late: keys
  // may have turned on meanwhile, so that only where the row stands now is believed.
  const seen = new IntersectionObserver((changes) => {
    const place = Math.round(deck.scrollLeft / deck.clientWidth);
    if (place !== at && changes.some((change) => change.isIntersecting)) arrive(place);
  }, { root: deck, threshold: 0.6 });
  slides.forEach((slide) => seen.observe(slide));
  window.addEventListener("resize", () => show(at));
  document.addEventListener("visibilitychange", wait);

  // ---- what lies over the slides goes when nobody moves ----

  function stir() {
    body.removeAttribute("data-idle");
    clearTimeout(idle);
    idle = setTimeout(() => body.setAttribute("data-idle", ""), 3000);
  }
  for (const kind of ["pointermove", "pointerdown", "focusin"]) document.addEventListener(kind, stir);
  stir();

  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
  byId("expired").hidden = today <= body.dataset.until;

  deck.focus();
  show(0);

  // ---- the script beside it ----

  function beside() {
    const wall = window.opener;
    if (!wall) return;
    const cues = [...document.querySelectorAll(".cues > li")];
    body.setAttribute("data-live", "");
    window.addEventListener("message", (event) => {
      if (event.source !== wall || !event.data) return;
      cues.forEach((cue, place) => {
        if (place === event.data.slide) cue.setAttribute("aria-current", "step");
        else cue.removeAttribute("aria-current");
      });
      const cue = cues[event.data.slide];
      if (cue) cue.scrollIntoView({ block: "start", behavior: "instant" });
    });
    document.addEventListener("keydown", (event) => {
      const deed = asked(event);
      if (!deed || deed === "full") return;
      event.preventDefault();
      wall.postMessage({ deed }, "*");
    });
    wall.postMessage({ ready: true }, "*");
  }
})();

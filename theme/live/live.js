/**
 * A page on this computer -> the newest one, and what there is to mend. Is what I see still true?
 *
 * Only `stupeni serve --watch` and `stupeni preview` give it out; no published page names it. An opened
 * sealed page takes the place of the locked one by document.write: all that hangs on the document is
 * lost then, so a clock looks whether the panel is still there.
 */
(function () {
  "use strict";
  const { src, dataset } = document.currentScript;
  const CLOSED = "stupeni:live:closed";
  const PLACE = "stupeni:live:place";
  const EVERY = 400; // ms
  let source = null; // a browser gives a server few connections: a tab that nobody sees has none
  let told = null;
  let panel = null;

  /** An element with a class and words in it; what stands in backticks is set as code. */
  function make(name, kind, words = "") {
    const made = document.createElement(name);
    made.className = kind;
    words.split("`").forEach((part, index) => {
      if (index % 2 === 0) return made.append(part);
      const code = document.createElement("code");
      code.textContent = part;
      return made.append(code);
    });
    return made;
  }

  function listed(one) {
    const item = make("li", "lv-item");
    item.dataset.severity = one.severity;
    item.append(make("p", "lv-what", `${one.kind}: ${one.message}`));
    if (one.fix) {
      const fix = make("p", "lv-fix");
      fix.append(make("b", "", `${told.fix}: `), make("span", "", one.fix));
      item.append(fix);
    }
    if (one.place) item.append(make("p", "lv-place", one.place));
    return item;
  }

  const state = () => JSON.stringify(told.found);
  const isClosed = () => sessionStorage.getItem(CLOSED) === state();

  function close() {
    sessionStorage.setItem(CLOSED, state());
    draw();
  }

  function button(words, act) {
    const made = make("button", "lv-button", words);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function draw() {
    if (panel) panel.remove();
    panel = make("aside", "lv-panel");
    panel.setAttribute("aria-label", told.label);
    panel.hidden = told.found.length === 0 || isClosed();
    const head = make("div", "lv-head");
    const title = make("p", "lv-title", told.title || told.label);
    title.setAttribute("role", "status");
    const list = make("ul", "lv-list");
    list.tabIndex = 0; // it scrolls, and a keyboard has to reach it
    list.setAttribute("aria-label", told.label);
    if (told.behind) list.append(make("li", "lv-more", told.behind));
    list.append(...told.found.map(listed));
    if (told.more) list.append(make("li", "lv-more", told.more));
    head.append(title);
    // What stops nothing stays out of the way until it is asked for.
    if (!told.found.some((one) => one.severity === "error")) {
      list.hidden = true;
      const open = button(told.open, () => {
        open.remove();
        list.hidden = false;
        list.focus();
      });
      head.append(open);
    }
    head.append(button(told.close, close));
    panel.append(head, list);
    document.body.append(panel);
  }

  /** Whatever document.write took away is put back. */
  function dress() {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("live.css", src).href;
    if (![...document.styleSheets].some((one) => one.href === style.href)) document.head.append(style);
    document.addEventListener("keydown", (event) => {
      const other = document.querySelector("dialog[open]");
      if (event.key === "Escape" && !other && panel && !panel.hidden) close();
    });
    const here = document.querySelector(".pv-bar [aria-current]");
    if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 24;
    draw();
    const place = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    if (place) scrollTo(0, Number(place));
  }

  function listen() {
    source = new EventSource(new URL("events", src).href);
    source.onmessage = ({ data }) => {
      const before = told && state();
      told = JSON.parse(data);
      if (told.version !== dataset.version) {
        sessionStorage.setItem(PLACE, scrollY);
        location.reload();
      } else if (panel && panel.isConnected && before !== state()) draw();
    };
  }

  setInterval(() => {
    if (document.hidden && source) source = source.close() || null;
    else if (!document.hidden && !source) listen();
    const isWhole = document.body && document.readyState !== "loading";
    if (told && isWhole && !(panel && panel.isConnected)) dress();
  }, EVERY);
  listen();
})();

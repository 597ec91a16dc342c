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
  const { version, word } = dataset;
  const CLOSED = "stupeni:live:closed";
  const PLACE = "stupeni:live:place";
  const EVERY = 400; // ms
  let source = null; // a browser gives a server few connections: a tab that nobody sees has none
  let told = null;
  let panel = null;
  let isLost = false; // nobody answers
  let isOver = false; // and nobody will

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

  // Words about children must not stay in a browser: what it remembers is a mark of them.
  const isClosed = () => sessionStorage.getItem(CLOSED) === told.mark;

  function close() {
    sessionStorage.setItem(CLOSED, told.mark);
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
    panel.hidden = !isLost && (told.found.length === 0 || isClosed());
    const head = make("div", "lv-head");
    const title = make("p", "lv-title", isLost ? told.ended : told.title || told.label);
    title.setAttribute("role", "status");
    head.append(title);
    panel.append(head);
    if (!isLost) fill(head);
    document.body.append(panel);
  }

  /** What there is to mend, and what one may do about it. */
  function fill(head) {
    const list = make("ul", "lv-list");
    list.tabIndex = 0; // it scrolls, and a keyboard has to reach it
    list.setAttribute("aria-label", told.label);
    if (told.behind) list.append(make("li", "lv-more", told.behind));
    list.append(...told.found.map(listed));
    if (told.more) list.append(make("li", "lv-more", told.more));
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
    panel.append(list);
  }

  /** Whatever document.write took away is put back. */
  function dress() {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("live.css", src).href;
    if (![...document.styleSheets].some((one) => one.href === style.href)) document.head.append(style);
    document.addEventListener("keydown", (event) => {
      const other = document.querySelector("dialog[open]");
      if (event.key === "Escape" && !other && !isLost && panel && !panel.hidden) close();
    });
    const here = document.querySelector(".pv-bar [aria-current]");
    if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 24;
    draw();
    const place = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    if (place) scrollTo(0, Number(place));
  }

  const drawAgain = () => panel && panel.isConnected && draw();

  function lose() {
    isLost = true;
    drawAgain();
  }

  /** What bears the word of our server. Whoever has its port after it does not know the word. */
  function hear(one) {
    if (one === "ended") {
      isOver = true;
      source.close();
      return lose();
    }
    const before = isLost || !told ? null : told.mark;
    told = one;
    isLost = false;
    if (told.version === version) return before !== told.mark && drawAgain();
    sessionStorage.setItem(PLACE, scrollY);
    return location.reload();
  }

  function listen() {
    source = new EventSource(new URL("events", src).href);
    source.addEventListener(word, ({ data }) => hear(JSON.parse(data)));
    source.onerror = lose;
  }

  setInterval(() => {
    if (isOver) return;
    if (document.hidden && source) source = source.close() || null;
    else if (!document.hidden && !source) listen();
    const isWhole = document.body && document.readyState !== "loading";
    if (told && isWhole && !(panel && panel.isConnected)) dress();
  }, EVERY);
  listen();
})();

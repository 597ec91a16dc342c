/**
 * A scan that was pressed -> as large as the screen. How does one look closer, and come back?
 *
 * Mouse: a press or the wheel. Fingers: two taps or two fingers, a swipe to the next. Keys: arrows,
 * Home, End, + and −; Escape closes. Comes after page.js, which opens the pictures.
 */
(function () {
  "use strict";
  const viewer = document.getElementById("viewer");
  if (!viewer || !viewer.showModal) return;
  const { openAsset, show } = window.StupeniPage;
  const MOST = 5; // a sheet of A4 is then read to its smallest stamp
  const STEP = 1.6;
  const SWIPE = 48; // pixels
  const TAP = 8; // pixels within which a finger is still
  const TWICE = 320; // milliseconds
  const part = (name) => viewer.querySelector(`.st-viewer__${name}`);
  const stage = part("stage");
  const hold = (value, most) => Math.min(most, Math.max(-most, value));
  const pictureOf = (scan) => scan.querySelector("img");
  let set = []; // the scans of one work
  let at = 0;
  let opener = null;
  let image = null;
  let look = { scale: 1, x: 0, y: 0 };

  // ---- one scan of a set ----

  function open(scan) {
    opener = scan;
    set = [...document.querySelectorAll(".st-scan")].filter((it) => it.dataset.set === scan.dataset.set);
    viewer.showModal();
    turnTo(set.indexOf(scan));
    part("close").focus();
  }

  function turnTo(place) {
    if (place < 0 || place >= set.length) return;
    at = place;
    const small = pictureOf(set[at]);
    image = document.createElement("img");
    image.draggable = false;
    image.alt = small ? small.alt : set[at].textContent;
    // What is known already fills the same room: nothing jumps when the large picture comes.
    if (small && small.currentSrc) image.src = small.currentSrc;
    stage.replaceChildren(image);
    put(1, 0, 0);
    say(set[at]);
    if (small && openAsset) show(image, small.dataset.screen);
    for (const near of [set[at + 1], set[at - 1]]) fetchAhead(near);
  }

  /** Title, whose it is, which page of how many; under it what can be seen. */
  function say(scan) {
    const count = viewer.dataset.count.replace("{n}", at + 1).replace("{all}", set.length);
    const work = scan.closest(".st-entry, .st-piece");
    const label = work && work.querySelector("h3");
    const by = (work && work.querySelector(".st-piece__by")) || document.querySelector("main h1");
    const { caption } = scan.dataset;
    const title = label && caption.startsWith(label.textContent) ? label.textContent : caption;
    const strong = document.createElement("strong");
    const whose = document.createElement("span");
    const small = document.createElement("small");
    strong.textContent = title;
    small.textContent = caption.replace(title, "").replace(/^\s*—\s*/, "");
    const told = [by && by.textContent.trim(), set.length > 1 && count];
    whose.textContent = told.filter(Boolean).join(" · ");
    part("caption").replaceChildren(strong, " ", whose, " ", small);
    part("copy").hidden = !copyOf(scan);
    for (const name of ["back", "on"]) part(name).hidden = set.length === 1;
    part("back").disabled = at === 0;
    part("on").disabled = at === set.length - 1;
    // Keys are heard where the focus is, and a button that has just gone has none.
    if (document.activeElement.matches("[hidden], :disabled") || !viewer.contains(document.activeElement)) part("close").focus();
  }

  const copyOf = (scan) => scan.parentElement.querySelector("[data-copy]:not([hidden])");

  function fetchAhead(scan) {
    const small = scan && pictureOf(scan);
    if (small && openAsset) Promise.resolve(openAsset(small.dataset.screen)).catch(() => {});
  }

  // ---- nearer and farther ----

  /** Draws the picture so large and so far from the middle, never out of the stage. */
  function put(scale, x, y) {
    const near = Math.min(MOST, Math.max(1, scale));
    const { clientWidth: width, clientHeight: height } = stage;
    const fit = Math.min(width / image.naturalWidth, height / image.naturalHeight) || 1;
    const spare = (drawn, room) => Math.max(0, (drawn * fit * near - room) / 2);
    look = {
      scale: near,
      x: hold(x, spare(image.naturalWidth, width)),
      y: hold(y, spare(image.naturalHeight, height)),
    };
    image.style.transform = `translate(${look.x}px, ${look.y}px) scale(${look.scale})`;
    stage.classList.toggle("is-large", near > 1);
    part("larger").disabled = near === MOST;
    part("smaller").disabled = near === 1;
    if (document.activeElement === part("smaller") && near === 1) part("larger").focus(); // it goes away
    if (near > 1) sharpen();
  }

  /** Nearer or farther; the point that is looked at stays where it is. */
  function zoom(scale, { clientX, clientY } = middle()) {
    const box = stage.getBoundingClientRect();
    const x = clientX - box.left - box.width / 2;
    const y = clientY - box.top - box.height / 2;
    const by = Math.min(MOST, Math.max(1, scale)) / look.scale;
    put(scale, x - (x - look.x) * by, y - (y - look.y) * by);
  }

  function middle() {
    const box = stage.getBoundingClientRect();
    return { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
  }

  const toggle = (point) => zoom(look.scale > 1 ? 1 : 2.5, point);

  function sharpen() {
    const small = pictureOf(set[at]);
    const now = image;
    if (!small || !small.dataset.zoom || !openAsset || now.dataset.sharp) return;
    now.dataset.sharp = "yes";
    openAsset(small.dataset.zoom).then((url) => (now.src = url), () => {});
  }

  // ---- fingers and the mouse ----

  const fingers = new Map();
  let began = null; // where the first finger came down, and how the picture stood
  let tapped = { when: 0 };

  const spread = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  const between = ([one, other]) => ({
    clientX: (one.clientX + other.clientX) / 2,
    clientY: (one.clientY + other.clientY) / 2,
  });

  function down(event) {
    if (event.button > 0 || !image) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    began = { event, look, two: fingers.size > 1 };
  }

  function move(event) {
    if (!fingers.has(event.pointerId)) return;
    const before = [...fingers.values()];
    fingers.set(event.pointerId, event);
    const now = [...fingers.values()];
    if (now.length > 1) {
      zoom((look.scale * spread(now)) / (spread(before) || 1), between(now));
      return;
    }
    const x = event.clientX - began.event.clientX;
    const y = event.clientY - began.event.clientY;
    if (began.two) return;
    if (look.scale > 1) put(look.scale, began.look.x + x, began.look.y + y);
    else if (event.pointerType !== "mouse") image.style.transform = `translate(${x}px, 0)`;
  }

  function up(event) {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size > 0 || began.two) return;
    const x = event.clientX - began.event.clientX;
    const still = Math.hypot(x, event.clientY - began.event.clientY) < TAP;
    if (still) tap(event);
    else if (look.scale === 1) swipe(x);
  }

  function swipe(x) {
    put(1, 0, 0);
    if (Math.abs(x) > SWIPE) turnTo(at + (x < 0 ? 1 : -1));
  }

  function tap(event) {
    const twice = event.timeStamp - tapped.when < TWICE;
    tapped = { when: twice ? 0 : event.timeStamp };
    if (event.pointerType === "mouse" || twice) toggle(event);
  }

  stage.addEventListener("pointerdown", down);
  stage.addEventListener("pointermove", move);
  stage.addEventListener("pointerup", up);
  stage.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(look.scale * Math.exp(-event.deltaY / 400), event);
  }, { passive: false });

  // ---- keys and buttons ----

  const aside = (x, y) => put(look.scale, look.x + x, look.y + y);
  const onwards = (by) => (look.scale > 1 ? aside(-by * 80, 0) : turnTo(at + by));
  const KEYS = {
    ArrowLeft: () => onwards(-1),
    ArrowRight: () => onwards(1),
    ArrowUp: () => aside(0, 80),
    ArrowDown: () => aside(0, -80),
    Home: () => turnTo(0),
    End: () => turnTo(set.findIndex((_, place) => !set[place + 1])),
    "+": () => zoom(look.scale * STEP),
    "=": () => zoom(look.scale * STEP),
    "-": () => zoom(look.scale / STEP),
    0: () => put(1, 0, 0),
  };

  viewer.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  const PRESSED = {
    back: () => turnTo(at - 1),
    on: () => turnTo(at + 1),
    larger: KEYS["+"],
    smaller: KEYS["-"],
    copy: () => copyOf(set[at]).click(),
    close: () => viewer.close(),
  };
  for (const [name, press] of Object.entries(PRESSED)) part(name).addEventListener("click", press);
  for (const scan of document.querySelectorAll(".st-scan")) {
    scan.addEventListener("click", () => open(scan));
  }
  viewer.addEventListener("close", () => {
    fingers.clear();
    stage.replaceChildren();
    opener.focus({ preventScroll: true });
  });
  window.addEventListener("resize", () => viewer.open && put(look.scale, look.x, look.y));
})();

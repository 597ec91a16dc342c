/**
 * Locked page + card -> the page itself. Who knocks, and what may be opened?
 *
 * The page replaces this one with document.write: it works on http and from a flash drive, keeps the
 * Content-Security-Policy, and leaves `Stupeni` alive for the page's own script.
 */
(function () {
  "use strict";
  const Stupeni = window.Stupeni;
  const { pack, derive, fromBase64, toBase64, toBase32 } = Stupeni.cipher;
  const { Refused, toWords, readCall, gunzip, context, checkPin, openFor, openWith, openRing } =
    Stupeni.envelope;
  const { fromWords, fromLink, fromFile, suggest } = Stupeni.codes;
  const { site, level, root, id } = document.documentElement.dataset;
  const STORE = `stupeni:${site}:${level}`;
  const STORES = ["sessionStorage", "localStorage"];
  const DAY = 24 * 60 * 60 * 1000;
  const REMEMBERED_DAYS = 30;
  const IDLE_MS = 30 * 60 * 1000;
  const HANDOVER_MS = 150;
  const LONGEST_FILE = 100; // bytes
  // By their first bytes; what is not named here must not be shown as a document of our origin.
  const TYPES = { RIFF: "image/webp", "\x89PNG": "image/png", "%PDF": "application/pdf" };

  let secret = null; // the 16 bytes of the card, once its keyring has opened
  let ring = null;
  let end = 0; // when the code of this tab has to go
  let late = false; // a code was here, and its time was up
  const byId = (name) => document.getElementById(name);
  const http = /^https?:$/.test(location.protocol); // on file:// all sticks are one origin

  // ---- what this browser keeps ----

  /**
   * Whether the code may be kept on the device or given to another tab: a family's only (other codes
   * go from a card into one tab), and never where any file saved on this device could read it.
   */
  const mayLeaveTab = () => http && ring !== null && ring.remember === true;

  /** A storage's answer; null where the browser forbids storage (then a code opens one page). */
  function storage(which, act) {
    try {
      return act(window[which]);
    } catch (forbidden) {
      return null;
    }
  }

  /** The code kept for this tab, or remembered on this device, if its time is not up. */
  function kept() {
    for (const which of STORES) {
      const entry = storage(which, (store) => JSON.parse(store.getItem(STORE)));
      const mine = entry && (http || which === "sessionStorage");
      if (mine && entry.until > Date.now()) return fromBase64(entry.code);
      late = late || mine;
      storage(which, (store) => store.removeItem(STORE));
    }
    return null;
  }

  /** Keeps the code for so many milliseconds; until when. */
  function keep(which, time) {
    const until = Date.now() + time;
    const code = toBase64(secret);
    storage(which, (store) => store.setItem(STORE, JSON.stringify({ code, until })));
    return until;
  }

  /** Keeps the code for this tab; one that may not leave it, for half an hour from the last touch. */
  function stay() {
    if (secret) end = keep("sessionStorage", mayLeaveTab() ? REMEMBERED_DAYS * DAY : IDLE_MS);
  }

  /** Closes the page when nobody has touched it for so long: at a school somebody else sits there. */
  function watch() {
    for (const touch of ["pointerdown", "keydown", "scroll"]) addEventListener(touch, stay, true);
    // Not one long timer: a computer that sleeps stops it.
    setInterval(() => end < Date.now() && location.reload(), 10000);
  }

  /** Remembers the code on this device for some days, 0 forgets it; whether it is remembered now. */
  function remember(days) {
    const wanted = mayLeaveTab() && days > 0;
    if (wanted) keep("localStorage", days * DAY);
    else storage("localStorage", (store) => store.removeItem(STORE));
    return wanted;
  }

  /** Whether this device has already seen a newer build: the host or the stick serves an old one. */
  function isOlderCopy() {
    const name = `${STORE}:count`; // stays after lock(): a number of builds, and no secret
    const highest = Number(storage("localStorage", (store) => store.getItem(name)));
    if (ring.count >= highest) storage("localStorage", (store) => store.setItem(name, ring.count));
    return ring.count < highest;
  }

  function forget() {
    secret = null;
    for (const which of STORES) storage(which, (store) => store.removeItem(STORE));
  }

  // ---- other tabs: a new tab does not share sessionStorage, so it asks one that is open ----

  const tabs = http && window.BroadcastChannel ? new BroadcastChannel(STORE) : null;
  let answered = () => {};
  if (tabs) {
    tabs.onmessage = ({ data }) => {
      if (data === "ask" && secret && mayLeaveTab()) tabs.postMessage({ code: toBase64(secret) });
      if (data === "lock" && secret) leave();
      if (data.code) answered(fromBase64(data.code));
    };
  }

  /** The code from another open tab of this site and level, or null. */
  function askTabs() {
    if (!tabs) return null;
    return new Promise((resolve) => {
      answered = resolve;
      setTimeout(resolve, HANDOVER_MS, null);
      tabs.postMessage("ask");
    });
  }

  function leave() {
    forget();
    location.replace(`${root}index.html`);
  }

  // ---- sealed files ----

  const arrived = {};
  window.__pf = (name, payload) => (arrived[name] = payload);

  /** What stands in a sealed file on a stick: fetch() does not work there, a script does. */
  const run = (address, name, absent) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onerror = () => reject(new Refused(absent));
      script.onload = () => {
        script.remove();
        resolve(arrived[name]);
        delete arrived[name];
      };
      document.head.append(script);
    });

  /** Text of a file on a host: one that does not answer is not one that has no such file. */
  async function read(address, folder, absent) {
    const lose = () => Promise.reject(new Refused("no-connection"));
    // Whatever the host lets a browser keep: a keyring and a sheet of two releases open nothing.
    const got = await fetch(address, { cache: folder === "a" ? "default" : "no-cache" }).catch(lose);
    if (got.ok) return got.text().catch(lose);
    return got.status < 500 ? Promise.reject(new Refused(absent)) : lose();
  }

  /** Bytes of a sealed file, or null. From a host it is text and never runs, whatever it says. */
  async function load(folder, name, absent = "damaged") {
    const address = `${root}${folder}/${name}.js`;
    if (!http) return fromBase64(await run(address, name, absent));
    return readCall(await read(address, folder, absent), name);
  }

  async function readRing(candidate) {
    const locator = toBase32(await derive(candidate, pack("locator", site), 10));
    const raw = await load("k", locator, "wrong-code");
    return JSON.parse(toWords(await openRing(raw, site, level, locator, candidate)));
  }

  /** This page's HTML, if it is of the very release that the ring is of, and a key opens it. */
  async function readPage(sheet) {
    const raw = fromBase64(byId("sealed").content.textContent) || new Uint8Array();
    await checkPin(raw, id, await sheet, ring);
    return toWords(await openFor(raw, context(site, level, "page", id), ring.keys.map(fromBase64)));
  }

  /** What is sealed in a file by its name and key: a picture, a copy, an index. */
  const openFile = async ([oid, key]) =>
    openWith(await load("a", oid), context(site, level, "asset", oid), fromBase64(key));

  async function readAsset(reference) {
    const content = await openFile(reference.split("#"));
    const type = TYPES[String.fromCharCode(...content.subarray(0, 4))];
    return URL.createObjectURL(new Blob([content], { type: type || "application/octet-stream" }));
  }

  const assets = new Map();

  /** `oid#key` -> a blob: URL, opened once; rejects when the file is missing or was changed. */
  function openAsset(reference) {
    if (!assets.has(reference)) {
      const url = readAsset(reference);
      assets.set(reference, url);
      url.catch(() => assets.delete(reference)); // a lost connection may be tried again
    }
    return assets.get(reference);
  }

  // ---- the form ----

  const form = byId("unlock");
  const field = byId("code");
  const list = byId("suggestions");
  const message = byId("message");
  const texts = JSON.parse(byId("texts").textContent);

  /** Shows the form; `code` names a text, `slip` fills the places in it. */
  function ask(code, slip = {}) {
    const fill = (whole, name) => slip[name];
    message.textContent = code ? texts[code].replace(/\{(\w+)\}/g, fill) : "";
    form.hidden = false;
  }

  /** Says why no code can help here. */
  function stop(code) {
    ask(code);
    for (const control of form.elements) control.disabled = true;
  }

  function offerOwnHome() {
    const link = document.createElement("a");
    link.href = `${root}p/${ring.home}.html`;
    link.textContent = texts["own-page"];
    message.append("\n", link);
  }

  // ---- suggestions for the word at the caret ----

  let picked = -1;

  function offer() {
    const typed = /[а-яё]*$/i.exec(field.value.slice(0, field.selectionStart))[0].toLowerCase();
    const words = suggest(typed);
    list.textContent = "";
    for (const word of words) {
      const option = document.createElement("li");
      option.id = `suggestion-${list.children.length}`;
      option.setAttribute("role", "option");
      option.textContent = word;
      list.append(option);
    }
    list.hidden = words.length === 0 || words[0] === typed;
    point(-1);
  }

  /** Marks one suggestion, -1 none. */
  function point(at) {
    picked = at;
    for (const option of list.children) {
      option.setAttribute("aria-selected", String(option === list.children[at]));
    }
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[at].id);
  }

  function take(word) {
    const before = field.value.slice(0, field.selectionStart).replace(/[а-яё]*$/i, `${word} `);
    field.value = before + field.value.slice(field.selectionStart).replace(/^[а-яё]*\s*/i, "");
    field.setSelectionRange(before.length, before.length);
    field.focus();
    offer();
  }

  /** Arrows walk the suggestions, Enter or Tab takes the marked one, Escape closes them. */
  function onKey(event) {
    const count = list.hidden ? 0 : list.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (count && step) point(picked < 0 && step < 0 ? count - 1 : (picked + step + count) % count);
    else if (count && picked >= 0 && (event.key === "Enter" || event.key === "Tab")) {
      take(list.children[picked].textContent);
    } else if (count && event.key === "Escape") list.hidden = true;
    else return;
    event.preventDefault();
  }

  // ---- the way in ----

  /** Takes the code out of the address at once: it must not stay on the screen or be copied. */
  function takeLink() {
    const { hash, pathname, search } = location;
    if (!hash.startsWith("#k=")) return undefined;
    history.replaceState(null, "", pathname + search);
    return fromLink(hash);
  }

  /** Whether the file still bears its own name: a page swapped for another must not pass for it. */
  function hasOwnName() {
    return !id || location.pathname.split("/").pop().replace(/\.html$/, "") === id;
  }

  /** Replaces the locked page by the opened one. */
  async function showPage(sheet) {
    const html = await readPage(sheet);
    const older = isOlderCopy();
    // What the page's script may know; the ring's keys stay in here.
    const { title, home, menu } = ring;
    Stupeni.ring = Object.freeze({ title, home, menu, remember: mayLeaveTab() });
    document.open();
    // document.open() has just removed every listener, so these come between it and the page.
    watch();
    window.addEventListener("pageshow", (event) => {
      if (event.persisted && kept() === null) location.reload(); // "Back" after lock()
    });
    document.addEventListener("DOMContentLoaded", () => {
      if (!older) return;
      const notice = document.createElement("p");
      notice.className = "older-copy";
      notice.setAttribute("role", "status");
      notice.textContent = texts["older-copy"];
      (document.querySelector("main") || document.body).prepend(notice);
    });
    document.write(html);
    document.close();
  }

  /** Opens with a code: goes home from the front page, shows the page elsewhere. */
  async function enter(candidate, wantsRemembering) {
    try {
      const sheet = id && load("s", id[0]); // beside the keyring, not after it
      if (sheet) sheet.catch(() => {}); // told when it is looked at
      ring = await readRing(candidate);
      secret = candidate;
      stay();
      if (wantsRemembering) remember(REMEMBERED_DAYS);
      if (id) await showPage(sheet);
      else location.replace(`${root}p/${ring.home}.html`);
    } catch (wrong) {
      ask(wrong.code in texts ? wrong.code : "damaged");
      if (wrong.code === "wrong-page") offerOwnHome();
    }
  }

  /** What was typed -> the page, or the text that says which word to look at. */
  async function onSubmit(event) {
    event.preventDefault();
    list.hidden = true;
    ask("opening");
    const linked = fromLink(field.value);
    const read = linked ? { secret: linked } : await fromWords(field.value);
    if (read.secret) return enter(read.secret, byId("remember").checked);
    ask(read.fault, read);
    return field.focus();
  }

  /** A code file -> the page; never remembered. */
  async function onFile({ target }) {
    const [file] = target.files;
    if (!file) return;
    ask("opening");
    const text = file.size > LONGEST_FILE ? "" : await file.text().catch(() => "");
    target.value = ""; // or it could not be chosen again
    const read = fromFile(text, site, level);
    if (read.secret) enter(read.secret, false);
    else ask(read.fault);
  }

  async function begin() {
    form.hidden = true; // no flash: the form appears only when nothing opens without it
    if (!window.crypto || !crypto.subtle) return stop("needs-https");
    if (!window.DecompressionStream) return stop("too-old-browser");
    if (!hasOwnName()) return stop("renamed");
    const linked = takeLink();
    if (linked === null) return ask("wrong-link");
    const candidate = linked || kept() || (await askTabs());
    return candidate ? enter(candidate, false) : ask(late && "time-is-up");
  }

  /** The texts that this card finds in, in the order of its ring. */
  const openIndexes = () =>
    Promise.all(ring.find.map(async (one) => toWords(await gunzip(await openFile(one.split("#"))))));

  Object.assign(Stupeni, { root, openAsset, openIndexes, remember });

  /** Closes the portfolio and forgets its code, in every tab; on file:// none other can be told. */
  Stupeni.lock = () => {
    if (tabs) tabs.postMessage("lock");
    leave();
  };

  // A list of options without options is a fault to a screen reader, so it is one only when shown.
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", texts.suggestions);
  byId("remember").disabled = !http;
  byId("remember").parentElement.hidden = !http;
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  form.addEventListener("submit", onSubmit);
  byId("file").addEventListener("change", onFile);
  field.addEventListener("input", offer);
  field.addEventListener("keydown", onKey);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the keyboard up
  list.addEventListener("click", (event) => {
    if (event.target.matches("[role=option]")) take(event.target.textContent);
  });
  window.addEventListener("hashchange", () => location.hash.startsWith("#k=") && begin());
  // document.open() during parsing would be ignored, so the page is whole first.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();

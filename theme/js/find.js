/**
 * Words typed -> works and people to go to. What does this card find?
 *
 * Opens the indexes that the keyring names when the reader first steps into the field. What is
 * typed stays in this page: it gets into no address, no storage and no request.
 */
(function () {
  "use strict";
  const Stupeni = window.Stupeni;
  // What is open to everybody has no keyring and nothing sealed to look in.
  if (!Stupeni || !Stupeni.openIndexes) return;
  const box = document.getElementById("seek");
  const field = box.querySelector("input");
  const list = box.querySelector("ul");
  const said = box.querySelector("[role=status]");
  const found = box.querySelector(".st-seek__found");
  const SHOWN = 12;

  // ---- Russian words ----

  const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
  const RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю";
  const ENDING = new RegExp(
    "^([аяоеыиуюьй]|[аяоыие]й|[ое]ю|[аяоеыи]м|[аяеиы]х|[ое]в|[аоуыиеяью]ю|[аяоеыиь]е|[аяьи]я|ии|ьи" +
      "|[иь]е[мйв]|[иь]я[мх]|[иь]ями|[аяыи]ми|[ое]го|[ое]му)?$",
  );

  /** Small letters, ё as е, the class 4 «А» in one word; without the joiners of what was copied from a page. */
  const plain = (words) =>
    words.normalize("NFC").toLowerCase().replace(/\u2060/g, "").replace(/ё/g, "е").replace(/(\d+)\s*[«"„“]?([а-я])[»"”]?(?![а-я])/g, "$1$2");
  const split = (words) => plain(words).match(/[\p{L}\p{N}]+/gu) || [];

  /** What was typed with the keyboard set to the other language. */
  const switched = (words) =>
    [...words.toLowerCase()]
      .map((key) => RUSSIAN[LATIN.indexOf(key)] || LATIN[RUSSIAN.indexOf(key)] || key)
      .join("");

  /** How near a word is to what was typed: 0 the same, 1 another form, 2 begins so, 9 is not it. */
  function distance(typed, word) {
    if (typed === word) return 0;
    let same = 0;
    while (same < typed.length && typed[same] === word[same]) same += 1;
    const ends = (back) => [typed, word].every((one) => ENDING.test(one.slice(same - back)));
    if ((same > 2 && ends(0)) || (same > 3 && ends(1))) return 1;
    // «Льва» and «Лев», «песен» and «песня»: a vowel that comes and goes before the last consonant.
    const [mine, its] = [typed, word].map((one) => one.slice(same).replace(/^[еоьй]/, ""));
    const fleeting = /^[^аеиоуыэюя]/.test(mine) && mine[0] === its[0];
    if (same > 0 && fleeting && ENDING.test(mine.slice(1)) && ENDING.test(its.slice(1))) return 1;
    return same === typed.length ? 2 : 9;
  }

  // ---- what there is: people and their works ----

  let things = [];
  const places = new Map(); // word -> numbers of things, with the field where it stands

  function learn(thing, words) {
    const number = things.push(thing) - 1;
    words.forEach((text, where) => {
      for (const word of split(text)) {
        if (!places.has(word)) places.set(word, []);
        places.get(word).push([number, where]);
      }
    });
  }

  /** The numbers that stand in a column, a character each. */
  const numbers = (letters) => [...letters].map((one) => one.codePointAt(0) - 48);
  /** A column of words, each of which is told once. */
  const labels = ([known, letters]) => numbers(letters).map((number) => known[number]);

  /** The works of every page of an index, as they follow each other there (seal-v2.md §6). */
  function laid(index) {
    const years = labels(index.years);
    const books = numbers(index.works).map((count) => years.splice(0, count).map((year) => ({ year })));
    const [same, step, place] = [index.same, index.step, index.place].map(numbers);
    const [kinds, events] = [labels(index.kinds), labels(index.events)];
    let [title, book] = [[], 0];
    for (const [row, rest] of index.rest.entries()) {
      title = [...title.slice(0, same[row]), ...rest];
      book = (book + step[row]) % books.length;
      Object.assign(books[book][place[row]], { title: title.join(""), kind: kinds[row], event: events[row] });
    }
    return books;
  }

  /** Takes in an index; of a student known from a fuller one nothing more. */
  function read(index, known) {
    const { pages, tags, names, classes } = index;
    const books = laid(index);
    const fresh = [...tags.keys()].filter((book) => !known.has(tags[book]));
    for (const book of fresh) {
      const [page, name, room] = [`${pages[book]}.html`, names[book], classes[book]];
      known.add(tags[book]);
      const person = `${box.dataset.person} · ${room}`;
      learn({ href: page, title: name, under: person, isPerson: true }, [name, "", room]);
      for (const [before, { title, kind, event, year }] of books[book].entries()) {
        const place = before + 1;
        const what = event.startsWith(title) ? "" : event; // an event is mostly called as the work is
        const under = [`${name}, ${room}`, what, year ? `${kind},\u00a0${year}` : kind].filter(Boolean).join("\u00a0· ");
        learn({ href: `${page}#work=${place}`, title, under, place }, [name, title, event, `${kind} ${year}`, room]);
      }
    }
  }

  /** Everything that this card finds, read once; the reader's own first. */
  async function readAll() {
    const known = new Set();
    things = [];
    places.clear();
    // In the keyring's order: the first that has a student shows the most of them.
    for (const text of await Stupeni.openIndexes()) read(JSON.parse(text), known);
  }

  // ---- what was typed -> what is shown ----

  /** Things in which every word of these is found: people, titles, then the rest; nearest first. */
  function seek(words) {
    const near = new Map(); // number of a thing -> for each word how near, and in which field
    words.forEach((typed, index) => {
      for (const [word, standing] of places) {
        const far = distance(typed, word);
        if (far > 2) continue;
        for (const [number, where] of standing) {
          if (!near.has(number)) near.set(number, []);
          const before = near.get(number)[index];
          if (!before || before[1] * 3 + before[0] > where * 3 + far) near.get(number)[index] = [far, where];
        }
      }
    });
    const hits = [];
    for (const [number, each] of near) {
      const thing = things[number];
      // A work is not found by its owner's name alone: the owner is.
      const fits = thing.isPerson || each.some(([, where]) => where > 0 && where < 4);
      if (!fits || !words.every((typed, index) => each[index])) continue;
      let order = thing.isPerson ? 0 : 100;
      for (const [far, where] of each) order += far + where * 3;
      hits.push([order, number]);
    }
    hits.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    return hits.map(([, number]) => things[number]);
  }

  function search() {
    const typed = field.value.trim();
    if (split(typed).length === 0) return show([], "");
    for (const words of [split(typed), split(switched(typed))]) {
      const hits = seek(words);
      const rows = hits.slice(0, SHOWN).map((hit, index) => row(hit, index, words));
      if (rows.length > 0) return show(rows, hits.length > SHOWN ? box.dataset.more : box.dataset.there);
    }
    return show([], box.dataset.none);
  }

  function show(hits, words) {
    list.replaceChildren(...hits);
    list.hidden = hits.length === 0;
    said.textContent = words;
    said.classList.toggle("st-unseen", hits.length > 0 && hits.length < SHOWN);
    found.hidden = words === "";
    field.setAttribute("aria-expanded", String(hits.length > 0));
    mark(null);
  }

  /** The whole row is a link: it can be opened beside, too; the field keeps the focus. */
  function row(hit, index, typed) {
    const item = document.createElement("li");
    item.setAttribute("role", "none");
    item.append(option(hit, index, typed));
    return item;
  }

  /** A title or what stands under it; in bold the words for which it was found. */
  function told(tag, title, typed) {
    const whole = document.createElement(tag);
    const isHit = (part) => split(part).some((word) => typed.some((one) => distance(one, word) < 9));
    for (const part of title.split(/([\p{L}\p{N}]+)/u)) {
      const bold = document.createElement("b");
      bold.textContent = part;
      whole.append(isHit(part) ? bold : part);
    }
    return whole;
  }

  function option(hit, index, typed) {
    const item = document.createElement("a");
    item.id = `seek-${index}`;
    item.href = hit.href;
    item.tabIndex = -1;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(told("strong", hit.title, typed), told("span", hit.under, typed));
    item.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(hit);
    });
    return item;
  }

  /** To the page; on this very page to the work. */
  function go({ href, place }) {
    show([], "");
    field.value = "";
    if (!location.pathname.endsWith(`/${href.split("#")[0]}`)) return location.assign(href);
    if (place) return location.assign(`#${document.querySelectorAll(".st-entry")[place - 1].id}`);
    field.blur();
    return scrollTo(0, 0);
  }

  // ---- the keyboard ----

  let marked = null;

  /** Marks one option, or none. */
  function mark(item) {
    if (marked) marked.setAttribute("aria-selected", "false");
    marked = item;
    if (!item) return field.removeAttribute("aria-activedescendant");
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    return field.setAttribute("aria-activedescendant", item.id);
  }

  function onKey(event) {
    const rows = [...list.children].map((item) => item.firstElementChild);
    const at = rows.indexOf(marked);
    if (event.key === "ArrowDown") mark(rows[at + 1] || rows[0] || null);
    else if (event.key === "ArrowUp") mark(rows[at - 1] || rows.at(-1) || null);
    else if (event.key === "Enter") {
      if (rows[0]) (marked || rows[0]).click();
    } else if (event.key === "Escape") {
      if (found.hidden) field.value = "";
      show([], "");
    } else return;
    event.preventDefault();
  }

  let reading = null;
  let ready = false;

  function open() {
    if (!reading) reading = readAll().then(() => (ready = true));
    reading.catch(() => (reading = null)); // a lost connection may be tried again
    return reading;
  }

  async function onInput() {
    try {
      if (!ready) show([], box.dataset.opening);
      await open();
      if (document.activeElement === field) search();
    } catch (damaged) {
      show([], box.dataset.broken);
    }
  }

  /** What was found is named by its place on the page; the work's own name takes over. */
  function arrive() {
    const [, place] = /^#work=(\d+)$/.exec(location.hash) || [];
    const work = place && document.querySelectorAll(".st-entry")[place - 1];
    if (work) location.replace(`#${work.id}`);
  }

  const onFocus = () => (field.value ? onInput() : open().catch(() => {}));
  field.addEventListener("focus", onFocus);
  field.addEventListener("input", onInput);
  field.addEventListener("keydown", onKey);
  field.addEventListener("blur", () => show([], ""));
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the keyboard up
  arrive();
  if (document.activeElement === field) onFocus(); // stepped in before this script was here
})();

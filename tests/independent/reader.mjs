/**
 * Sealed sites and vectors -> what a reader finds in them, told as JSON.
 *
 * Written from schema/seal-v2.md alone; shares no line with generator/seal or theme/seal. Where it
 * differs from either of those, the specification decides or is mended.
 *
 *   node reader.mjs vectors schema/vectors/seal-v2.json
 *   node reader.mjs site FOLDER WORD-LIST CODE          (22 letters, a link, or 12 words)
 */
import { createDecipheriv, createCipheriv, createHash, createHmac, hkdfSync } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

class NotOpen extends Error {}

// ---- §1, §2: words and primitives ----

const bytes = (thing) => (typeof thing === "string" ? Buffer.from(thing, "utf8") : thing);
const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts.map(bytes))).digest();
const hmac = (key, message) => createHmac("sha256", key).update(message).digest();
const HKDF = (key, info, length) =>
  Buffer.from(hkdfSync("sha256", key, bytes("pfseal/v1"), bytes(info), length));

function LP(...items) {
  return Buffer.concat(items.map(bytes).flatMap((item) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(item.length);
    return [length, item];
  }));
}

const bitsOf = (raw) => [...raw].map((byte) => byte.toString(2).padStart(8, "0")).join("");

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const base32 = (raw) =>
  bitsOf(raw).match(/.{5}/g).map((five) => LETTERS[parseInt(five, 2)]).join("");

function closeGCM(key, aad, text) {
  const cipher = createCipheriv("aes-256-gcm", key, Buffer.alloc(12));
  cipher.setAAD(aad);
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

function openGCM(key, aad, closed) {
  if (closed.length < 16) throw new NotOpen("too short for a tag");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.alloc(12), { authTagLength: 16 });
  decipher.setAAD(aad);
  decipher.setAuthTag(closed.subarray(-16));
  try {
    return Buffer.concat([decipher.update(closed.subarray(0, -16)), decipher.final()]);
  } catch {
    throw new NotOpen("wrong key or changed bytes");
  }
}

// ---- §5: body ----

function unframe(body, gzip) {
  if (body.length < 4) throw new NotOpen("no frame");
  const end = 4 + body.readUInt32BE(0);
  if (end > body.length) throw new NotOpen("length beyond the body");
  if (body.subarray(end).some((byte) => byte !== 0)) throw new NotOpen("padding that is not zero");
  const content = body.subarray(4, end);
  return gzip ? gunzipSync(content) : content;
}

function padme(length) {
  const exponent = Math.floor(Math.log2(length));
  const unit = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1));
  return Math.ceil(length / unit) * unit;
}

// ---- §4: sealed object ----

function parse(raw) {
  if (raw.length < 22 || raw.toString("latin1", 0, 4) !== "PFS1") throw new NotOpen("no PFS1");
  const [flags, count] = [raw[4], raw[5]];
  if (flags > 1) throw new NotOpen("unknown flag");
  if (![1, 2, 4, 8, 16].includes(count)) throw new NotOpen("number of slots");
  const end = 22 + 48 * count;
  if (raw.length < end + 32 + 16) throw new NotOpen("cut");
  const slots = Array.from({ length: count }, (_, j) => raw.subarray(22 + 48 * j, 70 + 48 * j));
  return {
    gzip: flags === 1, flags, slots, salt: raw.subarray(6, 22), header: raw.subarray(0, end),
    mac: raw.subarray(end, end + 32), closed: raw.subarray(end + 32),
  };
}

const contextOf = ({ site, level }, kind, oid) => LP("pfseal/v1", site, level, kind, oid);

function bodyOf(object, ctx, cek) {
  const { header, mac, closed } = object;
  const due = hmac(HKDF(cek, "header", 32), Buffer.concat([ctx, header]));
  if (!due.equals(mac)) throw new NotOpen("mac");
  return openGCM(HKDF(cek, "body", 32), Buffer.concat([ctx, header, mac]), closed);
}

function contentKey(object, ctx, compartmentKey) {
  const key = HKDF(compartmentKey, LP("slot", ctx, object.salt), 32);
  for (const slot of object.slots) {
    try {
      return openGCM(key, ctx, slot);
    } catch (wrong) {
      if (!(wrong instanceof NotOpen)) throw wrong;
    }
  }
  return null; // no slot for this reader
}

// ---- §3: what the builder does, to check the vectors from the master on ----

function builder({ master, site, level }) {
  const M = Buffer.from(master, "hex");
  return {
    compartment: (name, epoch) => HKDF(M, LP("compartment", site, level, name, String(epoch)), 32),
    secret: (name, epoch) => HKDF(M, LP("audience", site, level, name, String(epoch)), 16),
    oid: (kind, path) => base32(HKDF(M, LP("oid", site, level, kind, path), 10)),
    cek: (ctx, head, body, readers) => {
      const sorted = [...readers].sort(Buffer.compare);
      const both = HKDF(M, LP("cek", ctx, head, sha256(body), sha256(LP(...sorted))), 48);
      return [both.subarray(0, 32), both.subarray(32)];
    },
    dummyPin: (letter, count, j) =>
      HKDF(M, LP("dummy-pin", site, level, letter, String(count), String(j)), 16),
    dummy: (ctx, salt, j) => HKDF(M, LP("dummy", ctx, salt, String(j)), 48),
  };
}

/** A whole object made anew from its body: equal bytes prove that the specification says it all. */
function reseal(keys, ctx, { flags, slots }, body, readers, isPage) {
  const head = Buffer.from([flags, slots.length]);
  const [cek, salt] = keys.cek(ctx, head, body, readers);
  const own = isPage ? readers : [];
  const made = own.map((key) => closeGCM(HKDF(key, LP("slot", ctx, salt), 32), ctx, cek));
  for (let j = own.length; j < slots.length; j += 1) made.push(keys.dummy(ctx, salt, j));
  const header = Buffer.concat([bytes("PFS1"), head, salt, ...made.sort(Buffer.compare)]);
  const mac = hmac(HKDF(cek, "header", 32), Buffer.concat([ctx, header]));
  const closed = closeGCM(HKDF(cek, "body", 32), Buffer.concat([ctx, header, mac]), body);
  return Buffer.concat([header, mac, closed]);
}

// ---- §6: keyring ----

function openRing(raw, { site, level }, secret) {
  if (raw.toString("latin1", 0, 4) !== "PFR2") throw new NotOpen("no PFR2");
  const salt = raw.subarray(4, 20);
  const key = HKDF(secret, LP("keyring", site, salt), 32);
  const aad = LP("pfring/v2", site, level, locatorOf(site, secret));
  const body = openGCM(key, aad, raw.subarray(20));
  if (!sha256(body).subarray(0, 16).equals(salt)) throw new NotOpen("ring_salt");
  return JSON.parse(unframe(body, true).toString("utf8"));
}

const locatorOf = (site, secret) => base32(HKDF(secret, LP("locator", site), 10));

// ---- §6: pins ----

const pinOf = (name, raw) => sha256(LP(name, raw)).toString("hex", 0, 16);
const markOf = (count, pin) => pinOf(String(count), Buffer.from(pin, "hex"));
const pinsIn = (raw) => raw.toString("hex").match(/.{32}/g);

/** All sheets of these pins, from the master on. */
function sheetsOf(keys, count, pins) {
  const own = [...LETTERS].map((letter) => pins.filter(([oid]) => oid[0] === letter));
  const number = padme(Math.max(16, ...own.map((each) => each.length)));
  return own.map((each, place) => {
    const all = each.map(([, pin]) => markOf(count, pin));
    while (all.length < number) {
      all.push(keys.dummyPin(LETTERS[place], count, all.length).toString("hex"));
    }
    return Buffer.from(all.sort().join(""), "hex");
  });
}

// ---- §7: files ----

function readScript(folder, kind, name) {
  const text = readFileSync(join(folder, kind, `${name}.js`), "utf8");
  const call = /^__pf\("([a-z2-7]{16}|[a-z2-7])","([A-Za-z0-9+/=]+)"\)\s*$/.exec(text);
  if (!call || call[1] !== name) throw new NotOpen("no such call");
  return Buffer.from(call[2], "base64");
}

function readPage(folder, oid) {
  const html = readFileSync(join(folder, "p", `${oid}.html`), "utf8");
  const found = /<template id="sealed"[^>]*>([A-Za-z0-9+/=]+)<\/template>/.exec(html);
  if (!found) throw new NotOpen("no sealed object");
  return Buffer.from(found[1], "base64");
}

function readPlace(folder) {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  const attribute = (name) => new RegExp(`<html[^>]* data-${name}="([^"]*)"`).exec(html)[1];
  return { site: attribute("site"), level: attribute("level") };
}

// ---- §8: codes ----

function readCode(text, list) {
  const link = /(?:#k=)?([\w-]{22})$/.exec(text);
  if (link) return Buffer.from(link[1], "base64url");
  const deciding = (word) => word.normalize("NFC").toLowerCase().replaceAll("ё", "е").slice(0, 4);
  const place = new Map(list.map((word, number) => [deciding(word), number]));
  const typed = text.normalize("NFC").match(/[а-яё]+/gi) ?? [];
  const eleven = (word) => place.get(deciding(word)).toString(2).padStart(11, "0");
  const bits = typed.map(eleven).join("");
  const secret = Buffer.from(bits.slice(0, 128).match(/.{8}/g).map((octet) => parseInt(octet, 2)));
  const check = bitsOf(sha256(secret)).slice(0, 4);
  if (bits.length !== 132 || bits.slice(128) !== check) throw new NotOpen("check bits");
  return secret;
}

function wordNumbers(secret) {
  const bits = bitsOf(secret) + bitsOf(sha256(secret));
  return bits.slice(0, 132).match(/.{11}/g).map((eleven) => parseInt(eleven, 2));
}

// ---- the two things this program is asked ----

function tellVectors(file) {
  const vectors = JSON.parse(readFileSync(file, "utf8"));
  const keys = builder(vectors);
  const keyOf = (name) => Buffer.from(vectors.compartments[name], "hex");
  const failed = [];
  const expect = (what, holds) => holds || failed.push(what);
  for (const [name, epoch] of Object.entries(vectors.epochs)) {
    expect(`key of ${name}`, keys.compartment(name, epoch).equals(keyOf(name)));
  }
  const { name, epoch, secret, link, locator, ...card } = vectors.audience;
  const code = Buffer.from(secret, "hex");
  expect("secret", keys.secret(name, epoch).equals(code));
  expect("locator", locatorOf(vectors.site, code) === locator);
  expect("link", readCode(link, []).equals(code));
  expect("words", wordNumbers(code).join() === card.word_numbers.join());
  const ring = openRing(Buffer.from(card.ring_file, "base64"), vectors, code);
  expect("keyring", JSON.stringify(ring) === JSON.stringify(card.ring));
  const { pages, count, length, first, sheets } = vectors.sheets;
  const oids = Array.from({ length: pages }, (_, n) => keys.oid("page", `page/${n}`));
  const made = sheetsOf(keys, count, oids.map((oid) => [oid, pinOf(oid, "")]));
  expect("sheet", made[0].length === length && made[0].toString("base64") === first);
  expect("sheets", made.map((sheet, place) => pinOf(LETTERS[place], sheet)).join("") === Buffer.from(sheets, "base64url").toString("hex"));
  for (const row of vectors.objects) {
    const raw = Buffer.from(row.sealed, "base64");
    const [object, ctx] = [parse(raw), contextOf(vectors, row.kind, row.oid)];
    const readers = row.bound_to.map(keyOf);
    const cek = Buffer.from(row.cek, "hex");
    const body = bodyOf(object, ctx, cek);
    const content = unframe(body, object.gzip);
    const framed = 4 + body.readUInt32BE(0);
    const isPage = row.kind === "page";
    expect(`${row.path}: oid`, keys.oid(row.kind, row.path) === row.oid);
    expect(`${row.path}: content`, content.equals(Buffer.from(row.content, "base64")));
    expect(`${row.path}: padding`, body.length === Math.max(256, padme(framed)));
    for (const one of row.readers) {
      expect(`${row.path}: slot of ${one}`, contentKey(object, ctx, keyOf(one)).equals(cek));
    }
    expect(`${row.path}: made anew`, reseal(keys, ctx, object, body, readers, isPage).equals(raw));
  }
  return { objects: vectors.objects.length, compartments: Object.keys(vectors.epochs).length, failed };
}

/** The page, or null when no key of the ring has a slot in it. */
function openPage(folder, place, ring, oid) {
  const [raw, sheet] = [readPage(folder, oid), readScript(folder, "s", oid[0])];
  const vouched = pinsIn(Buffer.from(ring.sheets, "base64url"))[LETTERS.indexOf(oid[0])];
  if (vouched !== pinOf(oid[0], sheet)) throw new NotOpen("sheet");
  if (!pinsIn(sheet).includes(markOf(ring.count, pinOf(oid, raw)))) throw new NotOpen("pin");
  const [object, ctx] = [parse(raw), contextOf(place, "page", oid)];
  for (const key of ring.keys) {
    const cek = contentKey(object, ctx, Buffer.from(key, "base64url"));
    if (cek) return unframe(bodyOf(object, ctx, cek), object.gzip).toString("utf8");
  }
  return null;
}

function tellSite(folder, words, typed) {
  const place = readPlace(folder);
  const secret = readCode(typed, readFileSync(words, "utf8").split(/\s+/).filter(Boolean));
  const locator = locatorOf(place.site, secret);
  if (!existsSync(join(folder, "k", `${locator}.js`))) return { opens: false };
  const ring = openRing(readScript(folder, "k", locator), place, secret);
  const found = { opens: true, title: ring.title, pages: {}, assets: {}, refused: [] };
  const named = / data-(?:sealed|screen|zoom|copy)="([a-z2-7]{16}#[\w-]{43})"/g;
  const references = new Set();
  for (const oid of readdirSync(join(folder, "p")).map((name) => name.replace(".html", ""))) {
    try {
      const html = openPage(folder, place, ring, oid);
      if (html === null) continue;
      found.pages[oid] = sha256(html).toString("hex");
      for (const [, reference] of html.matchAll(named)) references.add(reference);
    } catch (wrong) {
      if (!(wrong instanceof NotOpen)) throw wrong;
      found.refused.push(`${oid}: ${wrong.message}`);
    }
  }
  for (const reference of references) {
    const [oid, key] = reference.split("#");
    const object = parse(readScript(folder, "a", oid));
    const ctx = contextOf(place, "asset", oid);
    const body = bodyOf(object, ctx, Buffer.from(key, "base64url"));
    found.assets[oid] = sha256(unframe(body, object.gzip)).toString("hex");
  }
  return found;
}

const [what, ...given] = process.argv.slice(2);
const told = what === "vectors" ? tellVectors(...given) : tellSite(...given);
process.stdout.write(JSON.stringify(told));

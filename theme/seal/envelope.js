/**
 * Sealed object or keyring file + key -> what is inside (schema/seal-v2.md; envelope.py's twin).
 *
 * Nothing from the host is believed before its tag is checked: a reader refuses, never guesses.
 */
(function () {
  "use strict";
  const Stupeni = (window.Stupeni = window.Stupeni || {});
  const { LETTERS, join, pack, derive, unclose, isSigned, digest, fromBase64, toBase64 } =
    Stupeni.cipher;
  const GZIP = 1; // bit 0 of the flags; any other bit is refused
  const SLOT = 48;
  const PIN = 16;
  const bytesOf = (text) => new TextEncoder().encode(text);
  const toWords = (content) => new TextDecoder().decode(content);

  /** These bytes do not open; `code` names the text for a person. */
  class Refused extends Error {
    constructor(code) {
      super(code);
      this.code = code;
    }
  }

  function hasMagic(raw, magic) {
    return raw !== null && String.fromCharCode(...raw.subarray(0, 4)) === magic;
  }

  /** The fields of a sealed object; refuses anything else. */
  function parse(raw) {
    if (!hasMagic(raw, "PFS1") || raw.length < 22) throw new Refused("damaged");
    const count = raw[5];
    const end = 22 + SLOT * count;
    // The cap of 16 slots: a forged header must not make a phone work for ever.
    const known = (raw[4] & ~GZIP) === 0 && [1, 2, 4, 8, 16].includes(count);
    if (!known || raw.length < end + 32 + 16) throw new Refused("damaged");
    const slots = [];
    for (let at = 22; at < end; at += SLOT) slots.push(raw.subarray(at, at + SLOT));
    return {
      gzip: (raw[4] & GZIP) === GZIP,
      salt: raw.subarray(6, 22),
      slots,
      header: raw.subarray(0, end),
      mac: raw.subarray(end, end + 32),
      body: raw.subarray(end + 32),
    };
  }

  async function gunzip(packed) {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    try {
      return new Uint8Array(await new Response(stream).arrayBuffer());
    } catch (wrong) {
      throw new Refused("damaged");
    }
  }

  /** Padded body -> its content: 4-byte length, content, zeros. */
  async function unwrap(body, compressed) {
    if (body === null || body.length < 4) throw new Refused("damaged");
    const end = 4 + new DataView(body.buffer, body.byteOffset).getUint32(0);
    if (end > body.length || body.subarray(end).some((byte) => byte !== 0)) {
      throw new Refused("damaged");
    }
    const packed = body.subarray(4, end);
    return compressed ? gunzip(packed) : packed;
  }

  /** A file's text -> the bytes in it, if it is the one call with this name and nothing else. */
  function readCall(text, name) {
    const call = /^__pf\("(\w+)","([\w+/=]+)"\)\n$/.exec(text) || [];
    return call[1] === name ? fromBase64(call[2]) : null;
  }

  /** Pins one after another -> each as text. */
  const pinsIn = (raw) =>
    Array.from({ length: raw.length / PIN }, (_, at) => toBase64(raw.subarray(at * PIN, at * PIN + PIN)));

  /** The pin of a sealed page by its oid, of a sheet by its letter, of a pin by its release. */
  const pinOf = async (name, raw) => toBase64((await digest(pack(name, raw))).subarray(0, PIN));

  /**
   * Refuses an old page that a host serves beside a fresh keyring, which vouches for the sheets of
   * pins: `sheets` are theirs, by the first letter of the pages; `count` numbers the release.
   */
  async function checkPin(raw, oid, sheet, { sheets, count }) {
    const vouched = pinsIn(fromBase64(sheets))[LETTERS.indexOf(oid[0])];
    const isFresh = sheet !== null && vouched === (await pinOf(oid[0], sheet));
    const mark = await pinOf(String(count), fromBase64(await pinOf(oid, raw)));
    if (!isFresh || !pinsIn(sheet).includes(mark)) throw new Refused("damaged");
  }

  /** What binds an object to its place: it opens under no other name. */
  function context(site, level, kind, oid) {
    return pack("pfseal/v1", site, level, kind, oid);
  }

  /** Content of an object whose content key is known (a picture's key stands in its page). */
  async function openWith(raw, where, contentKey) {
    const { gzip, header, mac, body } = parse(raw);
    const signer = await derive(contentKey, bytesOf("header"), 32);
    // Also commits to the key: no other key can open the same bytes to another page.
    if (!(await isSigned(signer, join(where, header), mac))) throw new Refused("damaged");
    const opener = await derive(contentKey, bytesOf("body"), 32);
    return unwrap(await unclose(opener, body, join(where, header, mac)), gzip);
  }

  /** Content of an object that one of `readerKeys` opens; refuses with `wrong-page` when none does. */
  async function openFor(raw, where, readerKeys) {
    const { salt, slots } = parse(raw);
    for (const key of readerKeys) {
      const slotKey = await derive(key, pack("slot", where, salt), 32);
      for (const slot of slots) {
        const contentKey = await unclose(slotKey, slot, where);
        if (contentKey !== null) return openWith(raw, where, contentKey);
      }
    }
    throw new Refused("wrong-page");
  }

  /** Content of the keyring file of a code. */
  async function openRing(raw, site, level, locator, secret) {
    if (!hasMagic(raw, "PFR2")) throw new Refused("damaged");
    const opener = await derive(secret, pack("keyring", site, raw.subarray(4, 20)), 32);
    const where = pack("pfring/v2", site, level, locator);
    return unwrap(await unclose(opener, raw.subarray(20), where), true);
  }

  Stupeni.envelope = {
    Refused, toWords, readCall, parse, unwrap, gunzip, context, checkPin, openFor, openWith, openRing,
  };
})();

/**
 * What a person types or scans <-> the 16-byte code of a card (codes.py's twin). Is this a code?
 *
 * 12 words of 11 bits carry the 128 bits of the code and 4 bits that catch a slip of the pen.
 * A slip is a value here, `{fault, …}` named as its text, never an exception.
 */
(function () {
  "use strict";
  const Stupeni = (window.Stupeni = window.Stupeni || {});
  const { digest, fromBase64 } = Stupeni.cipher;
  const WORDS = 12;
  const BITS = 11;
  const DECIDING = 4; // no two words of the list begin with the same four letters

  let places = null;

  /** The list's number of a word, or undefined; the table is made when first needed. */
  function place(word) {
    if (places === null) places = new Map(Stupeni.words.map((known, at) => [deciding(known), at]));
    return places.get(deciding(word));
  }

  function plain(text) {
    return text.normalize("NFC").toLowerCase().replace(/ё/g, "е");
  }

  function deciding(word) {
    return plain(word).slice(0, DECIDING);
  }

  function bitsOf(number, width) {
    return number.toString(2).padStart(width, "0");
  }

  /** Four bits of SHA-256: one slip in sixteen passes, and then simply opens nothing. */
  async function check(secret) {
    return bitsOf((await digest(secret))[0] >> 4, 4);
  }

  /** Typed text -> its words; whatever is not a Russian letter only separates. */
  function split(text) {
    return plain(text).match(/[а-я]+/g) || [];
  }

  /** 16 bytes -> 12 words. */
  async function toWords(secret) {
    const bits = Array.from(secret, (byte) => bitsOf(byte, 8)).join("") + (await check(secret));
    return bits.match(/.{11}/g).map((eleven) => Stupeni.words[parseInt(eleven, 2)]);
  }

  /** Typed text -> `{secret}` or `{fault: unknown-word | word-count | word-check, word, number}`. */
  async function fromWords(text) {
    const words = split(text);
    const wrong = words.findIndex((word) => place(word) === undefined);
    if (wrong !== -1) return { fault: "unknown-word", word: words[wrong], number: wrong + 1 };
    if (words.length !== WORDS) return { fault: "word-count", number: words.length };
    const bits = words.map((word) => bitsOf(place(word), BITS)).join("");
    const secret = Uint8Array.from(bits.slice(0, 128).match(/.{8}/g), (byte) => parseInt(byte, 2));
    return bits.slice(128) === (await check(secret)) ? { secret } : { fault: "word-check" };
  }

  /** A card's link, or its end after `#` -> 16 bytes; null when there is no code in it. */
  function fromLink(text) {
    const found = /#k=([\w-]{22})$/.exec(text.trim());
    return found === null ? null : fromBase64(found[1]);
  }

  /** A code file -> `{secret}` or `{fault: file-foreign | file-other}`. */
  function fromFile(text, site, level) {
    const found = /^stupeni-code\/v1\r?\n(\w{16} \w+)\r?\n([\w-]{22})\r?\n?$/.exec(text);
    if (found === null) return { fault: "file-foreign" };
    if (found[1] !== `${site} ${level}`) return { fault: "file-other" };
    return { secret: fromBase64(found[2]) };
  }

  /** Words that may be meant by a beginning of at least two letters, at most `limit`. */
  function suggest(beginning, limit = 5) {
    const typed = plain(beginning);
    if (typed.length < 2) return [];
    const fits = (word) => plain(word).startsWith(typed.slice(0, DECIDING));
    return Stupeni.words.filter(fits).slice(0, limit);
  }

  Stupeni.codes = { split, toWords, fromWords, fromLink, fromFile, suggest };
})();

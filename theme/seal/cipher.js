/**
 * Bytes and keys -> bytes. The only file that touches a cryptographic primitive (cipher.py's twin).
 *
 * A classic script, because ES modules do not load from a flash drive (file://). The syntax stays at
 * ES2018, so that a browser too old for the rest still runs far enough to say so.
 */
(function () {
  "use strict";
  const Stupeni = (window.Stupeni = window.Stupeni || {});
  const utf8 = new TextEncoder();
  const SALT = utf8.encode("pfseal/v1");
  // Every AES-GCM key here seals exactly one message (seal-v2), therefore the nonce is always zero.
  const NONCE = new Uint8Array(12);
  const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

  // Looked up on every call: over plain http there is no `crypto.subtle`, and open.js says so.
  const subtle = () => crypto.subtle;

  /** Pieces one after another. */
  function join(...pieces) {
    const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }

  /** LP: each item (text or bytes) as 4-byte big-endian length and bytes; no two lists look alike. */
  function pack(...items) {
    const pieces = [];
    for (const item of items) {
      const raw = typeof item === "string" ? utf8.encode(item) : item;
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, raw.length);
      pieces.push(length, raw);
    }
    return join(...pieces);
  }

  /** HKDF-SHA256 of `key` for one purpose, `length` bytes. */
  async function derive(key, purpose, length, salt = SALT) {
    const base = await subtle().importKey("raw", key, "HKDF", false, ["deriveBits"]);
    const how = { name: "HKDF", hash: "SHA-256", salt, info: purpose };
    return new Uint8Array(await subtle().deriveBits(how, base, length * 8));
  }

  /** What was closed with AES-256-GCM; null when key, bytes or context differ. */
  async function unclose(key, sealed, context, nonce = NONCE) {
    const how = { name: "AES-GCM", iv: nonce, additionalData: context };
    const lock = await subtle().importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    // The browser's own error for a wrong tag is an empty text, of no use to a person.
    return subtle().decrypt(how, lock, sealed).then((text) => new Uint8Array(text), () => null);
  }

  /** Whether `signature` is the HMAC-SHA256 of `message`; the browser compares in constant time. */
  async function isSigned(key, message, signature) {
    const how = { name: "HMAC", hash: "SHA-256" };
    const base = await subtle().importKey("raw", key, how, false, ["verify"]);
    return subtle().verify("HMAC", base, signature, message);
  }

  /** SHA-256, 32 bytes. */
  async function digest(content) {
    return new Uint8Array(await subtle().digest("SHA-256", content));
  }

  /** Base64, ordinary or of links -> bytes; null when it is not base64. */
  function fromBase64(text) {
    try {
      const raw = atob(text.trim().replace(/-/g, "+").replace(/_/g, "/"));
      const bytes = new Uint8Array(raw.length);
      for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
      return bytes;
    } catch (wrong) {
      return null;
    }
  }

  /** Bytes -> base64 of links: no padding, `-` and `_`. */
  function toBase64(bytes) {
    const text = btoa(String.fromCharCode(...bytes));
    return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  }

  /** 10 bytes -> the 16 letters of a published name. */
  function toBase32(bytes) {
    const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
    return bits.replace(/.{5}/g, (five) => LETTERS[parseInt(five, 2)]);
  }

  Stupeni.cipher = {
    LETTERS, join, pack, derive, unclose, isSigned, digest, fromBase64, toBase64, toBase32,
  };
})();

/**
 * Addresses on standard input -> Lighthouse's words on each, on standard output, as JSON.
 *
 * A sealed page is opened as a reader does: by the link on the card first, in the same tab, which
 * then knows the key. Its first argument is the folder into which Lighthouse was installed.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [, , folder] = process.argv;
const from = createRequire(pathToFileURL(`${folder}/package.json`));
const load = (name) => import(pathToFileURL(from.resolve(name)));
const { default: lighthouse } = await load("lighthouse");
const { default: puppeteer } = await load("puppeteer-core");
const { chromium, flags, pages } = JSON.parse(readFileSync(0, "utf-8"));
const AUDITS = {
  paint: "largest-contentful-paint",
  blocked: "total-blocking-time",
  moved: "cumulative-layout-shift",
  bytes: "total-byte-weight",
};

const browser = await puppeteer.launch({ executablePath: chromium, args: flags });
const said = [];
for (const { name, card, link } of pages) {
  const tab = await browser.newPage();
  await tab.goto(card, { waitUntil: "networkidle0" });
  if (card.includes("#k=")) await tab.waitForSelector("#lock:not([hidden])");
  const to = (path) => [...document.links].find((one) => one.textContent.includes(path))?.href;
  const url = link ? await tab.evaluate(to, link) : tab.url();
  const { lhr } = await lighthouse(url, { disableStorageReset: true, logLevel: "error" }, undefined, tab);
  const score = ([key, one]) => [key, Math.round(one.score * 100)];
  const figure = ([key, audit]) => [key, lhr.audits[audit].numericValue];
  const weak = Object.values(lhr.audits).filter(
    (one) => one.score !== null && one.score < 0.9 && one.scoreDisplayMode !== "informative",
  );
  said.push({
    name,
    scores: Object.fromEntries(Object.entries(lhr.categories).map(score)),
    figures: Object.fromEntries(Object.entries(AUDITS).map(figure)),
    weak: weak.map((one) => one.id),
    version: lhr.lighthouseVersion,
  });
  await tab.close();
}
await browser.close();
console.log(JSON.stringify(said));

"use strict";
// The search: every word must stand on a page, at the beginning of a word; a number must stand
// whole; an abbreviation also finds what it is short for. Chapters count for more than other pages,
// and evidence comes last. What the index holds is text, and is shown as text.
const LONGEST_EXCERPT = 180;
const PLACES_A_PAGE = 3;
const ofBook = document.title.replace(/^[^|]*\| /, "");
const field = document.getElementById("q");
const list = document.getElementById("results");
const count = document.getElementById("count");
const { pages, abbreviations } = window.searchIndex;

/** Return the words of a query, those between quotation marks together. */
function asked(query) {
  const found = query.matchAll(/["“”]([^"“”]+)["“”]|\S+/g);
  return Array.from(found, (match) => (match[1] ?? match[0]).replace(/^["“”(]+|["“”).,;:?!]+$/g, ""))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** Return how a word may be written, as a pattern. */
function written(word) {
  const plain = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/['’]/g, "['’]")
    .replace(/[-‐‑–]/g, "[-‐‑–]").replace(/\s+/g, "\\s+");
  if (/^\D*\d/.test(word)) return plain.replace(/,/g, "").replace(/(\d)(?=\d)/g, "$1,?");
  return word.length > 3 && /[^s]s$/i.test(word) ? `${plain}?` : plain;
}

/** Return the abbreviation that a word is, if it is one. */
const abbreviation = (word) =>
  Object.keys(abbreviations).find((key) => key.toLowerCase() === word.toLowerCase());

/** Return the words of a name, in capitals or not, of one or of several. */
const stems = (name) =>
  (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/s$/, ""));

/** Say whether the title of a page is, or is part of, what an abbreviation is short for. */
function isAbout(page, word) {
  const short = abbreviation(word);
  const full = short ? stems(abbreviations[short]) : [];
  const title = stems(page.title);
  return title.length > 1 && title.every((stem) => full.includes(stem));
}

/** Return the pattern of a word: at the beginning of a word, and a number to its end. */
function pattern(word) {
  const short = abbreviation(word);
  const forms = [word, ...(short ? [abbreviations[short]] : [])].map(written);
  const end = /\d$/.test(word) ? "(?![\\p{L}\\p{N}]|[.,]\\d)" : short ? "(?![\\p{L}])" : "";
  return new RegExp(`(?<![\\p{L}\\p{N}]|\\d[.,])(?:${forms.join("|")})${end}`, "giu");
}

const times = (text, sought) => (text.match(sought) ?? []).length;

/** Return how well a page answers, 0 if a word is not on it. */
function weight(page, patterns, words) {
  let sum = 500 * words.filter((word) => isAbout(page, word)).length;
  for (const sought of patterns) {
    const headings = page.sections.reduce((n, [, heading]) => n + times(heading, sought), 0);
    const texts = page.sections.reduce((n, [, , text]) => n + times(text, sought), 0);
    const here = 100 * times(page.title, sought) + 20 * Math.min(headings, 5) + Math.min(texts, 50);
    if (!here) return 0;
    sum += here;
  }
  return page.kind === "chapter" ? 3 * sum : sum;
}

const isEvidence = (page) => Number(page.kind === "evidence");

/** Return the pages that answer, the best first, evidence last. */
function answers(words) {
  const patterns = words.map(pattern);
  return pages.map((page) => ({ page, weight: weight(page, patterns, words) }))
    .filter((answer) => answer.weight)
    .sort((a, b) => isEvidence(a.page) - isEvidence(b.page) || b.weight - a.weight)
    .map(({ page }) => ({ page, patterns }));
}

function element(tag, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

/** Return a text as nodes, with what was sought marked. */
function marked(text, patterns) {
  const all = new RegExp(patterns.map((sought) => sought.source).join("|"), "giu");
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(all)) {
    nodes.push(text.slice(last, match.index), element("mark", {}, match[0]));
    last = match.index + match[0].length;
  }
  return [...nodes, text.slice(last)];
}

/** Return what stands around the first of the words, in whole words. */
function excerpt(text, patterns) {
  const first = Math.min(...patterns.map((sought) => text.search(sought)).filter((at) => at >= 0));
  const from = first < 60 ? 0 : text.indexOf(" ", first - 60) + 1;
  const to = text.length - from <= LONGEST_EXCERPT ? text.length
    : text.lastIndexOf(" ", from + LONGEST_EXCERPT);
  return `${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? " …" : ""}`;
}

/** Return the sections of a page in which most of the words stand. */
function places(page, patterns) {
  return page.sections
    .map((section, order) => ({
      section, order,
      held: patterns.filter((sought) => times(`${section[1]} ${section[2]}`, sought)).length,
    }))
    .filter((place) => place.held)
    .sort((a, b) => b.held - a.held || a.order - b.order)
    .slice(0, PLACES_A_PAGE);
}

function item({ page, patterns }) {
  const title = element("a", { href: page.address }, ...marked(page.title, patterns));
  const found = places(page, patterns).map(({ section: [anchor, heading, text] }) => {
    const said = patterns.some((sought) => times(text, sought)) ? excerpt(text, patterns) : "";
    if (heading === page.title) return element("li", {}, ...marked(said, patterns));
    const link = element("a", { href: `${page.address}#${anchor}` }, ...marked(heading, patterns));
    return element("li", {}, link, said ? ": " : "", ...marked(said, patterns));
  });
  return element("li", {}, element("h2", {}, title),
    element("p", { className: "where" }, page.part),
    element("ul", {}, ...found.filter((each) => each.textContent)));
}

/** Return a word as it is told, an abbreviation with what it is short for. */
function named(word) {
  const short = abbreviation(word);
  return short ? `“${word}” (${abbreviations[short]})` : `“${word}”`;
}

function told(words, found, isPart) {
  const pagesFound = found.length === 1 ? "1 page" : `${found.length} pages`;
  if (!words.length) return "Type a word, a number or an abbreviation above.";
  const sought = words.map(named).join(" and ");
  if (!found.length) return `No page has ${sought}. The list below has all pages.`;
  return isPart ? `No page has ${sought} together. ${pagesFound} with one of them:`
    : `${pagesFound} with ${sought}`;
}

function show() {
  const words = asked(field.value);
  let found = words.length ? answers(words) : [];
  const isPart = !found.length && words.length > 1;
  if (isPart) {
    const seen = new Set();
    found = words.filter((word) => word.length > 2).flatMap((word) => answers([word]))
      .filter(({ page }) => !seen.has(page) && seen.add(page))
      .sort((a, b) => isEvidence(a.page) - isEvidence(b.page));
  }
  list.replaceChildren(...found.map(item));
  count.textContent = told(words, found, isPart);
  document.title = `${words.length ? `Search: ${words.join(" ")}` : "Search"} | ${ofBook}`;
}

let waiting;
field.value = new URLSearchParams(window.location.search).get("q") ?? "";
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 250);
});
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  // A page that was opened as a file may not change its address.
  if (window.location.protocol !== "file:") {
    window.history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
  }
  show();
});
show();

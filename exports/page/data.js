/* The graph as it came: columns of numbers and strings, and the indexes made from them once. */

/** @type {PageData} */
const data = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("data")).textContent || "");
const nodeCount = data.nodes.id.length;
const claimCount = data.claims.id.length;
const pairCount = data.pairs.a.length;

/**
 * @template T
 * @param {{at: number[], value: T[]}} column
 * @returns {Map<number, T>}
 */
function sparse(column) {
  return new Map(column.at.map((at, number) => [at, column.value[number]]));
}

const aliases = sparse(data.nodes.aliases);
const links = sparse(data.nodes.links);
const attributes = sparse(data.nodes.attributes);
const sections = sparse(data.quotes.section);
const pages = sparse(data.quotes.page);
const anchors = sparse(data.quotes.anchor);
/** @type {Map<string, Map<number, string>>} */
const qualifiers = new Map(Object.entries(data.claims.qualifiers).map(([name, column]) => [name, sparse(column)]));
const numberOf = new Map(data.nodes.id.map((id, number) => [id, number]));

/**
 * Group items by key: the items of key k are `items.subarray(first[k], first[k + 1])`.
 * @param {number} keys
 * @param {number} count
 * @param {(item: number, give: (key: number) => void) => void} keysOf
 */
function group(keys, count, keysOf) {
  const first = new Int32Array(keys + 1);
  let total = 0;
  for (let item = 0; item < count; item++) keysOf(item, (key) => { first[key + 1]++; total++; });
  for (let key = 0; key < keys; key++) first[key + 1] += first[key];
  const next = first.slice();
  const items = new Int32Array(total);
  for (let item = 0; item < count; item++) keysOf(item, (key) => { items[next[key]++] = item; });
  /** @param {number} key */
  const of = (key) => items.subarray(first[key], first[key + 1]);
  return { of };
}

const pairsOfNode = group(nodeCount, pairCount, (pair, give) => { give(data.pairs.a[pair]); give(data.pairs.b[pair]); });
const claimsOfPair = group(pairCount, claimCount, (claim, give) => give(data.claims.pair[claim]));

/** @param {number} claim */
const subjectOf = (claim) => (data.claims.turned[claim] ? data.pairs.b : data.pairs.a)[data.claims.pair[claim]];
/** @param {number} claim */
const objectOf = (claim) => (data.claims.turned[claim] ? data.pairs.a : data.pairs.b)[data.claims.pair[claim]];
/** @param {number} pair @param {number} node */
const otherEnd = (pair, node) => (data.pairs.a[pair] === node ? data.pairs.b[pair] : data.pairs.a[pair]);
/** @param {number} claim @param {string} name */
const qualifier = (claim, name) => qualifiers.get(name)?.get(claim) ?? "";
/** @param {number} claim */
const quotesOf = (claim) => data.claims.quote.slice(data.claims.first[claim], data.claims.first[claim + 1]);

/**
 * The months, counted from the year 0, that an ISO date of any precision covers; null if it is none.
 * @param {string} date
 * @returns {[number, number] | null}
 */
function months(date) {
  const parts = /^(\d{4})(?:-(\d\d))?/.exec(date);
  if (!parts) return null;
  const january = Number(parts[1]) * 12;
  return parts[2] ? [january + Number(parts[2]) - 1, january + Number(parts[2]) - 1] : [january, january + 11];
}

const earliest = new Int32Array(claimCount).fill(-1);
const latest = new Int32Array(claimCount).fill(-1);
for (let claim = 0; claim < claimCount; claim++) {
  const date = months(qualifier(claim, "date"));
  const start = months(qualifier(claim, "start"));
  const end = months(qualifier(claim, "end"));
  const from = date || start || end;
  if (!from) continue;
  earliest[claim] = from[0];
  latest[claim] = (date || end || from)[1];
}

/** Months from the first to the last dated claim, or null if none is dated. */
const span = (() => {
  let low = Infinity;
  let high = -Infinity;
  for (let claim = 0; claim < claimCount; claim++) {
    if (earliest[claim] < 0) continue;
    low = Math.min(low, earliest[claim]);
    high = Math.max(high, latest[claim]);
  }
  return high < low ? null : { low, high };
})();

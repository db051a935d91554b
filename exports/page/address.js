/* The view as an address, and the browser's own way back and forward. */

/** @param {number[]} nodes */
const idsOf = (nodes) => nodes.map((node) => data.nodes.id[node]).join(" ");
/** @param {string | null} text @returns {number[]} */
const numbersOf = (text) => (text ?? "").split(" ").map((id) => numberOf.get(id) ?? -1).filter((node) => node >= 0);
/** @param {number} month */
const monthText = (month) => `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;

/** @param {Set<number>} off @param {string[]} names */
const onNames = (off, names) => names.filter((_, number) => !off.has(number)).join(",") || "none";
/** @param {string | null} text @param {string[]} names @returns {Set<number>} */
function offOf(text, names) {
  if (text === null) return new Set();
  const on = new Set(text.split(","));
  return new Set(names.map((_, number) => number).filter((number) => !on.has(names[number])));
}

/** @param {View} of */
function addressOf(of) {
  const parts = new URLSearchParams();
  if (of.focus.length) parts.set("focus", idsOf(of.focus));
  if (of.steps !== 1) parts.set("steps", String(of.steps));
  if (of.path.length) parts.set("path", idsOf(of.path));
  if (of.compare.length) parts.set("compare", idsOf(of.compare));
  if (of.node >= 0) parts.set("node", data.nodes.id[of.node]);
  if (of.pair >= 0) parts.set("pair", idsOf([data.pairs.a[of.pair], data.pairs.b[of.pair]]));
  if (of.classesOff.size) parts.set("classes", onNames(of.classesOff, data.classes.map((look) => look.name)));
  if (of.relationsOff.size) parts.set("relations", onNames(of.relationsOff, data.relations.map((relation) => relation.name)));
  if (of.modalitiesOff.size) parts.set("modality", onNames(of.modalitiesOff, data.modalities));
  if (of.confidence) parts.set("confidence", String(of.confidence));
  if (of.from >= 0) parts.set("from", monthText(of.from));
  if (of.to >= 0) parts.set("to", monthText(of.to));
  if (!of.undated) parts.set("undated", "no");
  if (of.limit !== firstLimit) parts.set("show", String(of.limit));
  if (of.table) parts.set("view", "table");
  // Slashes and commas may stand in a fragment as they are, and are easier to read.
  return parts.toString().replace(/%2F/g, "/").replace(/%2C/g, ",");
}

/** @param {string} address what follows the # @returns {View} */
function viewOf(address) {
  const parts = new URLSearchParams(address);
  /** @param {string} name @param {number} low @param {number} high @param {number} otherwise */
  const number = (name, low, high, otherwise) => {
    const value = Number.parseInt(parts.get(name) ?? "", 10);
    return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : otherwise;
  };
  const two = (/** @type {string} */ name) => {
    const nodes = numbersOf(parts.get(name));
    return nodes.length === 2 && nodes[0] !== nodes[1] ? nodes : [];
  };
  const pair = numbersOf(parts.get("pair"));
  return {
    focus: numbersOf(parts.get("focus")), steps: number("steps", 1, 3, 1), path: two("path"), compare: two("compare"),
    node: numbersOf(parts.get("node"))[0] ?? -1, pair: pair.length === 2 ? pairBetween(pair[0], pair[1]) : -1,
    classesOff: offOf(parts.get("classes"), data.classes.map((look) => look.name)),
    relationsOff: offOf(parts.get("relations"), data.relations.map((relation) => relation.name)),
    modalitiesOff: offOf(parts.get("modality"), data.modalities),
    confidence: number("confidence", 0, 100, 0),
    from: months(parts.get("from") ?? "")?.[0] ?? -1, to: months(parts.get("to") ?? "")?.[1] ?? -1,
    undated: parts.get("undated") !== "no", limit: number("show", 1, 1e6, firstLimit), table: parts.get("view") === "table",
  };
}

// How many views lie behind, and how many there are in all.
let depth = 0;
let deepest = 0;
let later = 0;

/** Write the view into the address; in a frame that forbids it, go without. @param {boolean} quiet */
function noteView(quiet) {
  clearTimeout(later);
  const hash = `#${addressOf(view)}`;
  if (quiet) {
    // Browsers refuse too many changes a second, as a dragged handle would make.
    later = window.setTimeout(() => tryHistory(() => history.replaceState({ depth }, "", hash)), 200);
    return;
  }
  depth += 1;
  deepest = depth;
  tryHistory(() => history.pushState({ depth }, "", hash));
}

/** @param {() => void} act */
function tryHistory(act) {
  try {
    act();
  } catch {
    framed = true;
  }
}

// In a sandboxed frame the address cannot be changed; then the page keeps its own list of views.
let framed = location.protocol === "about:" || window.parent !== window;

function drawTravel() {
  /** @type {HTMLButtonElement} */ (byId("back")).disabled = framed ? !past.length : depth === 0;
  /** @type {HTMLButtonElement} */ (byId("forward")).disabled = framed ? !future.length : depth >= deepest;
}

function startAddress() {
  const hash = location.hash.slice(1);
  if (hash) view = viewOf(hash);
  if (framed) return;
  tryHistory(() => history.replaceState({ depth: 0 }, "", location.hash || location.pathname + location.search));
  window.addEventListener("popstate", (event) => {
    depth = event.state?.depth ?? depth;
    stop();
    view = viewOf(location.hash.slice(1));
    refresh();
  });
}

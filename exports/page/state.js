/* What the reader has asked to see, what follows from it, and the way back. */

/**
 * @typedef {object} View
 * @property {number[]} focus nodes whose neighbourhood is shown; empty for the overview
 * @property {number} steps how far the neighbourhood reaches, 1 to 3
 * @property {number[]} path two nodes whose connections are shown, or empty
 * @property {number[]} compare two nodes held against each other, or empty
 * @property {number} node the selected node or -1
 * @property {number} pair the selected pair or -1
 * @property {Set<number>} classesOff
 * @property {Set<number>} relationsOff
 * @property {Set<number>} modalitiesOff
 * @property {number} confidence least confidence in hundredths
 * @property {number} from first month shown, or -1
 * @property {number} to last month shown, or -1
 * @property {boolean} undated whether claims without a date are shown
 * @property {number} limit how many nodes the overview shows at most
 * @property {boolean} table
 */

// A neighbourhood larger than this is cut to its most important nodes, and the page says so.
const MOST_AROUND_FOCUS = 100;
const MOST_COMPARED = 90;

// A narrow screen has room for fewer names.
const NARROW_NODES = 30;
const narrow = matchMedia("(max-width: 760px)");
const firstLimit = narrow.matches ? Math.min(NARROW_NODES, data.central) : data.central;

/** @returns {View} */
function firstView() {
  return {
    focus: [], steps: 1, path: [], compare: [], node: -1, pair: -1,
    classesOff: new Set(), relationsOff: new Set(), modalitiesOff: new Set(),
    confidence: 0, from: -1, to: -1, undated: true, limit: firstLimit, table: false,
  };
}

let view = firstView();

/**
 * @typedef {object} Shown
 * @property {number[]} nodes in order of importance
 * @property {number[]} pairs
 * @property {number} possible how many nodes the filters leave in all
 * @property {number} cut nodes of the neighbourhood left out because there are too many
 * @property {number} claims claims on the pairs shown
 */

/** Whether each claim passes the filters. */
const passes = new Uint8Array(claimCount);
/** Whether each claim passes all filters but that of time: what the histogram counts. */
const passesButTime = new Uint8Array(claimCount);
/** How many claims of each pair pass. */
const passing = new Int32Array(pairCount);

/** Apply the filters to every claim. */
function filterClaims() {
  passing.fill(0);
  const { relation, modality, confidence, pair } = data.claims;
  const classOf = data.nodes.class;
  for (let claim = 0; claim < claimCount; claim++) {
    const kind = !view.relationsOff.has(relation[claim])
      && !view.modalitiesOff.has(modality[claim])
      && confidence[claim] >= view.confidence
      && !view.classesOff.has(classOf[data.pairs.a[pair[claim]]])
      && !view.classesOff.has(classOf[data.pairs.b[pair[claim]]]);
    const time = earliest[claim] < 0
      ? view.undated
      : (view.from < 0 || latest[claim] >= view.from) && (view.to < 0 || earliest[claim] <= view.to);
    passesButTime[claim] = kind ? 1 : 0;
    passes[claim] = kind && time ? 1 : 0;
    passing[pair[claim]] += passes[claim];
  }
}

/**
 * Nodes within some steps of others over claims that pass, with their distance.
 * @param {number[]} from
 * @param {number} steps
 * @returns {Map<number, number>}
 */
function around(from, steps) {
  const distance = new Map(from.map((node) => [node, 0]));
  let edge = [...from];
  for (let step = 1; step <= steps; step++) {
    const next = [];
    for (const node of edge) {
      for (const pair of pairsOfNode.of(node)) {
        const other = otherEnd(pair, node);
        if (!passing[pair] || distance.has(other)) continue;
        distance.set(other, step);
        next.push(other);
      }
    }
    edge = next;
  }
  return distance;
}

/** @returns {Shown} */
function findShown() {
  filterClaims();
  let nodes = [];
  let possible = 0;
  let cut = 0;
  const touched = new Uint8Array(nodeCount);
  for (let pair = 0; pair < pairCount; pair++) {
    if (passing[pair]) touched[data.pairs.a[pair]] = touched[data.pairs.b[pair]] = 1;
  }
  for (let node = 0; node < nodeCount; node++) possible += touched[node];
  if (view.path.length === 2) {
    nodes = [...new Set(shortestPaths(view.path[0], view.path[1]).flat().concat(view.path))].sort((a, b) => a - b);
  } else if (view.compare.length === 2) {
    const shared = sharedBy(view.compare[0], view.compare[1]);
    cut = Math.max(0, shared.length - MOST_COMPARED);
    nodes = [...view.compare, ...shared.slice(0, MOST_COMPARED)].sort((a, b) => a - b);
  } else if (view.focus.length) {
    const near = [...around(view.focus, view.steps)].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    const most = Math.max(MOST_AROUND_FOCUS + 1, view.limit > data.central ? view.limit : 0);
    cut = Math.max(0, near.length - most);
    nodes = near.slice(0, most).map(([node]) => node).sort((a, b) => a - b);
  } else {
    for (let node = 0; node < nodeCount && nodes.length < view.limit; node++) {
      if (touched[node]) nodes.push(node);
    }
  }
  const inside = new Uint8Array(nodeCount);
  for (const node of nodes) inside[node] = 1;
  const pairs = [];
  let claims = 0;
  for (let pair = 0; pair < pairCount; pair++) {
    if (!passing[pair] || !inside[data.pairs.a[pair]] || !inside[data.pairs.b[pair]]) continue;
    pairs.push(pair);
    claims += passing[pair];
  }
  return { nodes, pairs, possible, cut, claims };
}

/** @type {Shown} */
let shown = { nodes: [], pairs: [], possible: 0, cut: 0, claims: 0 };
/** @type {(() => void)[]} */
const listeners = [];
/** @type {View[]} */
const past = [];
/** @type {View[]} */
const future = [];

/** Work out what is shown and let every part of the page follow. */
function refresh() {
  shown = findShown();
  for (const listener of listeners) listener();
}

/**
 * Change the view; `quiet` changes (dragging a handle) make no step of their own to go back to.
 * @param {Partial<View>} change
 * @param {{quiet?: boolean}} [how]
 */
function go(change, how = {}) {
  const next = { ...view, ...change };
  const quiet = how.quiet || addressOf(next) === addressOf(view); // no step back to the same view
  if (!quiet) {
    past.push(view);
    future.length = 0;
  }
  view = next;
  noteView(quiet);
  refresh();
}

function goBack() {
  if (!framed) { history.back(); return; }
  const previous = past.pop();
  if (!previous) return;
  future.push(view);
  view = previous;
  refresh();
}

function goForward() {
  if (!framed) { history.forward(); return; }
  const next = future.pop();
  if (!next) return;
  past.push(view);
  view = next;
  refresh();
}

/** @param {number} node */
function focusOn(node) {
  go({ focus: [node], steps: 1, path: [], compare: [], node, pair: -1 });
}

/**
 * All shortest paths between two nodes over claims that pass, most important in between first, at most 12.
 * @param {number} from
 * @param {number} to
 * @returns {number[][]}
 */
function shortestPaths(from, to) {
  const distance = new Map([[to, 0]]);
  let edge = [to];
  while (edge.length && !distance.has(from)) {
    const next = [];
    for (const node of edge) {
      for (const pair of pairsOfNode.of(node)) {
        const other = otherEnd(pair, node);
        if (!passing[pair] || distance.has(other)) continue;
        distance.set(other, /** @type {number} */ (distance.get(node)) + 1);
        next.push(other);
      }
    }
    edge = next;
  }
  if (!distance.has(from)) return [];
  /** @type {number[][]} */
  const found = [];
  /** @param {number[]} way */
  const walk = (way) => {
    const last = way[way.length - 1];
    if (last === to) { found.push(way); return; }
    const left = /** @type {number} */ (distance.get(last));
    const nearer = [...pairsOfNode.of(last)]
      .filter((pair) => passing[pair] && distance.get(otherEnd(pair, last)) === left - 1)
      .map((pair) => otherEnd(pair, last))
      .sort((a, b) => a - b);
    for (const next of nearer) if (found.length < 12) walk([...way, next]);
  };
  walk([from]);
  return found;
}

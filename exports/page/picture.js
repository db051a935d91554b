/* The picture: vis-network draws what is shown at places that are given; nothing moves by itself. */

const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
/** @type {any} */
let network = null;
/** @type {Map<number, {x: number, y: number}>} */
let places = new Map();
let hovered = -1;
let lastScene = "";
/** The last frame, moved about instead of drawn anew while a large picture is dragged. @type {{image: HTMLCanvasElement, x: number, y: number} | null} */
let snapshot = null;

// Above this number of edges arrows and dashes cost more than they tell.
const MOST_ARROWS = 700;

/** What was seen at the last drawing: vis-network changes it by itself when the picture's size changes. */
const camera = { size: "", scale: 1, corner: { x: 0, y: 0 } };

/** Whether the nodes of this view have been brought into the picture; not while the table hides it. */
let fitted = false;

/** Too much to draw in every frame of a movement. */
const large = () => shown.nodes.length > MOST_SETTLED || shown.pairs.length > MOST_ARROWS;

/** Outer nodes would vanish when a large graph is seen as a whole: they grow with it. */
const magnified = () => (shown.nodes.length > MOST_SETTLED ? Math.sqrt(data.spread) * 1.3 : 1);
/** @param {number} node */
const radiusOf = (node) => data.nodes.size[node] * magnified();

/** The family all visible claims of a pair belong to, or the last one ("mixed"). @param {number} pair */
function familyOf(pair) {
  let family = "";
  for (const claim of claimsOfPair.of(pair)) {
    if (!passes[claim]) continue;
    const its = data.relations[data.claims.relation[claim]].family;
    if (family && its !== family) return data.families.length - 1;
    family = its;
  }
  return Math.max(0, data.families.findIndex((look) => look.name === family));
}

/** Which ends of a pair get an arrow. @param {number} pair */
function arrowsOf(pair) {
  let to = false;
  let from = false;
  for (const claim of claimsOfPair.of(pair)) {
    if (!passes[claim] || data.relations[data.claims.relation[claim]].symmetric) continue;
    if (data.claims.turned[claim]) from = true;
    else to = true;
  }
  return { to: { enabled: to, scaleFactor: 0.45 }, from: { enabled: from, scaleFactor: 0.45 } };
}

/** The nodes that stay bright while something is selected or pointed at; null for all. */
function brightNodes() {
  const node = hovered >= 0 ? hovered : view.node;
  if (view.pair >= 0 && hovered < 0) return new Set([data.pairs.a[view.pair], data.pairs.b[view.pair]]);
  if (node < 0 || !places.has(node) || view.path.length) return null;
  const bright = new Set([node]);
  for (const pair of pairsOfNode.of(node)) if (passing[pair]) bright.add(otherEnd(pair, node));
  return bright;
}

/** @param {number} node @param {Set<number> | null} bright */
function nodeItem(node, bright) {
  const look = lookOf(node);
  const colour = dark() ? look.dark : look.light;
  const paper = dark() ? data.dark : data.light;
  const place = /** @type {{x: number, y: number}} */ (places.get(node));
  const chosen = node === view.node || view.focus.includes(node) || view.path.includes(node) || view.compare.includes(node);
  return {
    id: node, x: place.x, y: place.y, shape: look.shape, size: radiusOf(node),
    color: { background: look.hollow ? paper : colour, border: chosen ? (dark() ? "#ffffff" : "#000000") : colour },
    borderWidth: chosen ? 3 : look.hollow ? 2.5 : 1,
    opacity: bright && !bright.has(node) ? 0.25 : 1,
  };
}

/** @param {number} pair @param {Set<number> | null} bright */
function edgeItem(pair, bright) {
  const family = data.families[familyOf(pair)];
  const a = data.pairs.a[pair];
  const b = data.pairs.b[pair];
  const centre = hovered >= 0 ? hovered : view.node;
  const lit = view.pair === pair || (bright !== null && view.pair < 0 && (a === centre || b === centre));
  const many = shown.pairs.length;
  /** @type {number[] | false} */
  const dashes = family.dash.length && many <= MOST_ARROWS ? family.dash : false;
  const rest = Math.max(0.2, Math.min(0.6, 90 / Math.max(many, 1)));
  return {
    id: pair, from: a, to: b,
    color: { color: dark() ? family.dark : family.light, opacity: bright ? (lit ? 0.95 : rest * 0.3) : rest },
    width: (1 + Math.log2(passing[pair])) * (lit ? 1.6 : 1),
    dashes,
    arrows: many <= MOST_ARROWS || lit ? arrowsOf(pair) : { to: { enabled: false }, from: { enabled: false } },
  };
}

/** Bring the picture in step with the view. */
function draw() {
  const scene = `${shown.nodes.join()}|${view.focus}|${view.path}|${view.compare}`;
  const moved = scene !== lastScene;
  if (moved) places = settle(shown.nodes, shown.pairs);
  lastScene = scene;
  hovered = places.has(hovered) ? hovered : -1;
  const bright = brightNodes();
  const nodes = shown.nodes.map((node) => nodeItem(node, bright));
  const edges = shown.pairs.map((pair) => edgeItem(pair, bright));
  if (!network) {
    nodeSet.add(nodes);
    edgeSet.add(edges);
    startNetwork();
    fit(false);
    return;
  }
  if (moved) {
    nodeSet.clear();
    edgeSet.clear();
    nodeSet.add(nodes);
    edgeSet.add(edges);
    fit(false);
  } else {
    replace(nodeSet, nodes);
    replace(edgeSet, edges);
  }
  network.setOptions({ interaction: motionOptions() });
}

/** Nodes and edges of a large picture are not drawn while it moves: a snapshot stands in for them. */
function motionOptions() {
  return { hideEdgesOnDrag: large(), hideNodesOnDrag: large(), hideEdgesOnZoom: large(), dragNodes: !large() };
}

/** @param {HTMLCanvasElement} canvas */
function takeSnapshot(canvas) {
  const image = document.createElement("canvas");
  image.width = canvas.width;
  image.height = canvas.height;
  image.getContext("2d")?.drawImage(canvas, 0, 0);
  const { x, y } = network.getViewPosition();
  return { image, x, y };
}

/** @param {any} set @param {{id: number}[]} items */
function replace(set, items) {
  const keep = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((/** @type {number} */ id) => !keep.has(id)));
  set.update(items);
}

/** The rectangle around all nodes. */
function pictureFrame() {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [node, place] of places) {
    const radius = radiusOf(node);
    left = Math.min(left, place.x - radius);
    right = Math.max(right, place.x + radius);
    top = Math.min(top, place.y - radius);
    bottom = Math.max(bottom, place.y + radius);
  }
  return places.size ? { left, top, right, bottom } : { left: 0, top: 0, right: 0, bottom: 0 };
}

/** Show all nodes with their labels, clear of what lies over the picture. @param {boolean} smooth */
function fit(smooth) {
  const box = byId("picture").getBoundingClientRect();
  fitted = places.size > 0 && box.width > 0;
  if (!fitted) return;
  camera.size = "";
  const { left, top, right, bottom } = pictureFrame();
  const margin = Math.min(60, box.width / 8);
  const scale = Math.min((box.width - 2 * margin) / Math.max(right - left, 1), (box.height - 96) / Math.max(bottom - top, 1), 1.6);
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 + 8 / scale };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({ position, scale, animation: smooth && !still ? { duration: 250, easingFunction: "easeOutQuad" } : false });
}

/** @param {number} factor */
function zoom(factor) {
  network.moveTo({ scale: network.getScale() * factor });
}

function startNetwork() {
  const picture = byId("picture");
  const { groups, ...options } = data.options;
  network = new vis.Network(picture, { nodes: nodeSet, edges: edgeSet }, {
    ...options, groups, height: "100%", width: "100%",
    interaction: { ...options.interaction, ...motionOptions() },
  });
  picture.querySelector("canvas")?.setAttribute("aria-hidden", "true");
  network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ context) => {
    const scale = network.getScale();
    const centre = network.getViewPosition();
    const size = `${picture.clientWidth} ${picture.clientHeight}`;
    if (!camera.size) camera.size = size;
    if (camera.size === size) Object.assign(camera, { scale, corner: network.DOMtoCanvas({ x: 0, y: 0 }) });
    if (snapshot) {
      const ratio = snapshot.image.width / picture.clientWidth;
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.drawImage(snapshot.image, (snapshot.x - centre.x) * scale * ratio, (snapshot.y - centre.y) * scale * ratio);
      context.restore();
      return;
    }
    const box = picture.getBoundingClientRect();
    const bright = brightNodes();
    drawLabels(context, {
      nodes: bright ? [...bright, ...shown.nodes] : shown.nodes, places, scale, clip: { width: box.width, height: box.height }, size: radiusOf, most: MOST_LABELS,
      first: [hovered, view.node, ...view.focus, ...view.path, ...view.compare].filter((node) => node >= 0),
      toScreen: (place) => ({ x: (place.x - centre.x) * scale + box.width / 2, y: (place.y - centre.y) * scale + box.height / 2 }),
    }, bright);
    if (!performance.getEntriesByName("drawn").length) performance.mark("drawn");
  });
  network.on("click", (/** @type {any} */ event) => {
    hideTip();
    const node = network.getNodeAt(event.pointer.DOM);
    const pair = network.getEdgeAt(event.pointer.DOM);
    if (node !== undefined) go({ node, pair: -1 });
    else if (pair !== undefined) go({ pair, node: -1 });
    else if (view.node >= 0 || view.pair >= 0) go({ node: -1, pair: -1 });
    network.unselectAll();
  });
  network.on("doubleClick", (/** @type {any} */ event) => {
    const node = network.getNodeAt(event.pointer.DOM);
    if (node !== undefined) focusOn(node);
  });
  network.on("hoverNode", (/** @type {any} */ event) => { hover(event.node); showTip(event.pointer.DOM, nodeTip(event.node)); });
  network.on("blurNode", () => { hover(-1); hideTip(); });
  network.on("hoverEdge", (/** @type {any} */ event) => showTip(event.pointer.DOM, pairTip(event.edge)));
  network.on("blurEdge", hideTip);
  network.on("dragging", (/** @type {any} */ event) => { for (const node of event.nodes) places.set(node, network.getPosition(node)); });
  network.on("dragStart", () => {
    hideTip();
    if (large()) snapshot = takeSnapshot(/** @type {HTMLCanvasElement} */ (picture.querySelector("canvas")));
  });
  network.on("dragEnd", () => {
    snapshot = null;
    network.redraw();
  });
  network.on("zoom", hideTip);
  new ResizeObserver(() => {
    if (!picture.clientWidth) return;
    if (!fitted) {
      network.setSize("100%", "100%");
      fit(false);
    } else if (`${picture.clientWidth} ${picture.clientHeight}` !== camera.size) keepInPlace();
  }).observe(picture);
  window.addEventListener("resize", () => window.setTimeout(() => fit(false), 50));
}

/**
 * When a panel opens or closes beside the picture, what is drawn stays where it is on the screen, so that a second
 * click meets the same node; a chosen node that is then covered comes into view a little later.
 */
function keepInPlace() {
  const { scale, corner } = camera;
  const { clientWidth: width, clientHeight: height } = byId("picture");
  camera.size = `${width} ${height}`;
  network.setSize("100%", "100%");
  network.moveTo({ scale, position: { x: corner.x + width / 2 / scale, y: corner.y + height / 2 / scale } });
  network.redraw();
  clearTimeout(bringing);
  bringing = window.setTimeout(bringIntoView, AFTER_DOUBLE_CLICK);
}

const AFTER_DOUBLE_CLICK = 400;
let bringing = 0;

/** Move the picture if the selection lies outside of what can be seen. */
function bringIntoView() {
  const chosen = view.pair >= 0 ? [data.pairs.a[view.pair], data.pairs.b[view.pair]] : [view.node];
  const spots = chosen.map((node) => places.get(node)).filter((place) => place !== undefined);
  if (!spots.length) return;
  const { clientWidth: width, clientHeight: height } = byId("picture");
  const seen = spots.every((place) => {
    const at = network.canvasToDOM(place);
    return at.x > 30 && at.y > 20 && at.x < width - 30 && at.y < height - 40;
  });
  if (seen) return;
  const middle = { x: spots.reduce((sum, place) => sum + place.x, 0) / spots.length, y: spots.reduce((sum, place) => sum + place.y, 0) / spots.length };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({ position: middle, animation: still ? false : { duration: 250, easingFunction: "easeOutQuad" } });
}

/** @param {number} node */
function hover(node) {
  if (large()) return; // the tip must do: a new frame takes too long
  hovered = node;
  const bright = brightNodes();
  nodeSet.update(shown.nodes.map((item) => nodeItem(item, bright)));
  edgeSet.update(shown.pairs.map((item) => edgeItem(item, bright)));
}

/** @param {number} node */
function nodeTip(node) {
  const near = pairsOfNode.of(node).filter((pair) => passing[pair] > 0).length;
  return [labelOf(node), `${words(lookOf(node).name)} · ${counted(near, "neighbour")}`];
}

/** @param {number} pair */
function pairTip(pair) {
  const lines = [...claimsOfPair.of(pair)].filter((claim) => passes[claim]).map(claimSentence);
  return lines.length > 6 ? [...lines.slice(0, 5), `and ${lines.length - 5} more claims`] : lines;
}

/** @param {{x: number, y: number}} at @param {string[]} lines */
function showTip(at, lines) {
  const tip = byId("tip");
  const box = byId("picture").getBoundingClientRect();
  tip.replaceChildren(...lines.map((line, i) => make(i ? "div" : "strong", {}, isolated(line))));
  tip.hidden = false;
  tip.style.left = `${Math.max(4, Math.min(at.x + 14, box.width - tip.offsetWidth - 6))}px`;
  tip.style.top = `${Math.max(4, at.y + 18 + tip.offsetHeight > box.height ? at.y - tip.offsetHeight - 10 : at.y + 18)}px`;
}

function hideTip() {
  byId("tip").hidden = true;
}

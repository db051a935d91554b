/* Labels keep their size on the screen and cover neither each other nor a node: the most important come first. */

const LABEL_SIZE = 12;
const LABEL_LINE = 14;
const MOST_LABELS = 260;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** @type {Map<number, {lines: string[], width: number}>} */
const measured = new Map();

/** How often each label, cut in the middle, stands for a node of the first picture. @type {Map<string, number>} */
const cutAlike = new Map();

/** The lines of a label; where two names are the same once cut in the middle, they are cut at the end. @param {number} node */
function distinctLines(node) {
  if (!cutAlike.size) {
    for (let other = 0; other < data.central; other++) {
      const text = labelLines(labelOf(other)).join();
      cutAlike.set(text, (cutAlike.get(text) ?? 0) + 1);
    }
  }
  const lines = labelLines(labelOf(node));
  return (cutAlike.get(lines.join()) ?? 0) > 1 ? labelLines(labelOf(node), "end") : lines;
}

/** @param {CanvasRenderingContext2D} context @param {number} node */
function measure(context, node) {
  let label = measured.get(node);
  if (!label) {
    const lines = distinctLines(node);
    label = { lines, width: Math.max(...lines.map((line) => context.measureText(line).width)) };
    measured.set(node, label);
  }
  return label;
}

/** What was drawn last, in CSS pixels of the picture. @type {Chosen[]} */
let drawnLabels = [];

/**
 * @typedef {object} Scene
 * @property {number[]} nodes in order of importance
 * @property {Map<number, {x: number, y: number}>} places
 * @property {number[]} first nodes whose labels come before all others
 * @property {number} scale
 * @property {number} most how many labels at most
 * @property {(node: number) => number} size
 * @property {(place: {x: number, y: number}) => {x: number, y: number}} toScreen
 * @property {{width: number, height: number} | null} clip labels outside are left out; null for no limit
 */

/**
 * `anchor` is the end of its lines that stands at `anchorX`, as SVG names it; `x` is their middle.
 * @typedef {{node: number, label: {lines: string[], width: number}, x: number, y: number, width: number, height: number,
 *   anchor: "start" | "middle" | "end", anchorX: number}} Chosen
 */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

const GRID_CELL = 48;

/** Beyond this many nodes in view their symbols are no longer kept clear: labels are few by then, and time counts. */
const MOST_KEPT_CLEAR = 700;

/** How much of a symbol's radius must stay clear. */
const CLEAR = 0.8;

/** Boxes that can be asked quickly what overlaps them. */
class Occupied {
  constructor() {
    /** @type {Map<string, {box: Box, node: number}[]>} */
    this.grid = new Map();
  }

  /** @param {Box} box */
  static cells(box) {
    const keys = [];
    for (let x = Math.floor(box.left / GRID_CELL); x <= Math.floor(box.right / GRID_CELL); x++) {
      for (let y = Math.floor(box.top / GRID_CELL); y <= Math.floor(box.bottom / GRID_CELL); y++) keys.push(`${x} ${y}`);
    }
    return keys;
  }

  /** @param {Box} box @param {number} node */
  add(box, node) {
    for (const key of Occupied.cells(box)) {
      const list = this.grid.get(key);
      if (list) list.push({ box, node });
      else this.grid.set(key, [{ box, node }]);
    }
  }

  /** Whether something other than `node` overlaps the box. @param {Box} box @param {number} node */
  holds(box, node) {
    return Occupied.cells(box).some((key) => this.grid.get(key)?.some(({ box: other, node: whose }) => whose !== node
      && box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom));
  }
}

/**
 * Where a label may stand about its node, best first: below, above, right, left. Each is the middle of its top edge.
 * @param {{x: number, y: number}} at
 * @param {number} radius
 * @param {number} width
 * @param {number} height
 */
function labelSpots(at, radius, width, height) {
  const beside = radius + 4;
  /** @type {{x: number, y: number, anchor: "start" | "middle" | "end", anchorX: number}[]} */
  const spots = [
    { x: at.x, y: at.y + radius + 2, anchor: "middle", anchorX: at.x },
    { x: at.x, y: at.y - radius - 2 - height, anchor: "middle", anchorX: at.x },
    { x: at.x + beside + width / 2, y: at.y - height / 2, anchor: "start", anchorX: at.x + beside },
    { x: at.x - beside - width / 2, y: at.y - height / 2, anchor: "end", anchorX: at.x - beside },
  ];
  return spots;
}

/**
 * Choose the labels that find room: no two boxes overlap, and none covers the symbol of another node; those of
 * `scene.first` stand below their nodes in any case. `x` is the middle and `y` the top of a label.
 * @param {CanvasRenderingContext2D} context
 * @param {Scene} scene
 * @returns {Chosen[]}
 */
function chooseLabels(context, scene) {
  const labels = new Occupied();
  const symbols = new Occupied();
  if (scene.nodes.length <= MOST_KEPT_CLEAR) {
    for (const node of scene.nodes) {
      const place = scene.places.get(node);
      if (!place) continue;
      const { x, y } = scene.toScreen(place);
      const radius = scene.size(node) * scene.scale * CLEAR;
      symbols.add({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }, node);
    }
  }
  const first = new Set(scene.first);
  /** @type {Chosen[]} */
  const chosen = [];
  const seen = new Set();
  for (const node of [...scene.first, ...scene.nodes]) {
    if (chosen.length >= scene.most) break;
    const place = scene.places.get(node);
    if (!place || seen.has(node)) continue;
    seen.add(node);
    const at = scene.toScreen(place);
    const clip = scene.clip;
    if (clip && (at.x < -80 || at.y < -40 || at.x > clip.width + 80 || at.y > clip.height + 20)) continue;
    const label = measure(context, node);
    const width = label.width + 4;
    const height = label.lines.length * LABEL_LINE;
    for (const { x, y, anchor, anchorX } of labelSpots(at, scene.size(node) * scene.scale, width, height)) {
      const box = { left: x - width / 2, top: y, right: x + width / 2, bottom: y + height };
      if (clip && at.x > 0 && at.x < clip.width && (box.left < 0 || box.right > clip.width)) continue; // cut off, it cannot be read
      if (labels.holds(box, -1) || (symbols.holds(box, node) && !first.has(node))) continue;
      labels.add(box, node);
      chosen.push({ node, label, x, y, width, height, anchor, anchorX });
      break;
    }
  }
  return chosen;
}

/**
 * Draw the labels that find room.
 * @param {CanvasRenderingContext2D} context in the coordinates of the picture
 * @param {Scene} scene
 * @param {Set<number> | null} bright nodes whose labels are not faded; null for all
 */
function drawLabels(context, scene, bright) {
  context.save();
  context.font = `${LABEL_SIZE}px ${FONT}`;
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = dark() ? data.dark : data.light;
  context.fillStyle = dark() ? "#e8ecf1" : "#1a1f26";
  const first = new Set(scene.first);
  drawnLabels = chooseLabels(context, scene);
  for (const { node, label, y, anchor, anchorX } of drawnLabels) {
    const place = /** @type {{x: number, y: number}} */ (scene.places.get(node));
    const at = scene.toScreen(place);
    context.save();
    context.translate(place.x, place.y);
    context.scale(1 / scene.scale, 1 / scene.scale);
    context.globalAlpha = bright && !bright.has(node) ? 0.3 : 1;
    context.textAlign = anchor === "middle" ? "center" : anchor;
    if (first.has(node)) context.font = `600 ${LABEL_SIZE}px ${FONT}`;
    label.lines.forEach((line, i) => {
      context.strokeText(line, anchorX - at.x, y - at.y + i * LABEL_LINE);
      context.fillText(line, anchorX - at.x, y - at.y + i * LABEL_LINE);
    });
    context.restore();
  }
  context.restore();
}

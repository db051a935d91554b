/* Labels keep their size on the screen and never cover each other: the most important come first. */

const LABEL_SIZE = 12;
const LABEL_LINE = 14;
const MOST_LABELS = 260;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** @type {Map<number, {lines: string[], width: number}>} */
const measured = new Map();

/** @param {CanvasRenderingContext2D} context @param {number} node */
function measure(context, node) {
  let label = measured.get(node);
  if (!label) {
    const lines = labelLines(labelOf(node));
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

/** @typedef {{node: number, label: {lines: string[], width: number}, x: number, y: number, width: number, height: number}} Chosen */

const GRID_CELL = 48;

/**
 * Choose the labels that find room: no two boxes overlap. `x` is the middle and `y` the top of a label.
 * @param {CanvasRenderingContext2D} context
 * @param {Scene} scene
 * @returns {Chosen[]}
 */
function chooseLabels(context, scene) {
  /** @type {Map<string, {left: number, top: number, right: number, bottom: number}[]>} */
  const grid = new Map();
  /** @param {{left: number, top: number, right: number, bottom: number}} box */
  const cellsOf = (box) => {
    const keys = [];
    for (let x = Math.floor(box.left / GRID_CELL); x <= Math.floor(box.right / GRID_CELL); x++) {
      for (let y = Math.floor(box.top / GRID_CELL); y <= Math.floor(box.bottom / GRID_CELL); y++) keys.push(`${x} ${y}`);
    }
    return keys;
  };
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
    const top = at.y + scene.size(node) * scene.scale + 2;
    const box = { left: at.x - label.width / 2 - 2, top, right: at.x + label.width / 2 + 2, bottom: top + label.lines.length * LABEL_LINE };
    const keys = cellsOf(box);
    const clash = keys.some((key) => grid.get(key)?.some((other) => box.left < other.right && other.left < box.right
      && box.top < other.bottom && other.top < box.bottom));
    if (clash) continue;
    for (const key of keys) {
      const list = grid.get(key);
      if (list) list.push(box);
      else grid.set(key, [box]);
    }
    chosen.push({ node, label, x: at.x, y: top, width: label.width + 4, height: box.bottom - top });
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
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = dark() ? data.dark : data.light;
  context.fillStyle = dark() ? "#e8ecf1" : "#1a1f26";
  const first = new Set(scene.first);
  drawnLabels = chooseLabels(context, scene);
  for (const { node, label } of drawnLabels) {
    const place = /** @type {{x: number, y: number}} */ (scene.places.get(node));
    const below = scene.size(node) * scene.scale + 2;
    context.save();
    context.translate(place.x, place.y);
    context.scale(1 / scene.scale, 1 / scene.scale);
    context.globalAlpha = bright && !bright.has(node) ? 0.3 : 1;
    if (first.has(node)) context.font = `600 ${LABEL_SIZE}px ${FONT}`;
    label.lines.forEach((line, i) => {
      context.strokeText(line, 0, below + i * LABEL_LINE);
      context.fillText(line, 0, below + i * LABEL_LINE);
    });
    context.restore();
  }
  context.restore();
}

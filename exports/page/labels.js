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

/** What was drawn last, in CSS pixels of the picture. @type {{node: number, x: number, y: number, width: number, height: number}[]} */
let drawnLabels = [];

/**
 * Choose the labels that find room and draw them.
 * @param {CanvasRenderingContext2D} context in the coordinates of the picture
 * @param {{nodes: number[], places: Map<number, {x: number, y: number}>, first: number[], dim: Set<number> | null,
 *   scale: number, size: (node: number) => number, toScreen: (place: {x: number, y: number}) => {x: number, y: number},
 *   width: number, height: number}} scene
 */
function drawLabels(context, scene) {
  const cell = 48;
  /** @type {Map<number, {x: number, y: number, width: number, height: number}[]>} */
  const grid = new Map();
  /** @param {{x: number, y: number, width: number, height: number}} box @param {(list: any[], key: number) => boolean} visit */
  const cells = (box, visit) => {
    for (let cx = Math.floor(box.x / cell); cx <= Math.floor((box.x + box.width) / cell); cx++) {
      for (let cy = Math.floor(box.y / cell); cy <= Math.floor((box.y + box.height) / cell); cy++) {
        const key = cx * 4096 + cy;
        let list = grid.get(key);
        if (!list) grid.set(key, (list = []));
        if (visit(list, key)) return true;
      }
    }
    return false;
  };
  drawnLabels = [];
  context.save();
  context.font = `${LABEL_SIZE}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  const seen = new Set();
  const ink = dark() ? "#e8ecf1" : "#1a1f26";
  const paper = dark() ? data.dark : data.light;
  for (const node of [...scene.first, ...scene.nodes]) {
    if (drawnLabels.length >= MOST_LABELS) break;
    if (seen.has(node)) continue;
    seen.add(node);
    const place = scene.places.get(node);
    if (!place) continue;
    const at = scene.toScreen(place);
    if (at.x < -80 || at.y < -40 || at.x > scene.width + 80 || at.y > scene.height + 20) continue;
    const label = measure(context, node);
    const below = scene.size(node) * scene.scale + 2;
    const box = { x: at.x - label.width / 2 - 2, y: at.y + below, width: label.width + 4, height: label.lines.length * LABEL_LINE };
    const clash = cells(box, (list) => list.some((other) => box.x < other.x + other.width && other.x < box.x + box.width
      && box.y < other.y + other.height && other.y < box.y + box.height));
    if (clash) continue;
    cells(box, (list) => { list.push(box); return false; });
    drawnLabels.push({ node, ...box });
    const faded = scene.dim !== null && !scene.dim.has(node);
    context.save();
    context.translate(place.x, place.y);
    context.scale(1 / scene.scale, 1 / scene.scale);
    context.globalAlpha = faded ? 0.3 : 1;
    context.font = `${scene.first.includes(node) ? "600 " : ""}${LABEL_SIZE}px ${FONT}`;
    context.strokeStyle = paper;
    context.lineWidth = 3.5;
    context.fillStyle = ink;
    label.lines.forEach((line, i) => {
      context.strokeText(line, 0, below + i * LABEL_LINE);
      context.fillText(line, 0, below + i * LABEL_LINE);
    });
    context.restore();
  }
  context.restore();
}

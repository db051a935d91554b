/* Places for views that were not laid out when the page was built: small, quick, and the same every time. */

// Beyond this many nodes the stored places are used as they are.
const MOST_SETTLED = 320;
const LINE_CHARACTERS = 20;
const LABEL_GAP = 5;

/**
 * The lines of a label: at most two. What does not fit is left out of the middle, because long names begin alike
 * ("Agreement between the Government of …") and their ends tell them apart; or, if asked for, from the end.
 * @param {string} label
 * @param {"middle" | "end"} cut
 * @returns {string[]}
 */
function labelLines(label, cut = "middle") {
  if (label.length <= LINE_CHARACTERS) return [label];
  const parts = label.split(/\s+/);
  const taken = () => {
    let line = parts.shift() ?? "";
    while (parts.length && line.length + parts[0].length + 1 <= LINE_CHARACTERS) line += ` ${parts.shift()}`;
    return line;
  };
  const lines = [taken()];
  if (parts.join(" ").length <= LINE_CHARACTERS) lines.push(parts.join(" "));
  else if (cut === "end") lines.push(`${taken()} …`);
  else {
    let last = parts.pop() ?? "";
    while (parts.length && last.length + parts[parts.length - 1].length + 1 <= LINE_CHARACTERS - 2) last = `${parts.pop()} ${last}`;
    lines.push(parts.length ? `… ${last}` : last);
  }
  return lines.filter(Boolean).map((line) => (line.length > LINE_CHARACTERS + 4 ? `${line.slice(0, LINE_CHARACTERS + 2).trimEnd()}…` : line));
}

/**
 * Move boxes of nodes with their labels apart along the shorter way until none overlap.
 * @param {number[]} nodes
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
function separate(nodes, x, y) {
  const half = nodes.map((node) => {
    const lines = labelLines(labelOf(node));
    const width = Math.max(...lines.map((line) => line.length)) * 6.3;
    const radius = data.nodes.size[node];
    return { width: Math.max(width / 2, radius) + LABEL_GAP, height: lines.length * 7.5 + radius + LABEL_GAP };
  });
  for (let step = 0; step < 300; step++) {
    let clashes = 0;
    for (let i = 0; i < nodes.length; i++) {
      for (let j = i + 1; j < nodes.length; j++) {
        const dx = x[i] - x[j] + (i - j) * 1e-3;
        const dy = y[i] - y[j] + (i - j) * 7e-4;
        const overX = half[i].width + half[j].width - Math.abs(dx);
        const overY = half[i].height + half[j].height - Math.abs(dy);
        if (overX <= 0 || overY <= 0) continue;
        clashes++;
        if (overX < overY) {
          const move = Math.sign(dx) * overX * 0.3;
          x[i] += move;
          x[j] -= move;
        } else {
          const move = Math.sign(dy) * overY * 0.3;
          y[i] += move;
          y[j] -= move;
        }
      }
    }
    if (!clashes) break;
  }
}

/**
 * Give each node of a view its place.
 * @param {number[]} nodes
 * @param {number[]} pairs
 * @returns {Map<number, {x: number, y: number}>}
 */
function settle(nodes, pairs) {
  const overview = nodes.every((node) => node < data.central);
  const scale = nodes.length <= MOST_SETTLED ? 1 / data.spread : 1;
  // The stored picture is wider than high; a portrait screen gets it on its side.
  const box = byId("stage").getBoundingClientRect();
  const upright = box.height > box.width * 1.1;
  const [first, second] = upright ? [data.nodes.y, data.nodes.x] : [data.nodes.x, data.nodes.y];
  const x = Float64Array.from(nodes, (node) => first[node] * scale);
  const y = Float64Array.from(nodes, (node) => second[node] * scale);
  if (nodes.length <= MOST_SETTLED && nodes.length > 1) {
    if (upright) fill(nodes, x, y, Math.max(box.width - 110, 100), Math.max(box.height - 190, 100));
    if (view.path.length) layers(nodes, x, y);
    else if (view.compare.length) sides(nodes, x, y);
    else if (view.focus.length) rings(nodes, pairs, x, y);
    if (!overview || upright || view.path.length || view.focus.length || view.compare.length) separate(nodes, x, y);
  }
  return new Map(nodes.map((node, i) => [node, { x: Math.round(x[i]), y: Math.round(y[i]) }]));
}

/**
 * Stretch values about 0 over a length, halfway to equal steps, so that an outlier leaves room to the others.
 * @param {Float64Array} values
 * @param {number} length
 */
function stretch(values, length) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const order = [...values.keys()].sort((i, j) => values[i] - values[j] || i - j);
  order.forEach((i, rank) => {
    const even = rank / Math.max(values.length - 1, 1);
    values[i] = (((values[i] - low) / Math.max(high - low, 1) + even) / 2 - 0.5) * length;
  });
}

/**
 * Start with the shape of the screen. Boxes are wider than high, so moving them apart makes a picture higher: a trial
 * shows by how much, and the start is made wider by that.
 * @param {number[]} nodes
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {number} width
 * @param {number} height
 */
function fill(nodes, x, y, width, height) {
  stretch(x, width);
  stretch(y, height);
  const [triedX, triedY] = [x.slice(), y.slice()];
  separate(nodes, triedX, triedY);
  /** @param {Float64Array} values */
  const length = (values) => Math.max(...values) - Math.min(...values);
  const higher = (length(triedY) / Math.max(length(triedX), 1)) * (width / height);
  if (higher > 1) stretch(x, width * Math.min(Math.sqrt(higher), 3));
}

/**
 * The focus in the middle, each step on an ellipse around it, neighbours of one kind side by side.
 * @param {number[]} nodes
 * @param {number[]} pairs
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
function rings(nodes, pairs, x, y) {
  const index = new Map(nodes.map((node, i) => [node, i]));
  const distance = around(view.focus, view.steps);
  /** @type {number[][]} */
  const byStep = [[], [], [], []];
  for (const node of nodes) byStep[distance.get(node) ?? view.steps].push(node);
  const angle = new Map();
  /** @type {Map<number, number[]>} */
  const near = new Map(nodes.map((node) => [node, []]));
  for (const pair of pairs) {
    near.get(data.pairs.a[pair])?.push(data.pairs.b[pair]);
    near.get(data.pairs.b[pair])?.push(data.pairs.a[pair]);
  }
  const box = byId("picture").getBoundingClientRect();
  const aspect = Math.min(1.8, Math.max(0.6, box.width / Math.max(box.height, 1) || 1));
  const [across, along] = [Math.sqrt(aspect) * 1.1, 1.1 / Math.sqrt(aspect)];
  let inner = 0;
  byStep.forEach((ring, step) => {
    if (!ring.length) return;
    if (step === 0) {
      ring.forEach((node, i) => {
        const at = /** @type {number} */ (index.get(node));
        x[at] = (i - (ring.length - 1) / 2) * 160;
        y[at] = 0;
      });
      return;
    }
    // On the first ring by community and class; farther out next to the neighbour already placed.
    /** @param {number} node */
    const key = (node) => {
      const placed = (near.get(node) ?? []).map((other) => angle.get(other)).filter((a) => a !== undefined);
      return step === 1 || !placed.length ? data.nodes.community[node] * 20 + data.nodes.class[node] : placed[0];
    };
    const sorted = ring.map((node) => ({ node, key: key(node) })).sort((a, b) => a.key - b.key || a.node - b.node);
    // A ring holds as many as stand side by side; more go to further rows.
    let done = 0;
    while (done < sorted.length) {
      const radius = inner + 105;
      const room = Math.max(6, Math.floor((2 * Math.PI * radius) / 95));
      const row = sorted.slice(done, done + room);
      if (sorted.length - done > room) {
        // Spread the row over the whole ring: take every k-th, so that rows keep the order by community.
        const rows = Math.ceil((sorted.length - done) / room);
        row.length = 0;
        for (let i = done; i < sorted.length && row.length < room; i += rows) row.push(sorted[i]);
        const taken = new Set(row);
        const rest = sorted.slice(done).filter((item) => !taken.has(item));
        sorted.splice(done, sorted.length - done, ...row, ...rest);
      }
      row.forEach((item, i) => {
        const turn = (2 * Math.PI * (i + 0.5)) / row.length - Math.PI / 2;
        angle.set(item.node, turn);
        const at = /** @type {number} */ (index.get(item.node));
        x[at] = Math.cos(turn) * radius * across;
        y[at] = Math.sin(turn) * radius * along;
      });
      inner = radius;
      done += row.length;
    }
  });
}

/**
 * Paths run from left to right, one column a step.
 * @param {number[]} nodes
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
function layers(nodes, x, y) {
  const column = new Map();
  for (const way of shortestPaths(view.path[0], view.path[1])) way.forEach((node, step) => column.set(node, step));
  /** @type {Map<number, number>} */
  const filled = new Map();
  const sizes = new Map();
  for (const node of nodes) sizes.set(column.get(node), (sizes.get(column.get(node)) ?? 0) + 1);
  nodes.forEach((node, i) => {
    const step = column.get(node) ?? (node === view.path[0] ? 0 : 1);
    const row = filled.get(step) ?? 0;
    filled.set(step, row + 1);
    x[i] = step * 230;
    y[i] = (row - (sizes.get(column.get(node)) - 1) / 2) * 75;
  });
}

/**
 * The two compared to the left and the right, what they share in columns between them.
 * @param {number[]} nodes
 * @param {Float64Array} x
 * @param {Float64Array} y
 */
function sides(nodes, x, y) {
  const between = nodes.map((_, i) => i).filter((i) => !view.compare.includes(nodes[i]))
    .sort((i, j) => data.nodes.class[nodes[i]] - data.nodes.class[nodes[j]] || nodes[i] - nodes[j]);
  const columnsBetween = Math.max(1, Math.ceil(Math.sqrt(between.length / 4)));
  const rows = Math.ceil(between.length / columnsBetween);
  between.forEach((i, number) => {
    x[i] = (Math.floor(number / rows) - (columnsBetween - 1) / 2) * 150;
    y[i] = ((number % rows) - (rows - 1) / 2) * 56;
  });
  const far = (columnsBetween / 2) * 150 + 160;
  nodes.forEach((node, i) => {
    if (!view.compare.includes(node)) return;
    x[i] = node === view.compare[0] ? -far : far;
    y[i] = 0;
  });
}

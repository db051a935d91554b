/* Start the page. */

function drawHeading() {
  byId("title").replaceChildren(isolated(plain(data.title)));
  const documents = counted(data.documents.id.length, "document");
  const facts = `${counted(nodeCount, "entity", "entities")} and ${counted(claimCount, "claim")} read from ${documents}`;
  byId("summary").textContent = `${facts}: who agreed what with whom, when, and where it is written.`;
}

function drawNotice() {
  const rest = shown.possible - shown.nodes.length;
  /** @type {(string | Node)[]} */
  const actions = [];
  let text = "";
  /** @param {string} label @param {() => void} act */
  const button = (label, act) => actions.push(make("button", { type: "button", onclick: act }, label));
  if (view.path.length) {
    const ways = shortestPaths(view.path[0], view.path[1]);
    text = ways.length ? `${counted(ways.length, "shortest path")} between ${labelOf(view.path[0])} and ${labelOf(view.path[1])}`
      : `No path between ${labelOf(view.path[0])} and ${labelOf(view.path[1])} over what is visible`;
    button("All", () => go({ path: [] }));
  } else if (view.compare.length) {
    text = `What ${labelOf(view.compare[0])} and ${labelOf(view.compare[1])} share`;
    if (shown.cut) text += ` (${shown.cut} less important names left out)`;
    button("All", () => go({ compare: [] }));
  } else if (view.focus.length) {
    text = `${view.focus.map(labelOf).join(", ")}: ${counted(shown.nodes.length - 1, "neighbour")} within ${counted(view.steps, "step")}`;
    const hidden = hiddenNeighbours();
    if (shown.cut) {
      text += ` shown, ${counted(shown.cut, "less connected one")} not`;
      button("Show more", () => go({ limit: shown.nodes.length + Math.min(shown.cut, 300) }));
    }
    if (view.steps < 3) button("+ farther", () => go({ steps: view.steps + 1 }));
    if (view.steps > 1) button("− nearer", () => go({ steps: view.steps - 1 }));
    if (hidden) {
      text += `; ${counted(hidden, "neighbour")} hidden`;
      button("show", resetFilters);
    }
    button("All", () => go({ focus: [], node: -1, pair: -1 }));
  } else {
    text = !claimCount ? "Nothing to draw: no claim was read from these documents" : rest > 0 ? `The ${shown.nodes.length} most connected of ${shown.possible.toLocaleString("en")} names; ${rest.toLocaleString("en")} are not shown yet`
      : counted(shown.nodes.length, "name");
    const next = [100, 500, 2000, 10000].find((limit) => limit > shown.nodes.length && view.limit < limit);
    if (rest > 0 && next) button(rest + shown.nodes.length <= next ? "Show all" : `Show ${next.toLocaleString("en")}`, () => go({ limit: next }));
    if (view.limit > firstLimit) button("Show fewer", () => go({ limit: firstLimit }));
    const hidden = nodeCount - nodesWithoutClaims - shown.possible;
    if (hidden > 0) {
      text += `; ${counted(hidden, "name")} hidden by filters`;
      button("show", resetFilters);
    }
  }
  byId("hint").hidden = past.length > 0 || view.focus.length + view.path.length + view.compare.length > 0 || view.node >= 0 || view.pair >= 0 || view.table || !claimCount;
  if (byId("notice").textContent !== text) announce(text);
  byId("notice").replaceChildren(isolated(text));
  byId("notice-actions").replaceChildren(...actions);
}

const nodesWithoutClaims = (() => {
  let count = 0;
  for (let node = 0; node < nodeCount; node++) if (!pairsOfNode.of(node).length) count++;
  return count;
})();

/** Direct neighbours of the focus that filters hide. */
function hiddenNeighbours() {
  const hidden = new Set();
  for (const node of view.focus) {
    for (const pair of pairsOfNode.of(node)) if (!passing[pair]) hidden.add(otherEnd(pair, node));
  }
  return hidden.size;
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const typing = event.target instanceof HTMLInputElement && event.target.type === "text";
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (event.key === "t" || event.key === "T") {
    go({ table: !view.table });
  } else if (event.key === "/") {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "Escape") {
    const menu = /** @type {HTMLDetailsElement} */ (byId("menu"));
    if (menu.open) menu.open = false;
    else if (view.node >= 0 || view.pair >= 0 || view.focus.length || view.path.length || view.compare.length) {
      go({ node: -1, pair: -1, focus: [], path: [], compare: [] });
    }
  } else if (event.key === "+" || event.key === "=") {
    if (view.focus.length && view.steps < 3) go({ steps: view.steps + 1 });
  } else if (event.key === "-") {
    if (view.focus.length && view.steps > 1) go({ steps: view.steps - 1 });
  }
}

function buildMenu() {
  const menu = /** @type {HTMLDetailsElement} */ (byId("menu"));
  /** @param {string} label @param {() => void} act */
  const item = (label, act) => make("button", { type: "button", onclick: () => { menu.open = false; act(); } }, label);
  byId("menu-list").append(
    item("Picture as PNG", downloadPng), item("Picture as SVG", downloadSvg),
    item("Visible claims as CSV", downloadCsv), item("Visible claims as Turtle", downloadTurtle),
    item("Copy address of this view", copyAddress), item("Print", () => window.print()), item("Keys", showKeys));
  document.addEventListener("click", (event) => {
    if (menu.open && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
}

async function copyAddress() {
  const address = `${location.href.split("#")[0]}#${addressOf(view)}`;
  try {
    await navigator.clipboard.writeText(address);
    announce("Address copied");
  } catch {
    window.prompt("The address of this view", address);
  }
}

function showKeys() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("keys"));
  dialog.showModal();
}

/** @param {boolean} open */
function showFilters(open) {
  document.body.classList.toggle("no-filters", !open);
  byId("show-filters").setAttribute("aria-expanded", String(open));
}

function start() {
  drawHeading();
  buildTime();
  buildMenu();
  startAddress();
  listeners.push(drawNotice, drawFilters, drawTable, drawPanel, drawTime, draw, drawTravel);
  refresh();
  offerNames(/** @type {HTMLInputElement} */ (byId("search")), byId("hits"), focusOn);
  byId("back").addEventListener("click", goBack);
  byId("forward").addEventListener("click", goForward);
  byId("show-table").addEventListener("click", () => go({ table: !view.table }));
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    if (!view.table) go({ table: true });
    byId("table-filter").focus();
  });
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("zoom-fit").addEventListener("click", () => fit(true));
  showFilters(!narrow.matches);
  byId("show-filters").addEventListener("click", () => showFilters(document.body.classList.contains("no-filters")));
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    refresh();
  });
  systemDark.addEventListener("change", refresh);
  document.addEventListener("keydown", onKey);
}

/* What is on the screen, for tests and for a page that holds this one in a frame. */
Object.assign(window, {
  diplograph: Object.freeze({
    labels: () => drawnLabels.map(({ node, label, x, y, width, height }) => ({
      id: data.nodes.id[node], text: label.lines.join(" "), left: x - width / 2, right: x + width / 2, top: y, bottom: y + height,
    })),
    /** @param {string[]} names */
    cut: (names) => Object.fromEntries(names.map((name) => [name, labelLines(name)])),
    nodes: () => shown.nodes.map((node) => data.nodes.id[node]),
    claims: () => shownClaims().map((claim) => data.claims.id[claim]),
    places: () => Object.fromEntries([...places].map(([node, place]) => [data.nodes.id[node], place])),
    /** Where a node is on the screen, in CSS pixels. @param {string} id */
    where: (id) => {
      const place = places.get(numberOf.get(id) ?? -1);
      if (!place) return null;
      const box = byId("picture").getBoundingClientRect();
      const at = network.canvasToDOM(place);
      return { x: box.left + at.x, y: box.top + at.y };
    },
  }),
});

start();

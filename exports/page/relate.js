/* Two nodes: the ways between them told as sentences, and what they share. */

/** The pair of two nodes, or -1. @param {number} a @param {number} b */
const pairBetween = (a, b) => [...pairsOfNode.of(a)].find((pair) => otherEnd(pair, a) === b) ?? -1;

// Claims told for one leg of a path; the rest is one click away.
const CLAIMS_A_LEG = 2;

function pathPanel() {
  const [from, to] = view.path;
  const ways = shortestPaths(from, to);
  const head = make("h2", {}, "From ", isolated(labelOf(from)), " to ", isolated(labelOf(to)));
  if (!ways.length) {
    return [head, make("p", {}, "No path over what is visible. Switch more kinds of names or relations on, or widen the time.")];
  }
  const steps = ways[0].length - 1;
  return [head,
    make("p", { class: "quiet" }, ways.length === 12 ? `At least 12 shortest paths of ${counted(steps, "step")}` : `${counted(ways.length, "shortest path")} of ${counted(steps, "step")}`),
    ...ways.map((way, number) => make("details", { class: "relation way", open: number < 3 },
      make("summary", {}, ...way.flatMap((node, i) => [i ? " → " : "", isolated(labelOf(node))])),
      make("ol", {}, ...way.slice(1).map((node, i) => legItem(way[i], node)))))];
}

/** @param {number} a @param {number} b */
function legItem(a, b) {
  const pair = pairBetween(a, b);
  const claims = visibleClaims(pair).sort((x, y) => data.claims.confidence[y] - data.claims.confidence[x] || x - y);
  return make("li", { class: "leg" }, ...claims.slice(0, CLAIMS_A_LEG).map((claim) => make("div", {},
    make("p", { class: "said" }, isolated(`${claimSentence(claim)}.`)),
    quoteItem(quotesOf(claim)[0], subjectOf(claim), objectOf(claim)))),
  claims.length > CLAIMS_A_LEG && make("button", { type: "button", class: "why", onclick: () => go({ pair, node: -1 }) },
    `${claims.length - CLAIMS_A_LEG} more between these two`));
}

/** Nodes joined with both of two nodes over claims that pass. @param {number} a @param {number} b @returns {number[]} */
function sharedBy(a, b) {
  const near = new Set();
  for (const pair of pairsOfNode.of(a)) if (passing[pair]) near.add(otherEnd(pair, a));
  const shared = [];
  for (const pair of pairsOfNode.of(b)) {
    const other = otherEnd(pair, b);
    if (passing[pair] && near.has(other) && other !== a) shared.push(other);
  }
  return shared.sort((x, y) => x - y);
}

// In what order the comparison tells what is shared; other classes follow.
const SHARED_FIRST = ["Forum", "Agreement", "Event", "IssueArea", "Organization", "Programme"];

function comparePanel() {
  const [a, b] = view.compare;
  const shared = sharedBy(a, b);
  const direct = pairBetween(a, b);
  const classes = data.classes.map((_, kind) => kind).sort((x, y) => {
    const [i, j] = [x, y].map((kind) => SHARED_FIRST.indexOf(data.classes[kind].name));
    return (i < 0 ? 99 : i) - (j < 0 ? 99 : j);
  });
  /** @param {number} node @param {number} other */
  const cell = (node, other) => {
    const pair = pairBetween(node, other);
    const claims = visibleClaims(pair);
    const said = [...new Set(claims.map((claim) => {
      const relation = data.relations[data.claims.relation[claim]];
      const words = subjectOf(claim) === node ? relation.forward : relation.backward;
      return [words, claimDate(claim)].filter(Boolean).join(", ");
    }))];
    return make("td", {}, make("button", { type: "button", class: "why",
      onclick: () => go({ pair, node: -1 }) }, said.slice(0, 3).join("; ") + (said.length > 3 ? " …" : ""),
    make("span", { class: "unseen" }, `: evidence for ${labelOf(node)} and ${labelOf(other)}`)));
  };
  /** @param {number} node */
  const only = (node) => [...pairsOfNode.of(node)].filter((pair) => passing[pair]).length - shared.length - (direct >= 0 && passing[direct] ? 1 : 0);
  return [
    make("h2", {}, isolated(labelOf(a)), " and ", isolated(labelOf(b)), " compared"),
    make("p", { class: "quiet" }, `${counted(shared.length, "name")} shared · ${only(a)} only with ${labelOf(a)} · ${only(b)} only with ${labelOf(b)}`),
    direct >= 0 && passing[direct] ? make("p", {}, make("button", { type: "button", onclick: () => go({ pair: direct, node: -1 }) },
      `${counted(passing[direct], "claim")} between the two`)) : make("p", { class: "quiet" }, "No visible claim joins the two directly."),
    ...classes.map((kind) => {
      const group = shared.filter((node) => data.nodes.class[node] === kind);
      if (!group.length) return null;
      return make("table", { class: "compared" },
        make("caption", {}, swatch(kind), `Shared ${data.classes[kind].plural.toLowerCase()}`, make("span", { class: "count" }, String(group.length))),
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Name"), make("th", { scope: "col" }, isolated(labelOf(a))), make("th", { scope: "col" }, isolated(labelOf(b))))),
        make("tbody", {}, ...group.slice(0, 100).map((other) => make("tr", {}, make("th", { scope: "row" }, nodeButton(other)), cell(a, other), cell(b, other)))));
    }).filter((part) => part !== null),
  ];
}

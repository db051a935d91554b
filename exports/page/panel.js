/* The evidence: for a node what is said of it, for a pair every claim with the sentences that say so. */

// A busy node has thousands of claims; more are shown on request.
const CLAIMS_AT_ONCE = 40;

function drawPanel() {
  const panel = byId("panel");
  const content = view.pair >= 0 ? pairPanel(view.pair) : view.node >= 0 ? nodePanel(view.node)
    : view.path.length ? pathPanel() : view.compare.length ? comparePanel() : null;
  panel.hidden = !content;
  document.body.classList.toggle("with-panel", Boolean(content));
  if (!content) { panel.replaceChildren(); return; }
  panel.replaceChildren(make("button", { type: "button", class: "close", "aria-label": "Close details", title: "Close (Esc)",
    onclick: closePanel }, "×"), ...content);
  panel.scrollTop = 0;
}

/** Close what lies on top: a selection first, then a path or comparison. */
function closePanel() {
  if (view.node >= 0 || view.pair >= 0) go({ node: -1, pair: -1 });
  else go({ path: [], compare: [] });
}

/** @param {number} claim */
function claimItem(claim) {
  const parts = [claimDate(claim), qualifier(claim, "status"), amountWords(claim), qualifier(claim, "purpose"), qualifier(claim, "position")];
  const modality = data.modalities[data.claims.modality[claim]];
  for (const name of ["place", "issue"]) {
    const number = numberOf.get(qualifier(claim, name));
    if (number !== undefined) parts.push(`${name}: ${labelOf(number)}`);
  }
  const subject = subjectOf(claim);
  const object = objectOf(claim);
  return make("li", { class: "claim", "data-claim": data.claims.id[claim] },
    make("p", { class: "said" }, nodeButton(subject), ` ${relationWords(claim)} `, nodeButton(object)),
    make("p", { class: "facts" }, ...parts.filter(Boolean).map((part) => make("span", { class: "fact" }, isolated(plain(part)))),
      modality !== "asserted" && make("span", { class: "fact modality" }, modality)),
    ...quotesOf(claim).map((quote) => quoteItem(quote, subject, object)),
    make("p", { class: "made" }, `Confidence ${data.claims.confidence[claim]} % · rule `, make("code", {}, isolated(plain(data.rules[data.claims.rule[claim]])))));
}

/**
 * A sentence with the names of both ends marked, and where it stands.
 * @param {number} quote
 * @param {number} subject
 * @param {number} object
 */
function quoteItem(quote, subject, object) {
  const document = data.quotes.document[quote];
  const section = sections.get(quote);
  const page = pages.get(quote);
  return make("figure", { class: "quote" },
    make("blockquote", {}, isolated2(markNames(quote, subject, object))),
    make("figcaption", {}, sourceLink(quote, document), section && [" · ", plain(section)].join(""), page ? ` · page ${page}` : "",
      document >= 0 && data.documents.publisher[document] ? ` · ${plain(data.documents.publisher[document])}` : ""));
}

/** @param {(Node | string)[]} parts */
const isolated2 = (parts) => make("bdi", {}, ...parts);

/** @param {number} quote @param {number} document */
function sourceLink(quote, document) {
  const title = documentTitle(document);
  if (document < 0) return title;
  const address = data.documents.url[document] || data.documents.file[document];
  const page = pages.get(quote);
  if (/\.pdf$/i.test(address)) return outsideLink(address, title, page ? `page=${page}` : "");
  const start = data.quotes.text[quote].trim().split(/\s+/).slice(0, 8).join(" ");
  return outsideLink(address, title, `${encoded(anchors.get(quote) ?? "")}:~:text=${encoded(start)}`);
}

/**
 * The sentence as text with `mark` elements around the names of two nodes.
 * @param {number} quote
 * @param {number} subject
 * @param {number} object
 * @returns {(Node | string)[]}
 */
function markNames(quote, subject, object) {
  const letters = Array.from(data.quotes.text[quote]); // offsets are code points
  const flat = data.quotes.marks[quote];
  /** @type {[number, number][]} */
  let spans = [];
  for (let i = 0; i < flat.length; i += 3) if (flat[i] === subject || flat[i] === object) spans.push([flat[i + 1], flat[i + 2]]);
  for (const node of [subject, object]) {
    if (!flat.some((value, i) => i % 3 === 0 && value === node)) spans.push(...occurrences(letters, node));
  }
  spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const parts = [];
  let done = 0;
  for (const [start, end] of spans) {
    if (start < done) continue;
    parts.push(letters.slice(done, start).join(""), make("mark", {}, letters.slice(start, end).join("")));
    done = end;
  }
  parts.push(letters.slice(done).join(""));
  return parts;
}

/** Where a name of a node stands in a sentence. @param {string[]} letters @param {number} node @returns {[number, number][]} */
function occurrences(letters, node) {
  const text = letters.join("");
  const names = [data.nodes.label[node], ...(aliases.get(node) ?? [])].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  for (const name of names) {
    const at = text.indexOf(name);
    if (at < 0) continue;
    const start = Array.from(text.slice(0, at)).length;
    return [[start, start + Array.from(name).length]];
  }
  return [];
}

/** Claims that pass of a pair, earliest first, undated last. @param {number} pair */
const visibleClaims = (pair) => [...claimsOfPair.of(pair)].filter((claim) => passes[claim]).sort(byDate);
/** @param {number} a @param {number} b */
const byDate = (a, b) => (earliest[a] < 0 ? Infinity : earliest[a]) - (earliest[b] < 0 ? Infinity : earliest[b]) || a - b || 0;

/** @param {number} pair */
function pairPanel(pair) {
  const a = data.pairs.a[pair];
  const b = data.pairs.b[pair];
  const claims = visibleClaims(pair);
  return [make("h2", {}, isolated(labelOf(a)), " and ", isolated(labelOf(b))),
    make("p", { class: "quiet" }, counted(claims.length, "claim"), hiddenNote(claimsOfPair.of(pair).length - claims.length, "claim")),
    claimList(claims)];
}

/** @param {number} count @param {string} what */
const hiddenNote = (count, what) => (count > 0 ? `, ${counted(count, what)} hidden by filters` : "");

/** @param {number[]} claims */
function claimList(claims) {
  const list = make("ul", { class: "claims" }, ...claims.slice(0, CLAIMS_AT_ONCE).map(claimItem));
  if (claims.length <= CLAIMS_AT_ONCE) return list;
  let done = CLAIMS_AT_ONCE;
  const more = make("button", { type: "button", onclick: () => {
    list.append(...claims.slice(done, done + CLAIMS_AT_ONCE).map(claimItem));
    done += CLAIMS_AT_ONCE;
    if (done >= claims.length) more.remove();
  } }, "Show more claims");
  return make("div", {}, list, more);
}

/** @param {number} node */
function nodePanel(node) {
  const look = lookOf(node);
  const pairs = [...pairsOfNode.of(node)];
  const neighbours = pairs.filter((pair) => passing[pair]).length;
  const claims = pairs.flatMap((pair) => visibleClaims(pair));
  /** @type {Map<string, number[]>} */
  const groups = new Map();
  for (const claim of claims) {
    const relation = data.relations[data.claims.relation[claim]];
    const said = subjectOf(claim) === node ? relation.forward : relation.backward;
    groups.set(said, [...(groups.get(said) ?? []), claim]);
  }
  const also = (aliases.get(node) ?? []).map(plain);
  const facts = (attributes.get(node) ?? []).map(([name, value]) => [words(name), /date|founded|start|end/.test(name) ? dateWords(value) : plain(value)]);
  return [
    make("h2", {}, swatch(data.nodes.class[node]), isolated(labelOf(node))),
    make("p", { class: "quiet" }, `${words(look.name)} · ${counted(neighbours, "neighbour")} · ${counted(claims.length, "claim")}`,
      hiddenNote(pairs.length - neighbours, "neighbour")),
    make("div", { class: "actions" },
      make("button", { type: "button", onclick: () => focusOn(node), disabled: view.focus.includes(node) && view.steps === 1 }, "Focus"),
      make("button", { type: "button", id: "path-from", onclick: () => askForOther(node, "path") }, "Path to …"),
      make("button", { type: "button", id: "compare-with", onclick: () => askForOther(node, "compare") }, "Compare with …")),
    make("div", { id: "ask-other" }),
    also.length ? make("p", { class: "also" }, "Also: ", ...also.slice(0, 12).flatMap((name, i) => [i ? ", " : "", isolated(name)]), also.length > 12 ? " …" : "") : null,
    facts.length || links.has(node) ? make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, isolated(value))]),
      ...(links.get(node) ?? []).flatMap((address) => [make("dt", {}, authority(address)), make("dd", {}, outsideLink(address, lastPart(address)))])) : null,
    ...[...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).map(([said, group]) => relationGroup(node, said, group)),
  ].filter((part) => part !== null);
}

/** @param {string} address */
function authority(address) {
  try {
    return new URL(address).hostname.replace(/^www\./, "");
  } catch {
    return "identifier";
  }
}

/** @param {string} address */
const lastPart = (address) => plain(address.split(/[/#]/).filter(Boolean).pop() ?? address);

/** @param {number} node @param {string} said @param {number[]} claims */
function relationGroup(node, said, claims) {
  const sorted = [...claims].sort(byDate);
  /** @param {number} claim */
  const row = (claim) => {
    const other = subjectOf(claim) === node ? objectOf(claim) : subjectOf(claim);
    const extra = [claimDate(claim), qualifier(claim, "status"), amountWords(claim), data.claims.modality[claim] ? data.modalities[data.claims.modality[claim]] : ""];
    return make("li", {}, nodeButton(other), make("button", { type: "button", class: "why",
      onclick: () => go({ pair: data.claims.pair[claim], node: -1 }) }, ...extra.filter(Boolean).map((part) => make("span", { class: "fact" }, isolated(plain(part)))), "evidence",
    make("span", { class: "unseen" }, ` that ${claimSentence(claim)}`)));
  };
  return make("details", { class: "relation", open: claims.length <= 12 },
    make("summary", {}, said, make("span", { class: "count" }, String(claims.length))),
    make("ul", { class: "others" }, ...sorted.slice(0, 200).map(row)),
    sorted.length > 200 && make("p", { class: "quiet" }, `${sorted.length - 200} more: see the table`));
}

/** Ask for the second node of a path or comparison. @param {number} node @param {"path" | "compare"} purpose */
function askForOther(node, purpose) {
  const list = make("ul", { id: "other-hits", role: "listbox", "aria-label": "Names found", hidden: true });
  const label = purpose === "path" ? "Path to" : "Compare with";
  const input = /** @type {HTMLInputElement} */ (make("input", { type: "text", id: "other", role: "combobox", placeholder: `${label} …`, "aria-label": label,
    "aria-expanded": "false", "aria-controls": "other-hits", "aria-autocomplete": "list", autocomplete: "off", maxlength: 120 }));
  offerNames(input, list, (other) => {
    if (other === node) return;
    go({ focus: [], path: [], compare: [], node: -1, pair: -1, [purpose]: [node, other] });
  });
  byId("ask-other").replaceChildren(make("div", { class: "search inline" }, input, list));
  input.focus();
}

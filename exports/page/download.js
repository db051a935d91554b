/* Files made in the page: visible claims as CSV and Turtle, pictures as SVG and PNG. */

/** @param {string | Blob} content @param {string} type @param {string} name */
function download(content, type, name) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const anchor = make("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  announce(`${name} made`);
}

const CSV_QUALIFIERS = ["date", "start", "end", "status", "amount", "currency", "purpose", "position", "place", "issue"];

/** A CSV field; a spreadsheet must not take words of a document for a formula. @param {string} text */
function csvField(text) {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** @param {number[]} claims */
function csvText(claims) {
  const head = ["id", "subject", "subject_label", "predicate", "object", "object_label", ...CSV_QUALIFIERS, "modality", "confidence", "rule",
    "document", "start_offset", "end_offset", "sentence"];
  const rows = claims.flatMap((claim) => quotesOf(claim).map((quote) => {
    const subject = subjectOf(claim);
    const object = objectOf(claim);
    const document = data.quotes.document[quote];
    return [data.claims.id[claim], data.nodes.id[subject], data.nodes.label[subject], data.relations[data.claims.relation[claim]].name,
      data.nodes.id[object], data.nodes.label[object], ...CSV_QUALIFIERS.map((name) => qualifier(claim, name)),
      data.modalities[data.claims.modality[claim]], (data.claims.confidence[claim] / 100).toFixed(2), data.rules[data.claims.rule[claim]],
      document < 0 ? "" : data.documents.id[document], String(data.quotes.start[quote]), String(data.quotes.end[quote]), data.quotes.text[quote]];
  }));
  return "\ufeff" + [head, ...rows].map((row) => row.map(csvField).join(",")).join("\r\n") + "\r\n";
}

function downloadCsv() {
  download(csvText(view.table ? tableClaims() : shownClaims()), "text/csv;charset=utf-8", "claims.csv");
}

/** @param {string} text */
const turtleString = (text) => `"${text.replace(/[\\"\u0000-\u001f\u007f]/g, (letter) =>
  /** @type {Record<string, string>} */ ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[letter]
    ?? `\\u${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`)}"`;
/** The path of an id below the base, as the export of the whole graph writes it. @param {string} id */
const turtlePath = (id) => `<${id.replace(/[^\p{L}\p{N}/\-._~!$'()*+,;=@]/gu, (letter) => encoded(letter)
  .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`))}>`;
/** @param {string} value */
const turtleName = (value) => `dg:${value.split("-").map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("")}`;

/** First and last day of an ISO date of any precision. @param {string} date @returns {[string, string] | null} */
function days(date) {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date);
  if (!parts) return null;
  const [, year, month, day] = parts;
  if (day) return [date, date];
  if (!month) return [`${year}-01-01`, `${year}-12-31`];
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return [`${year}-${month}-01`, `${year}-${month}-${last}`];
}

/** @param {number} claim */
function turtlePeriod(claim) {
  const lines = [];
  for (const name of ["date", "start", "end"]) {
    const value = qualifier(claim, name);
    if (value) lines.push(`dg:${name}EDTF ${turtleString(value)}`);
  }
  const on = days(qualifier(claim, "date"));
  const from = on ?? days(qualifier(claim, "start"));
  const until = on ?? days(qualifier(claim, "end"));
  if (from) lines.push(`dg:earliest "${from[0]}"^^xsd:date`);
  if (until) lines.push(`dg:latest "${until[1]}"^^xsd:date`);
  if (from || until) lines.push(`dg:year ${Number((from?.[0] ?? until?.[1] ?? "").slice(0, 4))}`);
  return lines;
}

/** Claims with their ends, documents and quotations, in the pattern of the whole graph's Turtle file. @param {number[]} claims */
function turtleText(claims) {
  /** @type {Map<string, Set<string>>} */
  const nodes = new Map();
  /** @param {string} subject @param {...string} lines */
  const say = (subject, ...lines) => {
    const known = nodes.get(subject) ?? new Set();
    for (const line of lines) known.add(line);
    nodes.set(subject, known);
  };
  for (const claim of claims) {
    const ends = [subjectOf(claim), objectOf(claim)];
    for (const node of ends) {
      say(turtlePath(data.nodes.id[node]), `a dg:${data.classes[data.nodes.class[node]].name}`, `rdfs:label ${turtleString(data.nodes.label[node])}`,
        ...(aliases.get(node) ?? []).map((alias) => `skos:altLabel ${turtleString(alias)}`));
    }
    const [subject, object] = ends.map((node) => turtlePath(data.nodes.id[node]));
    const predicate = `dg:${data.relations[data.claims.relation[claim]].name}`;
    const modality = data.modalities[data.claims.modality[claim]];
    if (modality === "asserted") say(subject, `${predicate} ${object}`);
    const self = `<claim/${data.claims.id[claim]}>`;
    say(self, "a dg:Claim", `rdf:subject ${subject}`, `rdf:predicate ${predicate}`, `rdf:object ${object}`, `dg:modality ${turtleName(modality)}`,
      `dg:rule ${turtleString(data.rules[data.claims.rule[claim]])}`, ...turtlePeriod(claim));
    const status = qualifier(claim, "status");
    if (status) say(self, `dg:status ${data.statuses.includes(status) ? turtleName(status) : turtleString(status)}`);
    const amount = qualifier(claim, "amount");
    if (amount) say(self, `dg:amount ${turtleString(amount)}${/^[+-]?\d+(\.\d+)?$/.test(amount) ? "^^xsd:decimal" : ""}`);
    for (const name of ["currency", "purpose", "position"]) {
      if (qualifier(claim, name)) say(self, `dg:${name} ${turtleString(qualifier(claim, name))}`);
    }
    for (const name of ["place", "issue"]) if (qualifier(claim, name)) say(self, `dg:${name} ${turtlePath(qualifier(claim, name))}`);
    for (const quote of quotesOf(claim)) {
      const number = data.quotes.document[quote];
      if (number < 0) continue;
      const document = turtlePath(`document/${data.documents.id[number]}`);
      const passage = `${document.slice(0, -1)}/char=${data.quotes.start[quote]},${data.quotes.end[quote]}`;
      say(self, `prov:hadPrimarySource ${document}`, `prov:wasQuotedFrom ${passage}>`);
      say(document, "a dg:Document", ...(data.documents.title[number] ? [`dcterms:title ${turtleString(data.documents.title[number])}`] : []),
        ...(data.documents.url[number] ? [`dg:url ${turtleString(data.documents.url[number])}^^xsd:anyURI`] : []));
      const section = sections.get(quote);
      const anchor = anchors.get(quote);
      if (section) say(`${passage}>`, `dg:section ${turtleString(section)}`);
      if (pages.get(quote)) say(`${passage}>`, `dg:page ${pages.get(quote)}`);
      if (anchor) say(`${passage}>`, `dg:anchor ${turtleString(anchor)}`);
      say(`${passage}>`, "a oa:SpecificResource", `oa:hasSource ${document}`, `oa:hasSelector ${passage}/quote>`, `oa:hasSelector ${passage}/position>`);
      say(`${passage}/quote>`, "a oa:TextQuoteSelector", `oa:exact ${turtleString(data.quotes.text[quote])}`);
      say(`${passage}/position>`, "a oa:TextPositionSelector", `oa:start ${data.quotes.start[quote]}`, `oa:end ${data.quotes.end[quote]}`);
    }
  }
  const head = [`@base <${data.base}> .`, ...Object.entries(data.prefixes).map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .`)];
  const body = [...nodes].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([subject, lines]) => `${subject} ${[...lines].join(" ;\n    ")} .`);
  return `${head.join("\n")}\n\n${body.join("\n\n")}\n`;
}

function downloadTurtle() {
  download(turtleText(view.table ? tableClaims() : shownClaims()), "text/turtle;charset=utf-8", "claims.ttl");
}

/** The picture as SVG, with the places the page uses. @returns {{svg: string, width: number, height: number}} */
function svgPicture() {
  const frame = pictureFrame();
  const pad = 30;
  const width = Math.max(320, frame.right - frame.left + 2 * pad + 80);
  const height = Math.max(240, frame.bottom - frame.top + 2 * pad + 30);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("xmlns", SVG);
  svg.setAttribute("width", String(Math.round(width)));
  svg.setAttribute("height", String(Math.round(height)));
  const left = (frame.left + frame.right - width) / 2;
  const top = frame.top - pad;
  svg.setAttribute("viewBox", [left, top, width, height].map(Math.round).join(" "));
  /** @param {string} name @param {Record<string, string | number>} attributes @param {string} [text] */
  const add = (name, attributes, text) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    if (text !== undefined) element.textContent = text;
    svg.append(element);
    return element;
  };
  add("title", {}, plain(data.title));
  add("rect", { x: Math.round(left), y: Math.round(top), width: Math.round(width), height: Math.round(height), fill: dark() ? data.dark : data.light });
  for (const pair of shown.pairs) {
    const item = edgeItem(pair, null);
    const from = /** @type {{x: number, y: number}} */ (places.get(item.from));
    const to = /** @type {{x: number, y: number}} */ (places.get(item.to));
    const line = add("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: item.color.color, "stroke-opacity": Math.max(0.25, item.color.opacity).toFixed(2),
      "stroke-width": item.width.toFixed(1) });
    if (item.dashes) line.setAttribute("stroke-dasharray", item.dashes.join(" "));
    const said = document.createElementNS(SVG, "title");
    said.textContent = pairTip(pair).join("\n");
    line.append(said);
  }
  for (const node of [...shown.nodes].reverse()) {
    const place = /** @type {{x: number, y: number}} */ (places.get(node));
    svg.append(shapeElement(data.nodes.class[node], place.x, place.y, radiusOf(node)));
  }
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  context.font = `${LABEL_SIZE}px ${FONT}`;
  const chosen = chooseLabels(context, { nodes: shown.nodes, places, first: [...view.focus, ...view.path], scale: 1, most: MOST_LABELS, size: radiusOf, toScreen: (place) => place,
    clip: null });
  for (const { label, y, anchor, anchorX } of chosen) {
    label.lines.forEach((line, i) => add("text", { x: Math.round(anchorX), y: Math.round(y + (i + 0.8) * LABEL_LINE), "text-anchor": anchor, "font-family": "system-ui, sans-serif",
      "font-size": LABEL_SIZE, fill: dark() ? "#e8ecf1" : "#1a1f26", stroke: dark() ? data.dark : data.light, "stroke-width": 3, "paint-order": "stroke" }, line));
  }
  return { svg: new XMLSerializer().serializeToString(svg), width, height };
}

function downloadSvg() {
  download(svgPicture().svg, "image/svg+xml;charset=utf-8", "network.svg");
}

// Browsers refuse larger canvases.
const MOST_PIXELS = 8000;

/** Draw the SVG picture at up to three times its size. */
function downloadPng() {
  const { svg, width, height } = svgPicture();
  const scale = Math.min(3, MOST_PIXELS / Math.max(width, height));
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml;charset=utf-8" }));
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => { if (blob) download(blob, "image/png", "network.png"); }, "image/png");
  };
  image.src = address;
}

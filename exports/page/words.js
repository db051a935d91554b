/* Saying things in English, and putting them into the page as text, never as markup. */

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December"];

// Characters that turn the direction of writing: a name must not rearrange what stands around it.
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;

/** @param {string} text */
const plain = (text) => text.replace(DIRECTION_CONTROLS, "").replace(/[\u0000-\u001f\u007f]+/g, " ");
/** Percent-encode text, whatever halves of characters it holds. @param {string} text */
const encoded = (text) => encodeURIComponent(text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd"));
/** @param {number} node */
const labelOf = (node) => plain(data.nodes.label[node]) || data.nodes.id[node];
/** @param {number} node */
const lookOf = (node) => data.classes[data.nodes.class[node]];

/** @param {string} name */
function words(name) {
  const spaced = name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[-_]/g, " ").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** @param {number} count @param {string} one @param {string} [many] */
const counted = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** @param {string} date */
function dateWords(date) {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date);
  if (!parts) return plain(date);
  const month = parts[2] ? MONTHS[Number(parts[2]) - 1] : "";
  return [parts[3] ? Number(parts[3]) : "", month, parts[1]].filter(Boolean).join(" ");
}

/** @param {number} month */
const monthWords = (month) => `${MONTHS[month % 12].slice(0, 3)} ${Math.floor(month / 12)}`;

/** @param {number} claim */
function claimDate(claim) {
  const date = qualifier(claim, "date");
  if (date) return dateWords(date);
  const start = qualifier(claim, "start");
  const end = qualifier(claim, "end");
  if (start && end) return `${dateWords(start)} to ${dateWords(end)}`;
  if (start) return `since ${dateWords(start)}`;
  return end ? `until ${dateWords(end)}` : "";
}

/** @param {number} claim */
function amountWords(claim) {
  const amount = qualifier(claim, "amount");
  if (!amount) return "";
  const number = Number(amount);
  const said = Number.isFinite(number) ? number.toLocaleString("en") : amount;
  return `${said} ${qualifier(claim, "currency")}`.trim();
}

/** The relation as said from the subject. @param {number} claim */
const relationWords = (claim) => data.relations[data.claims.relation[claim]].forward;

/** A claim as one plain sentence. @param {number} claim */
function claimSentence(claim) {
  const modality = data.modalities[data.claims.modality[claim]];
  const more = [qualifier(claim, "status"), claimDate(claim), amountWords(claim), modality === "asserted" ? "" : modality]
    .filter(Boolean).join(", ");
  const said = `${labelOf(subjectOf(claim))} ${relationWords(claim)} ${labelOf(objectOf(claim))}`;
  return more ? `${said} (${plain(more)})` : said;
}

/** @param {number} document */
function documentTitle(document) {
  if (document < 0) return "unknown document";
  const { title, file, id } = data.documents;
  return plain(title[document] || file[document] || id[document]);
}

/**
 * Make an element: attributes and listeners by name, children as elements or text.
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] `onclick`-like functions, `class`, `hidden`, ARIA and others
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false).map((child) =>
    /** @type {Node | string} */ (child)));
  return element;
}

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Text from a document or name, kept from turning the text around it. @param {string} text */
const isolated = (text) => make("bdi", {}, text);

/**
 * A link to the outside, or only its text if it is not a plain web address.
 * @param {string} address
 * @param {string} text
 * @param {string} [fragment]
 */
function outsideLink(address, text, fragment = "") {
  let url;
  try {
    url = new URL(address);
  } catch {
    return isolated(text);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return isolated(text);
  if (fragment) url.hash = fragment;
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, isolated(text));
}

/** A button that shows a node. @param {number} node */
function nodeButton(node) {
  return make("button", { type: "button", class: "name", onclick: () => focusOn(node) }, swatch(data.nodes.class[node]),
    isolated(labelOf(node)));
}

/** Say something to screen readers. @param {string} text */
function announce(text) {
  byId("live").textContent = text;
}

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const dark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : systemDark.matches;
};

const SVG = "http://www.w3.org/2000/svg";

/** Corner points, for a shape of radius 1 about the origin. @type {Record<string, [number, number][]>} */
const CORNERS = {
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
  diamond: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]],
  triangle: [[0, -1.1], [1.05, 0.8], [-1.05, 0.8]],
  triangleDown: [[0, 1.1], [1.05, -0.8], [-1.05, -0.8]],
  hexagon: [0, 1, 2, 3, 4, 5].map((n) => [Math.cos((n * Math.PI) / 3), Math.sin((n * Math.PI) / 3)]),
  star: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => {
    const radius = n % 2 ? 0.5 : 1.2;
    return [radius * Math.sin((n * Math.PI) / 5), -radius * Math.cos((n * Math.PI) / 5)];
  }),
};

/**
 * The SVG element of a class's shape.
 * @param {number} kind
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function shapeElement(kind, x, y, radius) {
  const look = data.classes[kind];
  const colour = dark() ? look.dark : look.light;
  const corners = CORNERS[look.shape];
  const shape = document.createElementNS(SVG, corners ? "polygon" : "circle");
  if (corners) {
    shape.setAttribute("points", corners.map(([dx, dy]) => `${(x + dx * radius).toFixed(1)},${(y + dy * radius).toFixed(1)}`).join(" "));
  } else {
    shape.setAttribute("cx", x.toFixed(1));
    shape.setAttribute("cy", y.toFixed(1));
    shape.setAttribute("r", radius.toFixed(1));
  }
  shape.setAttribute("fill", look.hollow ? (dark() ? data.dark : data.light) : colour);
  shape.setAttribute("stroke", colour);
  shape.setAttribute("stroke-width", look.hollow ? "2" : "1");
  return shape;
}

/** @param {number} kind */
function swatch(kind) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("aria-hidden", "true");
  svg.append(shapeElement(kind, 8, 8, 6));
  return svg;
}

/** @param {number} family */
function dashSwatch(family) {
  const look = data.families[family];
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 30 10");
  svg.setAttribute("class", "dash");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "line");
  for (const [name, value] of Object.entries({ x1: 0, y1: 5, x2: 30, y2: 5, "stroke-width": 2.5 })) line.setAttribute(name, String(value));
  line.setAttribute("stroke", dark() ? look.dark : look.light);
  if (look.dash.length) line.setAttribute("stroke-dasharray", look.dash.join(" "));
  svg.append(line);
  return svg;
}

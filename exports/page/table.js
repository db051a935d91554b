/* The visible claims as a table, in step with the picture: the same for keyboards and screen readers. */

// Rows put into the page at once; more on request.
const ROWS_AT_ONCE = 150;

/** @typedef {{name: string, key: (claim: number) => string | number, cell: (claim: number) => (Node | string)}} Column */

/** @type {Column[]} */
const columns = [
  { name: "Who", key: (claim) => labelOf(subjectOf(claim)), cell: (claim) => nodeButton(subjectOf(claim)) },
  { name: "Relation", key: relationWords, cell: relationWords },
  { name: "Whom or what", key: (claim) => labelOf(objectOf(claim)), cell: (claim) => nodeButton(objectOf(claim)) },
  { name: "When", key: (claim) => (earliest[claim] < 0 ? 1e9 : earliest[claim]), cell: claimDate },
  { name: "Details", key: details, cell: (claim) => isolated(details(claim)) },
  { name: "Confidence", key: (claim) => -data.claims.confidence[claim], cell: (claim) => `${data.claims.confidence[claim]} %` },
  { name: "Where it is written", key: source, cell: (claim) => make("button", {
    type: "button", class: "why",
    onclick: () => go({ pair: data.claims.pair[claim], node: -1 }),
  }, isolated(source(claim)), make("span", { class: "unseen" }, `: evidence that ${claimSentence(claim)}`)) },
];

/** @param {number} claim */
function details(claim) {
  const modality = data.modalities[data.claims.modality[claim]];
  return plain([modality === "asserted" ? "" : modality, qualifier(claim, "status"), amountWords(claim), qualifier(claim, "purpose"),
    qualifier(claim, "position")].filter(Boolean).join(", "));
}

/** @param {number} claim */
function source(claim) {
  const quotes = quotesOf(claim);
  const title = documentTitle(data.quotes.document[quotes[0]]);
  return quotes.length > 1 ? `${title} and ${counted(quotes.length - 1, "more place")}` : title;
}

let sortedBy = 3;
let downwards = false;
let tableQuery = "";
let rowLimit = ROWS_AT_ONCE;

/** Claims that the picture shows. @returns {number[]} */
function shownClaims() {
  return shown.pairs.flatMap((pair) => [...claimsOfPair.of(pair)].filter((claim) => passes[claim]));
}

/** @returns {number[]} */
function tableClaims() {
  const wanted = fold(tableQuery).split(" ").filter(Boolean);
  const key = columns[sortedBy].key;
  const sign = downwards ? -1 : 1;
  return shownClaims()
    .filter((claim) => {
      if (!wanted.length) return true;
      const text = fold(`${claimSentence(claim)} ${details(claim)} ${source(claim)}`);
      return wanted.every((part) => text.includes(part));
    })
    .map((claim) => ({ claim, key: key(claim) }))
    .sort((a, b) => (typeof a.key === "number" ? a.key - Number(b.key) : a.key.localeCompare(String(b.key), "en")) * sign || a.claim - b.claim)
    .map((row) => row.claim);
}

function drawTable() {
  const table = byId("table");
  table.hidden = !view.table;
  byId("picture").hidden = view.table;
  byId("zoom").hidden = view.table;
  byId("show-table").setAttribute("aria-pressed", String(view.table));
  if (!view.table) { table.replaceChildren(); return; }
  if (!table.firstChild) {
    table.append(
      make("div", { class: "table-head" },
        make("input", { type: "search", id: "table-filter", placeholder: "Only rows with …", "aria-label": "Only rows with these words", value: tableQuery,
          oninput: (/** @type {Event} */ event) => {
            tableQuery = /** @type {HTMLInputElement} */ (event.target).value;
            rowLimit = ROWS_AT_ONCE;
            drawRows();
          } }),
        make("span", { id: "table-count", class: "quiet" }),
        make("button", { type: "button", onclick: downloadCsv }, "Download CSV"),
        make("button", { type: "button", onclick: downloadTurtle }, "Download Turtle")),
      make("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Claims" },
        make("table", {}, make("caption", { class: "unseen" }, "The claims that the picture shows"),
          make("thead", {}, make("tr", {}, ...columns.map((column, i) => make("th", { scope: "col" },
            make("button", { type: "button", onclick: () => sortBy(i) }, column.name))))),
          make("tbody", { id: "rows" })),
        make("button", { type: "button", id: "more-rows", onclick: () => { rowLimit += ROWS_AT_ONCE * 4; drawRows(); } }, "Show more rows")));
  }
  drawRows();
}

/** @param {number} column */
function sortBy(column) {
  downwards = column === sortedBy ? !downwards : false;
  sortedBy = column;
  drawRows();
}

function drawRows() {
  const claims = tableClaims();
  byId("rows").replaceChildren(...claims.slice(0, rowLimit).map((claim) =>
    make("tr", { "data-claim": data.claims.id[claim] }, ...columns.map((column, i) => make(i ? "td" : "th", i ? {} : { scope: "row" }, column.cell(claim))))));
  byId("table").querySelectorAll("thead th").forEach((head, i) => {
    head.setAttribute("aria-sort", i === sortedBy ? (downwards ? "descending" : "ascending") : "none");
  });
  byId("more-rows").hidden = claims.length <= rowLimit;
  const count = claims.length > rowLimit ? `${rowLimit.toLocaleString("en")} of ${counted(claims.length, "claim")}` : counted(claims.length, "claim");
  byId("table-count").textContent = count;
}

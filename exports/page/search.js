/* Search with type-ahead over labels, aliases and acronyms, whatever the case and accents. */

/** @param {string} text */
const fold = (text) => plain(text).normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** @param {string} label */
function acronym(label) {
  const initials = label.split(/[\s-]+/).filter((word) => /^\p{Lu}/u.test(word)).map((word) => word[0]);
  return initials.length > 1 ? fold(initials.join("")) : "";
}

/** Folded names of each node, label first; made when search is first used. @type {string[][]} */
let searchable = [];

function prepareSearch() {
  if (searchable.length) return;
  searchable = data.nodes.label.map((label, node) =>
    [fold(label), ...(aliases.get(node) ?? []).map(fold), acronym(label)].filter(Boolean));
}

/**
 * Nodes by how well a name fits: whole name, start, start of a word, anywhere; then by importance.
 * @param {string} query
 * @param {number} most
 * @returns {number[]}
 */
function find(query, most = 12) {
  prepareSearch();
  const wanted = fold(query);
  if (!wanted) return [];
  /** @type {number[][]} */
  const found = [[], [], [], [], []];
  for (let node = 0; node < nodeCount; node++) {
    let best = 5;
    for (const name of searchable[node]) {
      if (!name.includes(wanted)) {
        if (best > 4 && wanted.includes(" ") && wanted.split(" ").every((part) => name.includes(part))) best = 4;
        continue;
      }
      const fits = name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(` ${wanted}`) ? 2 : 3;
      if (fits < best) best = fits;
    }
    if (best < 5 && found[best].length < most) found[best].push(node);
  }
  return found.flat().slice(0, most);
}

/**
 * Make an input offer names while one types.
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {(node: number) => void} choose
 */
function offerNames(input, list, choose) {
  /** @type {number[]} */
  let hits = [];
  let at = 0;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const show = () => {
    list.replaceChildren(...hits.map((node, i) => {
      const alias = matchedAlias(node, input.value);
      return make("li", {
        role: "option", id: `${list.id}-${i}`, "aria-selected": i === at ? "true" : "false",
        onmousedown: (/** @type {Event} */ event) => { event.preventDefault(); pick(i); },
      }, swatch(data.nodes.class[node]), make("span", { class: "hit" }, isolated(labelOf(node)), alias && make("small", {}, isolated(alias))),
      make("small", {}, words(lookOf(node).name)));
    }));
    if (!hits.length) list.replaceChildren(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "none" }, "No name fits"));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (hits.length) input.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };
  /** @param {number} number */
  const pick = (number) => {
    if (hits[number] === undefined) return;
    const node = hits[number];
    close();
    input.value = "";
    input.blur();
    choose(node);
  };
  input.addEventListener("input", () => {
    hits = find(input.value);
    at = 0;
    if (input.value.trim()) {
      show();
      announce(counted(hits.length, "name", "names") + " found");
    } else close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!hits.length) return;
      at = (at + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
      show();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden) pick(at);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      input.value = "";
      close();
      input.blur();
    }
  });
  input.addEventListener("blur", close);
}

/** The alias that fits a query where the label does not. @param {number} node @param {string} query */
function matchedAlias(node, query) {
  const wanted = fold(query);
  if (fold(labelOf(node)).includes(wanted)) return "";
  return plain((aliases.get(node) ?? []).find((alias) => fold(alias).includes(wanted)) ?? "");
}

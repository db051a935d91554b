/* The legend that filters: what is switched off here is shown nowhere, and the page says so. */

const claimsOfClass = new Int32Array(data.classes.length);
for (let node = 0; node < nodeCount; node++) claimsOfClass[data.nodes.class[node]]++;
const claimsOfRelation = new Int32Array(data.relations.length);
for (const relation of data.claims.relation) claimsOfRelation[relation]++;
const claimsOfModality = new Int32Array(data.modalities.length);
for (const modality of data.claims.modality) claimsOfModality[modality]++;

/** @typedef {"classesOff" | "relationsOff" | "modalitiesOff"} Switch */

/** @param {Switch} which @param {number} item */
function toggle(which, item) {
  const off = new Set(view[which]);
  if (!off.delete(item)) off.add(item);
  go({ [which]: off });
}

/** Show one only; if it is the only one already, all. @param {Switch} which @param {number} item @param {number[]} all */
function isolate(which, item, all) {
  const others = all.filter((other) => other !== item);
  const alone = others.every((other) => view[which].has(other)) && !view[which].has(item);
  go({ [which]: new Set(alone ? [] : others) });
}

/**
 * @param {Switch} which
 * @param {number} item
 * @param {number[]} all
 * @param {Node | null} picture
 * @param {string} label
 * @param {number} count
 */
function legendRow(which, item, all, picture, label, count) {
  const on = !view[which].has(item);
  return make("li", { class: "row" },
    make("button", {
      type: "button", class: "switch", "aria-pressed": String(on), "data-key": `${which}-${item}`,
      title: "Click to hide or show, double click to show only this",
      onclick: () => toggle(which, item), ondblclick: () => isolate(which, item, all),
    }, picture, make("span", { class: "label" }, label), make("span", { class: "count" }, count.toLocaleString("en"))),
    make("button", { type: "button", class: "only", "data-key": `only-${which}-${item}`, "aria-label": `Show only ${label}`,
      onclick: () => isolate(which, item, all) }, "only"));
}

/** Numbers whose count is not nought. @param {Int32Array} counts */
const present = (counts) => [...counts.keys()].filter((item) => counts[item] > 0);

function drawFilters() {
  const filters = byId("filters");
  const focused = document.activeElement instanceof HTMLElement && filters.contains(document.activeElement)
    ? document.activeElement.dataset.key : undefined;
  const scroll = filters.scrollTop;
  const classes = present(claimsOfClass);
  const relations = present(claimsOfRelation);
  const modalities = present(claimsOfModality);
  const families = data.families.map((_, family) => family).filter((family) =>
    relations.some((relation) => data.relations[relation].family === data.families[family].name));
  const active = view.classesOff.size + view.relationsOff.size + view.modalitiesOff.size + (view.confidence ? 1 : 0)
    + (view.from >= 0 || view.to >= 0 || !view.undated ? 1 : 0);
  filters.replaceChildren(
    make("div", { class: "filters-head" }, make("h2", {}, "What is shown"),
      make("button", { type: "button", "data-key": "reset", disabled: !active, onclick: resetFilters }, "Show all"),
      make("button", { type: "button", class: "done", "data-key": "done", onclick: () => { showFilters(false); byId("show-filters").focus(); } }, "Done")),
    make("h3", {}, "Kinds of names"),
    make("ul", { class: "rows" }, ...classes.map((kind) =>
      legendRow("classesOff", kind, classes, swatch(kind), data.classes[kind].plural, claimsOfClass[kind]))),
    make("h3", {}, "Relations"),
    ...families.map((family) => make("div", { class: "family" },
      make("h4", {}, dashSwatch(family), data.families[family].label),
      make("ul", { class: "rows" }, ...relations.filter((relation) => data.relations[relation].family === data.families[family].name)
        .map((relation) => legendRow("relationsOff", relation, relations, null, data.relations[relation].forward, claimsOfRelation[relation]))))),
    make("h3", {}, "How it is said"),
    make("ul", { class: "rows" }, ...modalities.map((modality) =>
      legendRow("modalitiesOff", modality, modalities, null, data.modalities[modality], claimsOfModality[modality]))),
    make("h3", {}, make("label", { for: "confidence" }, "Least confidence")),
    make("div", { class: "slider" },
      make("input", { type: "range", id: "confidence", "data-key": "confidence", min: 0, max: 100, step: 5, value: view.confidence,
        "aria-valuetext": `${view.confidence} percent`,
        oninput: (/** @type {Event} */ event) => go({ confidence: Number(/** @type {HTMLInputElement} */ (event.target).value) }, { quiet: true }) }),
      make("output", { for: "confidence" }, `${view.confidence} %`)),
  );
  filters.scrollTop = scroll;
  const again = focused && filters.querySelector(`[data-key="${focused}"]`);
  if (again instanceof HTMLElement) again.focus();
}

function resetFilters() {
  go({ classesOff: new Set(), relationsOff: new Set(), modalitiesOff: new Set(), confidence: 0, from: -1, to: -1, undated: true });
}

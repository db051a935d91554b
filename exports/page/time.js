/* Time: how many claims fall into each year or month, two handles, a play button, a box for the undated. */

// Beyond this span bars stand for years, not months.
const MOST_MONTHS = 60;
// The longest span that bars of a year can show; older dates share the first bar.
const MOST_BARS = 90;
const STEP_MILLISECONDS = 700;

const bars = (() => {
  if (!span) return { size: 1, first: 0, count: 0 };
  if (span.high - span.low < MOST_MONTHS) return { size: 1, first: span.low, count: span.high - span.low + 1 };
  const first = Math.max(Math.floor(span.low / 12), Math.floor(span.high / 12) - MOST_BARS + 1) * 12;
  return { size: 12, first, count: Math.floor((span.high - first) / 12) + 1 };
})();

/** @param {number} month */
const barOf = (month) => Math.max(0, Math.min(bars.count - 1, Math.floor((month - bars.first) / bars.size)));
/** @param {number} bar */
const barWords = (bar) => (bars.size === 12 ? String(bars.first / 12 + bar) : monthWords(bars.first + bar));

let playing = 0;

/** Bars from and to, as the handles stand. @returns {[number, number]} */
const handles = () => [view.from < 0 ? 0 : barOf(view.from), view.to < 0 ? bars.count - 1 : barOf(view.to)];

/** @param {number} low @param {number} high @param {boolean} quiet */
function setTime(low, high, quiet) {
  const from = low <= 0 ? -1 : bars.first + low * bars.size;
  const to = high >= bars.count - 1 ? -1 : bars.first + (high + 1) * bars.size - 1;
  go({ from, to }, { quiet });
}

function buildTime() {
  const time = byId("time");
  time.hidden = !bars.count;
  if (!bars.count) return;
  /** @param {string} id @param {string} label */
  const handle = (id, label) => make("input", { type: "range", id, min: 0, max: bars.count - 1, step: 1, "aria-label": label,
    oninput: () => {
      stop();
      const from = Number(/** @type {HTMLInputElement} */ (byId("time-from")).value);
      const to = Number(/** @type {HTMLInputElement} */ (byId("time-to")).value);
      if (id === "time-from") setTime(Math.min(from, to), to, true);
      else setTime(from, Math.max(from, to), true);
    } });
  time.append(
    make("button", { type: "button", id: "play", "aria-label": "Play through time", title: "Play through time", onclick: play }, "▶"),
    make("div", { class: "axis" },
      make("div", { id: "bars", "aria-hidden": "true" }),
      handle("time-from", "From"), handle("time-to", "To")),
    make("div", { class: "time-side" },
      make("output", { id: "time-span", for: "time-from time-to" }),
      make("label", {}, make("input", { type: "checkbox", id: "undated",
        onchange: (/** @type {Event} */ event) => go({ undated: /** @type {HTMLInputElement} */ (event.target).checked }) }), make("span", { id: "undated-label" }))));
}

function drawTime() {
  if (!bars.count) return;
  const [low, high] = handles();
  const counts = new Int32Array(bars.count);
  let undated = 0;
  for (let claim = 0; claim < claimCount; claim++) {
    if (!passesButTime[claim]) continue;
    if (earliest[claim] < 0) undated++;
    else for (let bar = barOf(earliest[claim]), last = Math.min(barOf(latest[claim]), bar + 200); bar <= last; bar++) counts[bar]++;
  }
  const most = Math.max(1, ...counts);
  byId("bars").replaceChildren(...[...counts].map((count, bar) => {
    const element = make("i", { title: `${barWords(bar)}: ${counted(count, "claim")}`, class: bar >= low && bar <= high ? "in" : "",
      onclick: () => { stop(); setTime(bar, bar, false); } }, make("b"));
    /** @type {HTMLElement} */ (element.firstChild).style.height = count ? `${Math.max(6, Math.sqrt(count / most) * 100)}%` : "0";
    return element;
  }));
  const [from, to] = ["time-from", "time-to"].map((id) => /** @type {HTMLInputElement} */ (byId(id)));
  from.value = String(low);
  to.value = String(high);
  from.setAttribute("aria-valuetext", barWords(low));
  to.setAttribute("aria-valuetext", barWords(high));
  // Where both handles stand at the end, the left one must be on top to be moved.
  from.style.zIndex = low > bars.count / 2 ? "3" : "2";
  byId("time-span").textContent = low === high ? barWords(low) : `${barWords(low)} – ${barWords(high)}`;
  /** @type {HTMLInputElement} */ (byId("undated")).checked = view.undated;
  byId("undated-label").textContent = `${undated.toLocaleString("en")} undated`;
}

/** Move a window of time from the first bar to the last; a second press stops. */
function play() {
  if (playing) { stop(); return; }
  const [low, high] = handles();
  const whole = low === 0 && high === bars.count - 1;
  const width = whole ? Math.max(0, Math.round(bars.count / 12) - 1) : high - low;
  let at = whole || high >= bars.count - 1 ? 0 : low + 1;
  byId("play").textContent = "❚❚";
  byId("play").setAttribute("aria-label", "Stop");
  const step = () => {
    if (at + width > bars.count - 1) { stop(); return; }
    setTime(at, at + width, at !== 0 || !whole);
    announce(byId("time-span").textContent ?? "");
    at += 1;
    playing = window.setTimeout(step, STEP_MILLISECONDS);
  };
  playing = -1;
  step();
}

function stop() {
  if (!playing) return;
  clearTimeout(playing);
  playing = 0;
  byId("play").textContent = "▶";
  byId("play").setAttribute("aria-label", "Play through time");
}

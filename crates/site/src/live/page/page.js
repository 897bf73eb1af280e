// The live page: asks for the state at each event and draws what changed.
"use strict";

const at = (id) => document.getElementById(id);
const drawn = {};

/** An element with this text or these children. */
function make(name, attributes, ...children) {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) it.setAttribute(key, value);
  it.append(...children.filter((child) => child !== null && child !== undefined));
  return it;
}

/** Draws a part of the page only if what it shows has changed: what one reads stays where it is. */
function part(name, value, draw) {
  const now = JSON.stringify(value) ?? "";
  if (drawn[name] === now) return;
  drawn[name] = now;
  draw(value);
}

function post(what, kata) {
  return fetch(what, { method: "POST", headers: { "x-katas": "1" }, body: kata }).catch(() => lost());
}

function stars(kata) {
  const text = "★".repeat(kata.stars) + "☆".repeat(2 - kata.stars);
  const words = kata.stars === 1 ? "1 star" : `${kata.stars} stars`;
  return make("span", { class: "stars", role: "img", "aria-label": words }, text);
}

/** "1 Linear algebra" of m01_linear_algebra. */
function short(id) {
  const [, number, name] = /^(?:m0*(\d+)_)?(.*)$/.exec(id);
  const words = name.replaceAll("_", " ").replace(/^ml /, "ML ");
  return `${number ? `${number}  ` : ""}${words[0].toUpperCase()}${words.slice(1)}`;
}

function drawMap(map, current) {
  const open = new Set([...document.querySelectorAll("#map details[open]")].map((it) => it.dataset.id));
  at("map").replaceChildren(
    ...map.map((milestone) => {
      const solved = milestone.katas.filter((kata) => kata.stars > 0).length;
      const isCurrent = milestone.katas.some((kata) => kata.id === current);
      const count = make("span", { class: "count" }, ` ${solved}/${milestone.katas.length}`);
      const heading = make("summary", { title: milestone.title }, short(milestone.id), count);
      const details = make("details", { "data-id": milestone.id }, heading);
      details.open = isCurrent || open.has(milestone.id);
      const items = milestone.katas.map((kata) => {
        const button = make("button", { type: "button" }, make("span", {}, kata.name), stars(kata));
        if (kata.id === current) button.setAttribute("aria-current", "true");
        button.addEventListener("click", () => post("look", kata.id).then(() => at("kata").focus()));
        return make("li", {}, button);
      });
      details.append(make("ul", {}, ...items));
      return details;
    }),
  );
  const all = map.flatMap((milestone) => milestone.katas);
  const passed = all.filter((kata) => kata.stars > 0).length;
  const total = all.reduce((sum, kata) => sum + kata.stars, 0);
  at("progress").textContent = `${passed} of ${all.length} katas · ${total} ★`;
}

const MARKS = { held: "✓", skipped: "–", unjudged: "–", todo: "○" };

function law(it) {
  const mark = MARKS[it.status] ?? "✗";
  const row = make("li", { class: mark === "✗" ? "broken" : mark === "✓" ? "held" : "open" });
  const words = { "✓": "holds: ", "–": "skipped: ", "○": "not written: ", "✗": "broken: " }[mark];
  row.append(make("span", { class: "mark", "aria-hidden": "true" }, mark));
  row.append(make("span", { class: "sentence", "aria-label": words + it.law }, it.law));
  if (mark === "✗" && (it.got || it.look)) row.append(why(it));
  return row;
}

function why(it) {
  const list = make("dl");
  const rows = [
    ["with", it.with],
    ["got", it.got],
    ["want", it.want],
    ["look", it.look],
    ["printed", it.printed],
  ];
  for (const [name, text] of rows) {
    if (!text) continue;
    list.append(make("dt", {}, name), make("dd", name === "look" ? { class: "text" } : {}, text));
  }
  return make("div", { class: "why" }, list);
}

function summary(state) {
  const { verdict, busy } = state;
  if (!verdict) return [busy ? "judging" : "not judged yet", ""];
  if (verdict.problem) return [verdict.problem, "bad"];
  if (verdict.rejected) return ["It does not compile.", "bad"];
  const broken = verdict.laws.filter((it) => !(it.status in MARKS)).length;
  if (verdict.laws.every((it) => it.status === "todo"))
    return ["Not written yet: replace todo!() and save.", ""];
  if (broken === 0 && verdict.laws.some((it) => it.status === "todo")) {
    return ["It calls something that is not written yet.", ""];
  }
  if (broken === 0) return [`Every law holds. ${"★".repeat(verdict.stars)}`, "good"];
  const first = verdict.stars === 1 ? "The core laws hold: one star. " : "";
  return [
    `${first}${broken} of ${verdict.laws.length} laws ${broken === 1 ? "is" : "are"} broken.`,
    verdict.stars ? "good" : "bad",
  ];
}

function drawVerdict(state) {
  const [words, mood] = summary(state);
  at("summary").textContent = words;
  at("summary").className = `${mood} ${state.busy ? "busy" : ""}`;
  at("judge").disabled = state.busy;
  document.title = `${mood === "good" ? "✓ " : mood === "bad" ? "✗ " : ""}${state.kata?.name ?? "katas"} · katas`;
  const verdict = state.verdict;
  const isBegun = verdict && verdict.laws.some((it) => it.status !== "todo");
  at("causes").replaceChildren(
    ...(isBegun && verdict.possible_causes ? verdict.possible_causes : []).map((cause) =>
      make("p", { class: "cause" }, make("strong", {}, "Possible cause: "), cause),
    ),
  );
  if (!verdict) return at("laws").replaceChildren();
  if (verdict.rejected) {
    const text = make("pre", { tabindex: "0", "aria-label": "What the compiler says" }, verdict.rejected);
    return at("laws").replaceChildren(text);
  }
  const tiers = [
    ["core", "Core: the mathematics"],
    ["robust", "Robust: edge cases and extremes"],
  ];
  at("laws").replaceChildren(
    ...tiers.flatMap(([tier, title]) => {
      const laws = verdict.laws.filter((it) => it.tier === tier);
      return laws.length ? [make("h4", {}, title), make("ul", { class: "laws" }, ...laws.map(law))] : [];
    }),
  );
}

function drawPictures({ version, pictures }) {
  at("pictures").hidden = pictures.length === 0;
  at("pairs").replaceChildren(
    ...pictures.map((picture, number) => {
      const one = (which, caption) => {
        const source = `picture/${number}/${which}?${version}`;
        const image = make("img", { src: source, alt: `${picture.title}, ${caption}` });
        return make("figure", {}, image, make("figcaption", {}, caption));
      };
      const reference = picture.has_reference ? one("reference", "the reference's") : null;
      return make(
        "div",
        {},
        make("h4", {}, picture.title),
        make("div", { class: "pair" }, one("mine", "yours"), reference),
      );
    }),
  );
}

function drawKata(kata) {
  at("name").textContent = kata.name;
  at("task").textContent = kata.task;
  at("place").textContent = kata.place;
  at("signature").textContent = kata.signature;
  // Our own text, and the page's policy runs no script in it.
  at("page").innerHTML = kata.page;
  reachable(at("page"));
  const chapter = at("chapter");
  if (chapter.dataset.of !== kata.chapter) {
    chapter.dataset.of = kata.chapter;
    at("chapter-text").replaceChildren();
    if (chapter.open) drawChapter();
  }
}

/** What scrolls sideways can be reached by the keyboard. */
function reachable(part) {
  for (const it of part.querySelectorAll("pre, table, .formula")) {
    if (it.closest(".formula") && !it.classList.contains("formula")) continue;
    it.tabIndex = 0;
    if (it.classList.contains("formula")) it.setAttribute("role", "group");
    if (!it.matches("table")) it.setAttribute("aria-label", it.matches("pre") ? "Code" : "Formula");
    if (it.matches("pre")) it.setAttribute("role", "group");
  }
}

function drawHints({ hints, all_hints: all }) {
  at("hints").hidden = hints.length === 0;
  const button = at("next-hint");
  button.disabled = hints.length >= all;
  button.textContent =
    all === 0 ? "No hints" : hints.length >= all ? "All hints shown" : `Hint ${hints.length + 1} of ${all}`;
  at("hint-list").replaceChildren(
    ...hints.map((hint) => {
      const text = make("div");
      text.innerHTML = hint.html;
      reachable(text);
      return make("article", {}, make("h4", {}, hint.heading), text);
    }),
  );
}

async function drawChapter() {
  const answer = await fetch(`chapter/${at("chapter").dataset.of}`);
  if (!answer.ok) return;
  at("chapter-text").innerHTML = await answer.text();
  reachable(at("chapter-text"));
  for (const link of at("chapter-text").querySelectorAll('a[href$=".md"], a[href*=".md#"]')) {
    // The glossary is a page of the book; here its words are enough.
    link.replaceWith(...link.childNodes);
  }
}

function show(state) {
  // Empty boxes that fill one by one would push each other about.
  document.querySelector(".columns").hidden = false;
  part("map", [state.map, state.kata?.id], ([map, current]) => drawMap(map, current));
  if (!state.kata) return;
  const { hints, all_hints, ...kata } = state.kata;
  part("kata", kata, drawKata);
  part("hints", { hints, all_hints }, drawHints);
  part("verdict", [state.verdict, state.busy, state.kata.name], () => drawVerdict(state));
  if (!state.busy) drawPictures(state);
  document.body.dataset.version = state.version;
}

function lost() {
  at("connection").textContent = "The page's program has ended: cargo kata open starts it.";
}

async function refresh() {
  try {
    show(await (await fetch("state")).json());
    at("connection").textContent = "";
  } catch {
    lost();
  }
}

const current = () => at("map").querySelector("[aria-current]") && drawn.kata && JSON.parse(drawn.kata).id;
at("judge").addEventListener("click", () => post("judge", current()));
at("next-hint").addEventListener("click", () => post("hint", current()));
at("chapter").addEventListener("toggle", () => {
  if (at("chapter").open && !at("chapter-text").hasChildNodes()) drawChapter();
});
if (matchMedia("(max-width: 50rem)").matches) at("fold").open = false;

const events = new EventSource("events");
events.addEventListener("message", refresh);
events.addEventListener("error", lost);

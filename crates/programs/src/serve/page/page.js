// Draws, reduces to 8 × 8 pixels, and asks the service.
"use strict";

const at = (id) => document.getElementById(id);
const drawing = at("drawing");
const pen = drawing.getContext("2d", { willReadFrequently: true });
let pixels = null;
let predicted = null;

function clear() {
  pen.fillStyle = "#000000";
  pen.fillRect(0, 0, drawing.width, drawing.height);
  pixels = predicted = null;
  at("attack").disabled = true;
  at("answer").textContent = "Draw something.";
  for (const id of ["bars", "attack-bars"]) at(id).replaceChildren();
  at("attack-answer").textContent = "";
  at("attacked").hidden = true;
  show(at("seen"), new Array(64).fill(0));
}

/** Where the drawing is, or null. */
function box(image) {
  let [left, top, right, bottom] = [image.width, image.height, -1, -1];
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      if (image.data[4 * (y * image.width + x)] < 128) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The drawing as the digits were prepared: cut out, 32 × 32 in black and white, blocks of 4 × 4 counted. */
function reduced() {
  const part = box(pen.getImageData(0, 0, drawing.width, drawing.height));
  if (!part) return null;
  const small = new OffscreenCanvas(32, 32).getContext("2d");
  const scale = 32 / Math.max(part.width, part.height);
  const [width, height] = [part.width * scale, part.height * scale];
  small.drawImage(
    drawing,
    part.left,
    part.top,
    part.width,
    part.height,
    (32 - width) / 2,
    (32 - height) / 2,
    width,
    height,
  );
  const { data } = small.getImageData(0, 0, 32, 32);
  const counts = new Array(64).fill(0);
  for (let y = 0; y < 32; y++) {
    for (let x = 0; x < 32; x++) {
      if (data[4 * (32 * y + x)] >= 128) counts[8 * (y >> 2) + (x >> 2)] += 1 / 16;
    }
  }
  return counts;
}

function show(canvas, values) {
  const image = new ImageData(8, 8);
  values.forEach((value, i) => {
    const gray = Math.round(255 * Math.min(1, Math.max(0, value)));
    image.data.set([gray, gray, gray, 255], 4 * i);
  });
  canvas.getContext("2d").putImageData(image, 0, 0);
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(json.detail ?? `the service answers ${answer.status}`);
  return json;
}

function bars(list, names, probabilities, first) {
  list.replaceChildren(
    ...names.map((name, i) => {
      const row = document.createElement("li");
      if (name === first) row.className = "first";
      const [label, bar, number] = ["span", "progress", "span"].map((it) => document.createElement(it));
      label.textContent = name;
      [bar.max, bar.value] = [1, probabilities[i]];
      bar.setAttribute("aria-label", `probability of ${name}`);
      number.textContent = `${(100 * probabilities[i]).toFixed(1)} %`;
      row.append(label, bar, number);
      return row;
    }),
  );
}

let names = [];

async function predict(values, list, answer) {
  const said = await post("predict", { sample: values });
  bars(list, names, said.probabilities, said.class);
  answer.textContent = `It says ${said.class}.`;
  return said.class;
}

async function look(values) {
  pixels = values;
  show(at("seen"), values);
  try {
    predicted = await predict(values, at("bars"), at("answer"));
    at("attack").disabled = false;
  } catch (error) {
    at("answer").textContent = error.message;
  }
}

async function attack() {
  const epsilon = Number(at("epsilon").value);
  try {
    const { pixels: attacked } = await post("attack", { pixels, label: names.indexOf(predicted), epsilon });
    at("attacked").hidden = false;
    show(at("attacked"), attacked);
    const now = await predict(attacked, at("attack-bars"), at("attack-answer"));
    const verdict = now === predicted ? `It still says ${now}.` : `Now it says ${now}.`;
    at("attack-answer").textContent = `${verdict} No pixel changed by more than ${epsilon}.`;
  } catch (error) {
    at("attack-answer").textContent = error.message;
  }
}

let last = null;
function stroke(event) {
  const scale = drawing.width / drawing.getBoundingClientRect().width;
  const point = [event.offsetX * scale, event.offsetY * scale];
  const from = last ?? point;
  pen.strokeStyle = "#ffffff";
  pen.lineWidth = 26;
  pen.lineCap = "round";
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...point);
  pen.stroke();
  last = point;
}

drawing.addEventListener("pointerdown", (event) => {
  drawing.setPointerCapture(event.pointerId);
  last = null;
  stroke(event);
});
drawing.addEventListener("pointermove", (event) => {
  if (event.buttons) stroke(event);
});
drawing.addEventListener("pointerup", () => {
  const values = reduced();
  if (values) look(values);
});
at("clear").addEventListener("click", clear);
at("attack").addEventListener("click", attack);
at("epsilon").addEventListener("input", () => {
  at("epsilon-value").textContent = Number(at("epsilon").value).toFixed(2);
});
at("example").addEventListener("change", async () => {
  clear();
  if (at("example").value === "") return;
  look((await (await fetch(`example/${at("example").value}`)).json()).pixels);
});

async function begin() {
  clear();
  const health = await (await fetch("health")).json();
  names = health.classes;
  const choices = ["", ...names].map((name, i) => {
    const choice = document.createElement("option");
    [choice.value, choice.textContent] = [i === 0 ? "" : String(i - 1), i === 0 ? "choose" : name];
    return choice;
  });
  at("example").replaceChildren(...choices);
}
begin().catch(() => {
  at("answer").textContent = "Your service does not answer GET /health as its page says.";
});

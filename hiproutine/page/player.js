"use strict";
/* The player of the page. The timeline comes from hiproutine, with every cue and word; this counts the time, by the
   rules of hiproutine/practice/player.py, and shows, plays and says what is due. */

const data = JSON.parse(document.getElementById("data").textContent);
const element = (id) => document.getElementById(id);
const TICK_MS = 100;
const FRAME_MS = 40; // between two pictures of the figure, to spare the battery
const GAP_MS = 3000; // longer between two ticks, and nobody was led: the phone slept

function segmentOf(row, step) {
  const [ms, role, work, faces, cues, move, where, announced, short] = data.rows[row];
  return {
    ms, step, role: data.roles[role], work, faces: data.faces[faces], cues: data.cues[cues], effort: data.moves[move][0],
    track: data.moves[move][1], where: data.words[where], announced: data.words[announced],
    short: Object.fromEntries(short ?? []),
  };
}

const segmentsOf = (step, number) => step.segments.map((row) => segmentOf(row, number));
const { steps } = data; // these two change when an exercise that hurts becomes easier or shorter
const segments = steps.flatMap(segmentsOf);
const firstOf = (step) => segments.findIndex((segment) => segment.step === step);
const sumMs = (some) => some.reduce((sum, { ms }) => sum + ms, 0);

/* ---- the course of a session ---- */

const player = {
  at: 0, elapsedMs: 0, extraMs: 0, attemptMs: 0, heldMs: steps.map(() => 0), hurts: steps.map(() => []), activeMs: 0,
  paused: false, countInMs: 0, over: false,

  get segment() { return segments[Math.min(this.at, segments.length - 1)]; },
  get remainingMs() { return this.over ? 0 : this.segment.ms + this.extraMs - this.elapsedMs; },

  /* The segments of the running step from the running one on. */
  get ahead() { return segments.slice(this.at).filter(({ step }) => step === this.segment.step); },
  get stepRemainingMs() { return this.remainingMs + sumMs(this.ahead.slice(1)); },
  get sessionRemainingMs() { return this.remainingMs + sumMs(segments.slice(this.at + 1)); },

  advance(ms) {
    while (ms > 0 && !this.paused && !this.over) {
      const used = Math.min(ms, this.countInMs || this.remainingMs);
      if (this.countInMs) {
        this.countInMs -= used;
        if (!this.countInMs) cue("resumed");
      } else {
        this.spend(used);
        if (this.remainingMs <= 0) this.enter(this.at + 1);
      }
      ms -= used;
    }
  },

  spend(ms) {
    const { cues, work, step, ms: lengthMs } = this.segment;
    const from = this.remainingMs;
    this.elapsedMs += ms;
    this.activeMs += ms;
    if (work) {
      this.attemptMs += ms;
      this.heldMs[step] = Math.max(this.heldMs[step], this.attemptMs);
    }
    for (const [atMs, ...what] of cues) {
      const aheadMs = lengthMs - atMs;
      if (aheadMs < from && aheadMs >= this.remainingMs) cue(...what);
    }
  },

  enter(index) {
    if (segments[index]?.step !== this.segment.step) this.attemptMs = 0;
    Object.assign(this, { at: index, elapsedMs: 0, extraMs: 0, countInMs: 0 });
    const entered = index < segments.length ? segments[index].cues.filter(([atMs]) => atMs === 0) : data.done;
    for (const [, ...what] of entered) cue(...what);
    if (index >= segments.length) this.end();
    else announce(segments[index].announced);
  },

  end() {
    Object.assign(this, { over: true, paused: false });
    finish();
  },

  pause() {
    if (this.over) return;
    Object.assign(this, { paused: true, countInMs: 0 });
  },

  resume() {
    if (!this.paused || this.over) return;
    Object.assign(this, { paused: false, countInMs: data.countInMs });
    sayWord(...steps[this.segment.step].goOn);
  },

  next() {
    const here = this.segment;
    this.paused = false;
    const found = segments.findIndex((each, n) => n > this.at && (each.step !== here.step || (!here.work && each.work)));
    this.enter(found < 0 ? segments.length : found);
  },

  again() {
    const { step } = this.segment;
    const before = this.at === firstOf(step) ? segments.slice(0, this.at).at(-1)?.step : step;
    this.attemptMs = 0;
    this.paused = false;
    this.enter(firstOf(before ?? 0));
  },

  /* A whole exercise is left with its other side. */
  skip(whole) {
    this.paused = false;
    const here = this.segment.step;
    const next = segments.findIndex(({ step }) => step > here && !(whole && steps[step].exercise === steps[here].exercise));
    this.enter(next < 0 ? segments.length : next);
  },

  /* Half of the rest of this exercise, by the rule of `shorter` in hiproutine/practice/timeline.py. */
  shorten() {
    const { step } = this.segment;
    const others = [];
    for (let n = step + 1; steps[n]?.exercise === steps[step].exercise; n += 1) others.push(n);
    for (const other of others.reverse()) {
      const first = firstOf(other);
      if (first >= 0) halve(first + 1, segments[first + 1].ms);
    }
    this.extraMs += halve(this.at, this.remainingMs);
    this.paused = true;
    this.resume();
  },

  /* The easier variant, as the steps after this one, for all that remains of it. */
  ease() {
    const number = this.segment.step;
    const { steps: fresh, coming, leaves, then, which } = steps[number].easier;
    const more = fresh.length;
    steps[number] = { ...steps[number], easier: null, coming };
    steps.splice(number + 1, 0, ...fresh);
    this.heldMs.splice(number + 1, 0, ...fresh.map(() => 0));
    this.hurts.splice(number + 1, 0, ...fresh.map(() => []));
    for (const segment of segments) if (segment.step > number) segment.step += more;
    const first = this.at + this.ahead.length;
    const kept = segments.findIndex(({ step }) => step > number + more + leaves);
    segments.splice(first, (kept < 0 ? segments.length : kept) - first, ...fresh.flatMap((step, n) => segmentsOf(step, number + 1 + n)));
    if (then) {
      const opening = segments.findIndex(({ step }) => step > number + more);
      const { step } = segments[opening];
      steps[step] = { ...steps[step], setup: then.setup };
      segments[opening] = segmentOf(then.opening, step);
    }
    this.paused = false;
    this.enter(first);
    return which;
  },
};

/* Halves what is left of a step, of whose segment `at` some time remains; returns what that has less. */
function halve(at, remainingMs) {
  const ahead = segments.slice(at).filter(({ step }) => step === segments[at].step);
  const parts = ahead.map((segment, n) => ({ ...segment, ms: n ? segment.ms : remainingMs }));
  const workMs = (some) => sumMs(some.filter(({ work }) => work));
  let kept = 0;
  let lessMs = 0;
  for (let n = 0; n < parts.length;) {
    while (n < parts.length && parts[n].where === parts[kept].where) n += 1;
    if (workMs(parts.slice(0, n)) > Math.floor(workMs(parts) / 2)) break;
    kept = n;
  }
  while (kept && !parts[kept - 1].work) kept -= 1;
  if (kept) {
    segments[at + kept - 1] = asRow(ahead[kept - 1], "last");
  } else {
    kept = parts.findIndex(({ work }) => work) + 1;
    const running = kept === 1 && at === player.at;
    segments[at + kept - 1] = asRow(ahead[kept - 1], running ? "last" : "half");
    const unitMs = ahead[0].short.unitMs ?? 1000;
    if (running) lessMs = Math.min(0, Math.ceil(remainingMs / (2 * unitMs)) * unitMs - remainingMs);
  }
  segments.splice(at + kept, ahead.length - kept);
  return lessMs;
}

/* A segment as it is when its step ends with it, or with half of it. */
const asRow = (segment, name) => (name in segment.short ? segmentOf(segment.short[name], segment.step) : segment);

/* ---- what is heard ---- */

const sound = {
  context: null,

  begin() {
    if (window.AudioContext && !this.context) this.context = new AudioContext();
    this.context?.resume();
  },

  play(notes) {
    if (!this.context || !element("tones").checked) return;
    let at = this.context.currentTime + 0.02;
    for (const [hz, ms, gapMs, soft] of notes) {
      const tone = this.context.createOscillator();
      const volume = this.context.createGain();
      const loud = soft ? 0.15 : 0.4;
      const end = at + ms / 1000;
      tone.frequency.value = hz;
      volume.gain.setValueAtTime(0, at);
      volume.gain.linearRampToValueAtTime(loud, at + 0.008);
      volume.gain.setValueAtTime(loud, end - 0.012);
      volume.gain.linearRampToValueAtTime(0, end);
      tone.connect(volume).connect(this.context.destination);
      tone.start(at);
      tone.stop(end);
      at = end + gapMs / 1000;
    }
  },
};

const INSTRUCTION = data.weights.indexOf("instruction");
let saying = null; // the weight of what is being said

/* What weighs more interrupts, what weighs as much is dropped; instructions wait for each other. */
function say(text, weight) {
  if (!text || !window.speechSynthesis || !element("voice").checked) return;
  const busy = saying !== null && speechSynthesis.speaking;
  if (busy && weight >= saying && weight !== INSTRUCTION) return;
  if (busy && weight < saying) speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = "en";
  utterance.onend = utterance.onerror = () => { if (saying === weight) saying = null; };
  saying = weight;
  speechSynthesis.speak(utterance);
}

function hush() {
  saying = null;
  window.speechSynthesis?.cancel();
}

const sayWord = (word, weight) => say(data.words[word], weight);

function cue(kind, word, weight) {
  if (data.tones[kind]) sound.play(data.tones[kind]);
  sayWord(word, weight);
}

function announce(text) {
  if (text) element("said").textContent = text;
}

/* ---- the screen stays on ---- */

const awake = {
  lock: null, video: null, wanted: false,

  async keep() {
    this.wanted = true;
    try {
      this.lock = await navigator.wakeLock.request("screen");
      this.video?.pause();
    } catch { // plain http, an old browser, or a battery that is low
      this.video ??= Object.assign(document.createElement("video"), { src: data.awake, loop: true, playsInline: true });
      this.video.title = "Keeps the screen on";
      this.video.play().catch(() => announce("Your phone may turn its screen off: see its settings."));
    }
    if (!this.wanted) this.release();
  },

  release() {
    this.wanted = false;
    this.lock?.release();
    this.video?.pause();
    this.lock = null;
  },
};

/* ---- the figure ---- */

const { digits, far, lines } = data.packing;
const BODY = "tosf"; // classes of the trunk and the limbs
const ROUND_FROM = 12; // numbers, two a corner
const zero = Math.floor(digits.length / 2);

/* Corners of a path, as hiproutine/figure/moving.py packs them: x, y, x, y, ... */
function corners(text) {
  const found = [];
  for (let n = 0; n < text.length;) {
    let way = digits.indexOf(text[n]) - zero;
    if (text[n] === far) {
      way = digits.indexOf(text[n + 1]) * digits.length + digits.indexOf(text[n + 2]) - zero * digits.length;
      n += 2;
    }
    n += 1;
    found.push(way + (found.at(-2) ?? 0));
  }
  return found;
}

const at = (found, n) => `${found[n % found.length].toFixed(1)} ${found[(n + 1) % found.length].toFixed(1)}`;

function straight(found) {
  let route = "";
  for (let n = 0; n < found.length; n += 2) route += `${n ? "L" : "M"}${at(found, n)}`;
  return route;
}

/* An outline: what has more corners than a box is round, each corner the handle of a curve between two middles. */
function closed(found) {
  if (!found.length) return "";
  if (found.length <= ROUND_FROM) return `${straight(found)}z`;
  const middles = found.map((value, n) => (value + found[(n + 2) % found.length]) / 2);
  let route = `M${at(middles, found.length - 2)}`;
  for (let n = 0; n < found.length; n += 2) route += `Q${at(found, n)} ${at(middles, n)}`;
  return `${route}z`;
}

const figures = data.figures.map((each) => ({ ...each, paths: each.paths.map((path) => path.map(corners)) }));

/* What is painted at a share of the way, the farthest first: the number of each path, and its route. Between two
   pictures each corner is between its places in them. */
function painted({ shares, kinds, paths, orders }, share) {
  const circular = shares.length > 1 && shares.at(-1) < 1;
  const place = circular ? ((share % 1) + 1) % 1 : Math.min(Math.max(share, 0), 1);
  const one = shares.findLastIndex((each) => each <= place + 1e-9);
  const last = one + 1 === shares.length;
  const other = last ? (circular ? 0 : one) : one + 1;
  const part = one === other ? 0 : (place - shares[one]) / ((last ? 1 : shares[other]) - shares[one]);
  const nearest = part > 0.5 ? other : one;
  const order = orders[orders.length > 1 ? nearest : 0];
  return order.map((number) => {
    const pictures = paths[number];
    const from = pictures[pictures.length > 1 ? one : 0];
    const to = pictures[pictures.length > 1 ? other : 0];
    const both = from.length === to.length;
    const found = both ? from.map((value, n) => value + (to[n] - value) * part) : pictures[nearest];
    return [number, lines.includes(kinds[number]) ? straight(found) : closed(found)];
  });
}

function path(kind, route = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", "path");
  made.setAttribute("class", kind);
  made.setAttribute("d", route);
  return made;
}

/* One picture of the whole movement: the start pale, the end, and the arrows. */
function drawing(index) {
  const figure = figures[index];
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const name = data.exercises.find((each) => each.figure === index).name;
  for (const [key, value] of Object.entries({ class: "hf", viewBox: figure.box.join(" "), role: "img" })) made.setAttribute(key, value);
  made.setAttribute("aria-label", figure.ghost ? `${name}: how it begins, pale, and how it ends` : name);
  const end = painted(figure, figure.end).map(([number, route]) => path(figure.kinds[number], route));
  const start = figure.ghost ? painted(figure, 0).filter(([number]) => BODY.includes(figure.kinds[number])) : [];
  const ground = end.findLastIndex((each) => each.getAttribute("class") === "m") + 1;
  made.append(...end.slice(0, ground), ...start.map(([, route]) => path("g", route)), ...end.slice(ground));
  return made;
}

for (const place of document.querySelectorAll("#handout .drawing")) {
  const { figure } = data.exercises.find(({ id }) => id === place.dataset.exercise);
  if (figure !== null) place.append(drawing(figure));
}

const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const stage = {
  svg: element("figure"), shown: null, paths: [], order: "", picture: "",

  show(index) {
    if (this.shown === index) return;
    this.shown = index;
    if (!figures[index]) return;
    this.svg.setAttribute("viewBox", figures[index].box.join(" "));
    this.svg.setAttribute("aria-label", data.exercises.find(({ figure }) => figure === index).name);
    this.paths = figures[index].kinds.map((kind) => path(kind));
    this.order = "";
  },

  draw(share, width, effort) {
    const figure = figures[this.shown];
    const picture = `${this.shown} ${share} ${width} ${effort}`;
    if (this.picture === picture) return;
    this.picture = picture;
    const found = painted(figure, share);
    const group = this.svg.firstElementChild;
    const order = found.map(([number]) => number).join();
    if (this.order !== order) group.replaceChildren(...found.map(([number]) => this.paths[number]));
    this.order = order;
    for (const [number, route] of found) this.paths[number].setAttribute("d", route);
    const middle = figure.box[0] + figure.box[2] / 2;
    group.setAttribute("transform", `translate(${middle}) scale(${width} 1) translate(${-middle})`);
    this.svg.dataset.effort = effort;
  },

  /* Where the running segment has it now. */
  move() {
    const { track, effort, step, ms } = player.segment;
    if (!figures[this.shown] || !track.length) return;
    const frame = Math.min(player.elapsedMs + sinceTick(), ms) / data.frameMs;
    const after = Math.max(1, track.findIndex(([time]) => time > frame));
    const last = track.at(-1);
    const [t0, s0, w0] = last[0] <= frame ? last : track[after - 1];
    const [t1, s1, w1] = last[0] <= frame ? last : track[after];
    const part = t1 > t0 ? (frame - t0) / (t1 - t0) : 0;
    const mirrored = steps[step].side === "right" ? -1 : 1;
    this.draw((s0 + (s1 - s0) * part) / 100, (mirrored * (w0 + (w1 - w0) * part)) / 100, effort);
  },
};

/* ---- what is seen ---- */

const minutes = (ms) => {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
const length = (ms) => (ms > 59000 ? `${minutes(ms)} min` : `${Math.ceil(ms / 1000)} s`);
const clock = (ms) => (ms > 99000 ? minutes(ms) : `${Math.ceil(ms / 1000)}`);

const shownTexts = new Map();

function put(id, text) {
  if (shownTexts.get(id) === text) return;
  shownTexts.set(id, text);
  element(id).textContent = text;
}

/* The word and the number of this moment. */
function face() {
  const { segment, remainingMs, countInMs, paused } = player;
  if (paused) return [data.paused, clock(remainingMs)];
  if (countInMs) return [data.countIn, clock(countInMs)];
  const [, word, number] = segment.faces.findLast(([aheadMs]) => remainingMs <= aheadMs) ?? segment.faces[0];
  return [word, number || clock(remainingMs)];
}

const node = (tag, textContent) => Object.assign(document.createElement(tag), { textContent });
let wordsOf = "";

/* Below the figure: how to get into it, what to mind, and shortly before its end what comes. */
function words() {
  const { segment, stepRemainingMs } = player;
  const step = steps[segment.step];
  const exercise = data.exercises[step.exercise];
  const opening = player.at === firstOf(segment.step);
  const near = !opening && step.coming && stepRemainingMs <= data.nearlyMs;
  const name = `${segment.step} ${opening} ${near}`;
  if (name === wordsOf) return;
  wordsOf = name;
  const lines = opening ? step.setup.map((line) => data.words[line]) : near ? [`Next: ${step.coming}`] : exercise.cues;
  const list = document.createElement(opening ? "ol" : "ul");
  list.append(...lines.map((line) => node("li", line)));
  list.classList.toggle("coming", Boolean(near));
  const careful = opening ? exercise.careful.map((line) => node("p", `Careful: ${line}`)) : [];
  const stop = opening && exercise.stop ? [node("p", exercise.stop)] : [];
  element("words").replaceChildren(...careful, list, ...stop);
  element("words").scrollTop = 0;
}

function render() {
  if (player.over) return;
  const { segment } = player;
  const step = steps[segment.step];
  const exercise = data.exercises[step.exercise];
  const [word, number] = face();
  element("panel").dataset.role = player.paused ? "rest" : segment.role;
  put("name", exercise.name);
  put("word", word);
  put("side", step.sideWord);
  element("phase").classList.toggle("long", word.length + step.sideWord.length > 11);
  put("number", number);
  put("where", segment.where);
  put("pause", player.paused ? "Resume" : "Pause");
  element("number").dataset.length = number.length;
  element("bar").style.width = `${(100 * (1 - player.sessionRemainingMs / sumMs(segments))).toFixed(1)}%`;
  words();
  stage.show(exercise.figure);
  const instead = still.matches && exercise.figure !== null;
  element("drawing").hidden = !instead;
  stage.svg.toggleAttribute("hidden", instead || exercise.figure === null);
  if (instead) drawn(exercise.figure);
}

/* Where nothing is to move: the whole movement in one picture. */
function drawn(index) {
  if (element("drawing").dataset.figure === `${index}`) return;
  element("drawing").dataset.figure = index;
  element("drawing").replaceChildren(drawing(index));
}

/* ---- time ---- */

let lastTick = 0;
let lastFrame = -Infinity;
let timer = 0;
let began = null;

const running = () => !player.paused && !player.over && began !== null;
const sinceTick = () => (running() && !player.countInMs ? performance.now() - lastTick : 0);

function tick() {
  const now = performance.now();
  const sinceMs = now - lastTick;
  lastTick = now;
  if (running() && sinceMs > GAP_MS) pause("Paused: the phone slept.");
  else player.advance(running() ? sinceMs : 0);
  render();
}

function animate(now) {
  if (player.over) return;
  if (!still.matches && now - lastFrame >= FRAME_MS) {
    lastFrame = now;
    stage.move();
  }
  requestAnimationFrame(animate);
}

function begin() {
  sound.begin();
  awake.keep();
  began = new Date();
  lastTick = performance.now();
  go("practice");
  player.enter(0);
  timer = setInterval(tick, TICK_MS);
  render();
  animate(lastTick);
  element("pause").focus();
}

function go(state) {
  document.body.dataset.state = state;
  for (const id of ["start", "practice", "done"]) element(id).hidden = id !== state;
  window.scrollTo(0, 0);
}

/* ---- what can happen ---- */

/* Time up to now counts before anything changes. */
function act(change) {
  if (began === null || player.over) return;
  tick();
  if (!player.over) change();
  render();
}

function pause(why = "") {
  player.pause();
  hush();
  cue("paused");
  announce(why || "Paused");
}

function pauseOrResume() {
  if (player.paused) player.resume();
  else pause();
}

function jump(change) {
  hush();
  change();
}

let score = 0;
let red = false; // it hurts too much: the exercise is left with its other side

function hurts() {
  player.pause();
  hush();
  cue("that hurts");
  score = 0;
  element("advice").textContent = "";
  element("end").disabled = true;
  element("hurt-place").value = "";
  element("hurt-side").value = sideKey();
  offer(1);
  for (const button of element("hurting").querySelectorAll("[data-score]")) button.removeAttribute("aria-pressed");
  element("hurting").showModal();
}

/* The key of the working side, as that of the sides that may hurt; empty if there is none. */
const sideKey = () => (steps[player.segment.step].side ? steps[player.segment.step].letter : "");

/* Where it hurts, as far as that was said: the side only if it is not the working one. */
function hurtsWhere() {
  const side = element("hurt-side").value;
  return element("hurt-place").value + (side === sideKey() ? "" : side);
}

/* The choices at a score, the advised one first. */
function offer(given) {
  const step = steps[player.segment.step];
  const [, number] = step.answers.findLast(([from]) => given >= from);
  const [advice, isRed, choices] = data.answers[number];
  red = Boolean(isRed);
  const offered = choices.filter(([choice]) => choice !== "easier" || step.easier);
  element("answers").replaceChildren(...offered.map(([choice, words]) => {
    const button = Object.assign(node("button", data.words[words]), { type: "button", id: choice, disabled: !score });
    button.setAttribute("aria-keyshortcuts", Object.keys(data.choices).find((key) => data.choices[key] === choice));
    button.addEventListener("click", () => choose(choice));
    return button;
  }));
  return data.words[advice];
}

function scored(given) {
  if (!given) {
    element("hurting").close(); // never mind
    return;
  }
  score = given;
  for (const button of element("hurting").querySelectorAll("[data-score]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.score) === given));
  }
  const advice = offer(given);
  element("advice").textContent = `${given} ${advice}`;
  element("end").disabled = false;
  element("answers").firstElementChild.focus();
}

function choose(choice) {
  const hurt = { score, where: hurtsWhere(), end: data.ends[choice] };
  player.hurts[player.segment.step].push(hurt);
  element("hurting").close("chosen");
  if (choice === "stop") player.end();
  else if (choice === "skip") player.skip(red);
  else if (choice === "shorter") player.shorten();
  else hurt.end += player.ease();
  render();
}

function neverMind() {
  if (element("hurting").returnValue === "chosen") element("hurting").returnValue = "";
  else player.resume();
  render();
}

let resumes = false;

function askToStop() {
  resumes = !player.paused;
  if (resumes) pause();
  element("stopping").showModal();
}

function keepGoing() {
  if (resumes) player.resume();
  render();
}

/* ---- the end ---- */

let ended = null;
let after = null;

const heldMs = () => player.heldMs.reduce((sum, ms) => sum + ms, 0);

/* Seconds with one digit: rounded down what was held, so that nothing is longer than its time; up what it took. */
const down = (ms) => `${Math.floor(ms / 100) / 10}`;
const up = (ms) => `${Math.ceil(ms / 100) / 10}`;

const place = () => element("place").value + element("pain-side").value;

/* The result, as hiproutine/page/result.py reads it. */
function result() {
  const activeMs = Math.max(player.activeMs, heldMs());
  const lastedMs = Math.max(ended - began, activeMs);
  const parts = steps.map(({ letter }, number) => {
    const hurts = player.hurts[number].map((hurt) => `h${hurt.score}${hurt.where}${hurt.end}`);
    return [letter, down(player.heldMs[number]), ...hurts].join("");
  });
  return [began.toISOString(), up(lastedMs), up(activeMs), parts.join(), ...(after === null ? [] : [`p${after}${after ? place() : ""}`])].join("/");
}

function stepWords(step, number) {
  const name = [data.exercises[step.exercise].name, step.side].filter(Boolean).join(", ");
  if (player.hurts[number].length) return ["hurt", `! ${name}: hurt`];
  if (player.heldMs[number] >= step.plannedMs) return ["done", `✓ ${name}`];
  return player.heldMs[number] ? ["part", `~ ${name}: in part`] : ["skipped", `- ${name}: skipped`];
}

/* How many exercises were done with all their sides, or else begun, of how many. */
function doneWords(ends) {
  const seen = {}, exercises = {};
  steps.forEach(({ exercise, side }, number) => {
    const sided = `${exercise} ${side}`;
    seen[sided] = (seen[sided] ?? 0) + 1; // the same one may come again later
    (exercises[`${exercise} ${seen[sided]}`] ??= []).push(number);
  });
  const all = Object.values(exercises);
  const done = all.filter((some) => some.every((step) => ends[step] === "done")).length;
  const begun = all.filter((some) => some.some((step) => player.heldMs[step])).length;
  return `${done || begun} of ${all.length} ${done || !begun ? "done" : "begun"}`;
}

function finish() {
  clearInterval(timer);
  awake.release();
  ended = new Date();
  const rows = steps.map(stepWords);
  const ends = rows.map(([end]) => end);
  const whole = ends.every((end) => end === "done");
  element("praise").textContent = whole ? "Well done." : ends.includes("done") ? "That counts." : "You made a start.";
  element("summary").textContent = `${doneWords(ends)}, ${length(heldMs())} of exercise`;
  element("steps").replaceChildren(...rows.map(([end, textContent]) => Object.assign(node("li", textContent), { className: end })));
  element("share").hidden = !navigator.share;
  go("done");
  report();
  element("praise").focus();
}

/* Sends the result, if somebody waits for it, and shows how to log it otherwise. */
async function report() {
  const nothing = !heldMs() && !player.hurts.flat().length;
  element("line").textContent = `${data.command} ${result()}`;
  element("to-log").hidden = nothing || data.send !== "";
  element("after").hidden = !heldMs();
  if (nothing) element("sent").textContent = "Nothing was practised, so there is nothing to log.";
  if (nothing || !data.send) return;
  element("sent").textContent = "Sending …";
  let told = "It could not be sent: is hiproutine still running?";
  let saved = false;
  try {
    const reply = await fetch(data.send, { method: "POST", headers: { "Content-Type": "text/plain" }, body: result() });
    told = await reply.text();
    saved = reply.ok;
  } catch { /* the computer is not there: it stays as said */ }
  element("sent").textContent = told;
  element("after").hidden = !heldMs() || (saved && after !== null);
  element("to-log").hidden = saved;
  element("retry").hidden = saved;
}

function afterwards(given) {
  after = given;
  for (const button of element("after").querySelectorAll("[data-score]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.score) === given));
  }
  report();
}

async function copy() {
  const text = element("line").textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch { // plain http
    getSelection().selectAllChildren(element("line"));
    document.execCommand("copy");
  }
  element("copy").textContent = "Copied";
}

/* ---- fingers and keys ---- */

const ACTIONS = {
  pause: pauseOrResume,
  next: () => jump(() => player.next()),
  again: () => jump(() => player.again()),
  hurts,
  stop: askToStop,
};
const KEYS = {
  " ": "pause", k: "pause", ".": "pause", n: "next", ArrowRight: "next", PageDown: "next", p: "again", ArrowLeft: "again",
  PageUp: "again", h: "hurts", q: "stop",
};

for (const [id, action] of Object.entries(ACTIONS)) element(id).addEventListener("click", () => act(action));
element("begin").addEventListener("click", begin);
element("end").addEventListener("click", () => choose("stop"));
element("never-mind").addEventListener("click", () => element("hurting").close());
element("hurting").addEventListener("close", neverMind);
element("stop-yes").addEventListener("click", () => { player.end(); element("stopping").close(); });
element("stop-no").addEventListener("click", () => element("stopping").close());
element("stopping").addEventListener("close", keepGoing);
element("copy").addEventListener("click", copy);
element("share").addEventListener("click", () => navigator.share({ text: element("line").textContent }).catch(() => {}));
element("retry").addEventListener("click", report);
for (const button of element("hurting").querySelectorAll("[data-score]")) {
  button.addEventListener("click", () => scored(Number(button.dataset.score)));
}
for (const id of ["place", "pain-side"]) {
  element(id).addEventListener("change", () => { if (after) report(); });
}
for (const button of element("after").querySelectorAll("[data-score]")) {
  button.addEventListener("click", () => afterwards(Number(button.dataset.score)));
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (element("hurting").open) {
    if (target instanceof HTMLSelectElement) return; // letters choose there
    if (/^[0-9]$/.test(key)) scored(key === "0" && score === 1 ? 10 : Number(key));
    else if (score && data.choices[key]) element(data.choices[key] === "stop" ? "end" : data.choices[key])?.click();
    return;
  }
  const onButton = target instanceof HTMLButtonElement && (key === " " || key === "Enter");
  const action = ACTIONS[KEYS[key]];
  if (!action || onButton || element("stopping").open || began === null || player.over) return;
  event.preventDefault();
  act(action);
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && awake.wanted) awake.keep();
});

window.addEventListener("beforeunload", (event) => {
  if (running() || player.paused) event.preventDefault();
});

element("begin").disabled = false;

"use strict";
const report = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const WIDTH = 960, HEIGHT = 380, LEFT = 80, RIGHT = 70, TOP = 24, BOTTOM = 52;
const PERCENTILES = ["p50", "p90", "p99", "p99_9", "p99_99", "max"];

function time(ns) {
  if (ns === null || ns === undefined) return "-";
  for (const [unit, size] of [["s", 1e9], ["ms", 1e6], ["us", 1e3]]) {
    if (ns >= size) return `${Number((ns / size).toPrecision(3))} ${unit}`;
  }
  return `${ns} ns`;
}

function element(name, attributes = {}, text = "") {
  const out = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) out.setAttribute(key, value);
  if (text !== "") out.textContent = text;
  return out;
}

// A plot with a logarithmic axis of durations; `x` maps a value to 0..1, `ticks` are [value, label].
function plot(place, label, low, high, x, ticks, axis) {
  const svg = element("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label});
  const bottom = Math.floor(Math.log10(Math.max(low, 1)) * 3) / 3;
  const top = Math.max(Math.ceil(Math.log10(Math.max(high, 10)) * 3) / 3, bottom + 1 / 3);
  const px = (value) => LEFT + x(value) * (WIDTH - LEFT - RIGHT);
  const py = (ns) => HEIGHT - BOTTOM -
    (Math.log10(Math.max(ns, 1)) - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM);
  for (let power = Math.floor(bottom); power <= top; ++power) {
    for (const digit of top - bottom > 4 ? [1] : [1, 2, 5]) {
      const ns = digit * 10 ** power;
      if (py(ns) > HEIGHT - BOTTOM + 1 || py(ns) < TOP - 1) continue;
      svg.append(element("line", {class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: py(ns), y2: py(ns)}));
      svg.append(element("text", {x: LEFT - 8, y: py(ns) + 5, "text-anchor": "end"}, time(ns)));
    }
  }
  for (const [value, text] of ticks) {
    svg.append(element("line", {class: "grid", x1: px(value), x2: px(value), y1: TOP, y2: HEIGHT - BOTTOM}));
    svg.append(element("text", {x: px(value), y: HEIGHT - BOTTOM + 20, "text-anchor": "middle"}, text));
  }
  svg.append(element("text", {x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 8, "text-anchor": "middle"}, axis));
  place.append(svg);
  const labels = [];
  return (points, name, kind) => {
    if (points.length === 0) return;
    const path = points.map(([a, b], i) => `${i === 0 ? "M" : "L"}${px(a).toFixed(1)} ${py(b).toFixed(1)}`);
    svg.append(element("path", {class: `curve ${kind}`, d: path.join("")}));
    if (points.length < 61) {
      for (const [a, b] of points) {
        const dot = element("circle", {class: kind, cx: px(a), cy: py(b), r: 3});
        dot.append(element("title", {}, `${name} ${time(b)}`));
        svg.append(dot);
      }
    }
    let y = py(points[points.length - 1][1]) + 5;
    // Names that would lie upon each other stand one above the other.
    while (labels.some((other) => Math.abs(other - y) < 16)) y -= 16;
    labels.push(y);
    svg.append(element("text", {class: kind, x: WIDTH - RIGHT + 8, y}, name));
  };
}

function drawPercentiles() {
  const total = report.latency_bins.reduce((sum, bin) => sum + bin[1], 0);
  if (total === 0) { byId("percentiles").textContent = "No request was accepted."; return; }
  const shares = [[0, "0"], [0.5, "50"], [0.9, "90"], [0.99, "99"], [0.999, "99.9"], [0.9999, "99.99"]];
  const nines = (share) => -Math.log10(1 - share) / 4;
  const points = [];
  let seen = 0;
  for (const [upper, count] of report.latency_bins) {
    // Each bin as a step: from the share below it to the share it completes.
    points.push([Math.min(seen / total, 0.9999), upper]);
    seen += count;
    points.push([Math.min(seen / total, 0.9999), upper]);
    if (seen / total >= 0.9999) break;
  }
  const draw = plot(byId("percentiles"), "latency by percentile", points[0][1],
    points[points.length - 1][1], nines, shares, "percentile of the requests, in nines");
  draw(points, "latency", "first");
}

function drawTime() {
  const rows = report.seconds.filter((row) => row.p50 !== null);
  if (rows.length === 0) { byId("time").textContent = "No request was accepted."; return; }
  const last = Math.max(1, report.seconds.length - 1);
  const step = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600].find((s) => last / s <= 12) || 7200;
  const ticks = [];
  for (let second = 0; second <= last; second += step) ticks.push([second, String(second)]);
  const draw = plot(byId("time"), "latency over time", Math.min(...rows.map((row) => row.p50)),
    Math.max(...rows.map((row) => row.max)), (second) => second / last, ticks,
    "seconds since the end of the warm-up");
  draw(rows.map((row) => [row.second, row.p50]), "p50", "first");
  draw(rows.map((row) => [row.second, row.p99]), "p99", "second");
  draw(rows.map((row) => [row.second, row.max]), "max", "third");
}

function row(table, cells, name = "td") {
  const line = table.insertRow();
  for (const cell of cells) {
    const out = document.createElement(name);
    out.textContent = cell;
    line.append(out);
  }
}

function fillTables() {
  const times = byId("times");
  row(times, ["", "p50", "p90", "p99", "p99.9", "p99.99", "max"], "th");
  const parts = {latency: report.latency_ns, service: report.service_ns, ...report.phases_ns,
    ...(report.streams === null ? {} : {stream: report.streams.delay_ns})};
  for (const [name, values] of Object.entries(parts)) {
    row(times, [name, ...PERCENTILES.map((p) => values === null ? "-" : time(values[p]))]);
  }
  const errors = byId("errors");
  row(errors, ["kind", "what", "count", "p50", "p99", "max"], "th");
  for (const error of report.errors) {
    const at = error.latency_ns;
    row(errors, [error.kind, error.label, error.count, time(at.p50), time(at.p99), time(at.max)]);
  }
  if (report.errors.length === 0) row(errors, ["none", "", "", "", "", ""]);
}

function fillText() {
  const {asked, machine, counts, books} = report;
  const title = `${asked.venue}: ${asked.rate} requests a second`;
  byId("title").textContent = document.title = title;
  const mix = Object.entries(asked.mix).map(([call, weight]) => `${call}=${weight}`).join(", ");
  const faults = Object.entries(asked.faults).map(([type, share]) => `${type}=${share}`).join(", ");
  byId("about").textContent = `${asked.url}, ${asked.connections} connection${asked.connections === 1 ? "" : "s"}, ${mix}, ${asked.arrivals} ` +
    `arrivals, ${asked.duration_ns / 1e9} s after ${asked.warmup_ns / 1e9} s of warm-up` +
    (faults ? `, faults ${faults}` : "");
  byId("machine").textContent = `${new Date(report.started_ms).toISOString()}, ocokit ${report.ocokit}, ` +
    `${machine.cpu}, ${machine.cores} cores, ${machine.kernel}, ${machine.compiler}`;
  for (const warning of report.warnings) {
    const item = document.createElement("li");
    item.textContent = warning;
    byId("warnings").append(item);
  }
  for (const name of ["intended", "accepted", "refused", "transport", "reply", "unanswered"]) {
    const box = document.createElement("div");
    const term = document.createElement("dt");
    const value = document.createElement("dd");
    term.textContent = name;
    value.textContent = counts[name].toLocaleString("en");
    box.append(term, value);
    byId("counts").append(box);
  }
  if (books !== null) {
    byId("books").className = books.agree ? "good" : "bad";
    byId("books").textContent = books.agree
      ? `The server's books agree: ${books.journal} requests in its journal.`
      : `The server's books differ: ${books.differences.join("; ")}.`;
  }
}

fillText();
drawPercentiles();
drawTime();
fillTables();

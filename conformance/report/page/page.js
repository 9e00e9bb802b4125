"use strict";
// The data are reports as `--json` writes them; each is a column.
const reports = JSON.parse(document.getElementById("data").textContent);
const verdicts = ["pass", "fail", "non-strict", "unsupported", "skipped", "kit error"];
const byId = (id) => document.getElementById(id);
const className = (verdict) => verdict.replace(" ", "-");

// Characters that nobody sees, or that turn the direction of the text around them, as \xNN and \uNNNN.
function visible(text) {
  return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g, (c) => {
    const code = c.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
  });
}

// An element with attributes and children; texts become text and never markup.
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "class") element.className = value;
    else if (key === "onclick") element.addEventListener("click", value);
    else element.setAttribute(key, visible(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined)
    .map((child) => child instanceof Node ? child : visible(child)));
  return element;
}

// The cases of all reports in the order in which they first stand: [{key, section, of: [per report]}].
const rows = new Map();
reports.forEach((report, column) => {
  for (const judged of report.cases) {
    if (!rows.has(judged.id)) {
      rows.set(judged.id, { id: judged.id, section: `${judged.venue}: ${judged.section}`, first: judged, of: [] });
    }
    rows.get(judged.id).of[column] = judged;
  }
});
const sections = [...new Set([...rows.values()].map((row) => row.section))];

function counts(report) {
  const out = {};
  for (const judged of report.cases) out[judged.verdict] = (out[judged.verdict] || 0) + 1;
  return out;
}

function showSubjects() {
  for (const report of reports) {
    const count = counts(report);
    const there = verdicts.filter((verdict) => count[verdict]);
    byId("subjects").append(make("section", { class: "subject" },
      make("h2", {}, report.subject),
      make("div", { class: "bar", "aria-hidden": "true" }, ...there.map((verdict) =>
        make("span", { class: className(verdict), style: `flex:${count[verdict]}` }))),
      make("ul", { class: "counts" }, ...there.map((verdict) =>
        make("li", { class: className(verdict) }, `${count[verdict]} ${verdict}`))),
      make("p", { class: "faint" }, [report.target, report.dialect && `dialect ${report.dialect}`,
        report.not_run ? `interrupted: ${report.not_run} cases not run` : "", `seed ${report.seed}`, `${report.took_ms} ms`, new Date(report.started_ms).toISOString().slice(0, 16).replace("T", " ") + " UTC"]
        .filter(Boolean).join(" · "))));
  }
  const versions = [...new Set(reports.map((report) => report.ocokit))].join(", ");
  byId("about").textContent = `${rows.size} cases, ${reports.length} ${reports.length === 1 ? "subject" : "subjects"}, ocokit ${versions}`;
}

function option(value, text) {
  return make("option", { value }, text);
}

function showFilters() {
  byId("verdict").append(option("", "all"), option("!", "not a pass"), option("differ", "subjects differ"),
    ...verdicts.map((verdict) => option(verdict, verdict)));
  if (reports.length < 2) byId("verdict").querySelector("[value=differ]").remove();
  byId("section").append(option("", "all"), ...sections.map((section) => option(section, section)));
  for (const id of ["verdict", "section", "level", "find"]) byId(id).addEventListener("input", showRows);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("all").addEventListener("click", () => {
    byId("filters").reset();
    showRows();
  });
}

function fits(row) {
  const verdict = byId("verdict").value;
  const there = row.of.filter(Boolean).map((judged) => judged.verdict);
  if (verdict === "!" && there.every((one) => one === "pass")) return false;
  if (verdict === "differ" && new Set(there).size < 2) return false;
  if (verdicts.includes(verdict) && !there.includes(verdict)) return false;
  const section = byId("section").value;
  if (section && row.section !== section) return false;
  const level = byId("level").value;
  if (level && row.first.level !== level) return false;
  const words = byId("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${row.id} ${row.first.title} ${row.first.requirement}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function cell(row, column) {
  const judged = row.of[column];
  if (!judged) return make("td", { class: "faint" }, "–");
  const text = judged.verdict + (judged.known_failing ? " (known)" : "");
  return make("td", {}, make("button", {
    type: "button", class: `verdict ${className(judged.verdict)}`,
    "aria-label": `${row.id} of ${reports[column].subject}: ${text}`,
    onclick: () => open(row, column),
  }, text));
}

function showRows() {
  const shown = [...rows.values()].filter(fits);
  const body = byId("rows");
  body.replaceChildren();
  let section = "";
  for (const row of shown) {
    if (row.section !== section) {
      section = row.section;
      body.append(make("tr", { class: "section" }, make("th", { colspan: reports.length + 1, scope: "colgroup" }, section)));
    }
    body.append(make("tr", { "data-id": row.id },
      make("td", { class: "case" }, make("span", { class: "id" }, row.id),
        row.first.level === "should" ? make("span", { class: "should" }, " should") : null,
        make("br"), row.first.title),
      ...reports.map((_, column) => cell(row, column))));
  }
  byId("shown").textContent = `${shown.length} of ${rows.size}`;
  byId("none").hidden = shown.length > 0;
}

function block(title, text, style) {
  return text ? [make("h3", {}, title), make("pre", { class: style || "" }, text)] : [];
}

function citation(cite) {
  const text = [cite.document, cite.section, cite.date].filter(Boolean).join(", ");
  const link = /^https?:\/\//.test(cite.url) ? make("a", { href: cite.url, rel: "noreferrer" }, text) : text;
  return make("p", {}, link);
}

function open(row, column) {
  const report = reports[column];
  const judged = row.of[column];
  const wire = judged.wire.flatMap((entry) => [
    make("h3", {}, `${entry.step} · ${(entry.took_us / 1000).toFixed(1)} ms`),
    entry.sent ? make("pre", { class: "sent" }, entry.sent) : null,
    entry.got ? make("pre", { class: "got" }, entry.got) : null,
    entry.note ? make("p", { class: "faint" }, entry.note) : null,
  ].filter(Boolean));
  byId("details-body").replaceChildren(
    make("button", { type: "button", id: "close", "aria-label": "Close", onclick: () => byId("details").close() }, "✕"),
    make("h2", { id: "details-title" }, `${row.id}: ${row.first.title}`),
    make("p", { class: className(judged.verdict) }, `${report.subject}: ${judged.verdict}${judged.reason ? ": " + judged.reason : ""}`),
    make("h3", {}, judged.level === "must" ? "Requirement (MUST)" : "Requirement (SHOULD)"),
    make("p", { class: "requirement" }, judged.requirement),
    make("h3", {}, "Where it stands"),
    ...judged.cites.map(citation),
    ...block("Sent", judged.sent), ...block("Got", judged.got, "got"), ...block("Wanted", judged.wanted),
    ...(report.repeat ? block("Repeat it", report.repeat.replace("{case}", row.id)) : []),
    make("details", wire.length ? { class: "wire" } : { class: "wire", hidden: "" },
      make("summary", {}, `Wire log (${judged.wire.length})`), ...wire));
  if (!byId("details").open) byId("details").showModal();
  history.replaceState(null, "", `#${column}/${row.id}`);
}

// A link to a case: #COLUMN/ID, or #ID for the first subject that has it.
function openLinked() {
  const [, column, id] = location.hash.match(/^#(?:(\d+)\/)?([\w-]+)$/) || [];
  const row = rows.get(id);
  if (!row) return;
  const wanted = column === undefined ? row.of.findIndex(Boolean) : Number(column);
  if (row.of[wanted]) open(row, wanted);
}

byId("details").addEventListener("close", () => history.replaceState(null, "", location.pathname + location.search));
byId("details").addEventListener("click", (event) => {
  if (event.target === byId("details")) byId("details").close();
});
byId("head").append(make("tr", {}, make("th", { scope: "col" }, "Case"),
  ...reports.map((report) => make("th", { scope: "col" }, report.subject))));
document.title = visible(`OCO conformance: ${reports.map((report) => report.subject).join(", ")}`);
showSubjects();
showFilters();
showRows();
openLinked();
window.addEventListener("hashchange", openLinked);

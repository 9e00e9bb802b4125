// Looks at a report in a browser: node page_test.mjs PAGE.html
// PAGE needs two subjects or more, of which one fails something. PLAYWRIGHT: folder of
// playwright-core; CHROMIUM: the browser, /usr/bin/chromium unless given.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(path.resolve(process.env.PLAYWRIGHT), "from.js"));
const { chromium } = require("playwright-core");
const url = pathToFileURL(path.resolve(process.argv[2])).href;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

// Each check has a page of its own; nothing may be fetched and nothing may go wrong in it.
async function check(name, run, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) wrong.push(`fetches ${request.url()}`);
  });
  await page.goto(url + (options.hash || ""));
  try {
    await run(page);
    assert.deepEqual(wrong, []);
    console.log(`ok   ${name}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`FAIL ${name}\n${error.message}`);
  }
  await context.close();
}

const rowsShown = (page) => page.locator("#rows tr[data-id]").count();
const data = (page) => page.evaluate(() => JSON.parse(document.getElementById("data").textContent));
// The first case that a subject fails: [column, case].
const failing = (reports) => {
  for (const [column, report] of reports.entries()) {
    const judged = report.cases.find((one) => one.verdict === "fail");
    if (judged) return [column, judged];
  }
  throw new Error("no subject fails anything");
};
const ids = (reports) => new Set(reports.flatMap((report) => report.cases.map((judged) => judged.id)));

await check("subjects are columns and cases are rows", async (page) => {
  const reports = await data(page);
  assert.ok(reports.length >= 2);
  assert.equal(await page.locator("#head th").count(), reports.length + 1);
  assert.equal(await rowsShown(page), ids(reports).size);
  assert.equal(await page.locator(".subject").count(), reports.length);
  const [column, judged] = failing(reports);
  const cell = page.locator(`tr[data-id="${judged.id}"] td`).nth(column + 1);
  assert.equal(await cell.innerText(), "fail");
});

await check("shows what would turn or hide the text, and that a run is not whole", async (page) => {
  const text = await page.locator("body").innerText();
  assert.ok((await data(page))[0].subject.includes("\u202e"));
  assert.ok(text.includes("ocokit\\u202e serve"), "it is not shown as an escape");
  assert.ok(!/[\u202a-\u202e\u0080-\u009f]/.test(text + await page.title()));
  assert.equal((text.match(/interrupted: 7 cases not run/g) || []).length, 1);
});

await check("filters by verdict, section, level and words", async (page) => {
  const reports = await data(page);
  const all = await rowsShown(page);
  const [, judged] = failing(reports);
  await page.selectOption("#verdict", "fail");
  const failed = new Set(reports.flatMap((report) =>
    report.cases.filter((one) => one.verdict === "fail").map((one) => one.id)));
  assert.equal(await rowsShown(page), failed.size);
  assert.equal(await page.locator("#shown").innerText(), `${failed.size} of ${all}`);
  await page.selectOption("#verdict", "differ");
  assert.ok((await rowsShown(page)) < all);
  await page.selectOption("#verdict", "");
  await page.selectOption("#section", `${judged.venue}: ${judged.section}`);
  const inSection = new Set(reports.flatMap((report) => report.cases.filter((one) =>
    one.section === judged.section && one.venue === judged.venue).map((one) => one.id)));
  assert.equal(await rowsShown(page), inSection.size);
  await page.fill("#find", judged.id);
  assert.equal(await rowsShown(page), 1);
  await page.fill("#find", "no such case at all");
  assert.equal(await rowsShown(page), 0);
  await page.click("#all");
  assert.equal(await rowsShown(page), all);
  await page.selectOption("#level", "should");
  const shoulds = new Set(reports.flatMap((report) =>
    report.cases.filter((one) => one.level === "should").map((one) => one.id)));
  assert.equal(await rowsShown(page), shoulds.size);
});

await check("a click opens requirement, citation and wire log", async (page) => {
  const reports = await data(page);
  const [column, judged] = failing(reports);
  await page.locator(`tr[data-id="${judged.id}"] td`).nth(column + 1).locator("button").click();
  const dialog = page.locator("dialog");
  assert.ok(await dialog.isVisible());
  assert.equal(await dialog.locator(".requirement").innerText(), judged.requirement);
  assert.ok((await dialog.innerText()).includes(judged.reason));
  assert.ok((await dialog.innerText()).includes(judged.cites[0].document));
  await dialog.locator("summary").click();
  const sent = judged.wire.find((entry) => entry.sent);
  const shown = await dialog.locator("pre.sent").first().textContent();
  assert.equal(shown.replace(/\r/g, ""), sent.sent.replace(/\r/g, ""));
  // The browser tells of a changed address, and of a closed dialog, a moment later.
  await page.waitForURL((url) => url.hash === `#${column}/${judged.id}`);
  await page.keyboard.press("Escape");
  assert.ok(!(await dialog.isVisible()));
  await page.waitForURL((url) => url.hash === "");
});

await check("a link opens a case", async (page) => {
  const [column, judged] = failing(await data(page));
  await page.evaluate((hash) => { location.hash = hash; }, `${column}/${judged.id}`);
  await page.waitForSelector("dialog[open]");
  assert.ok((await page.locator("#details-title").innerText()).startsWith(judged.id));
});

await check("works by keyboard alone", async (page) => {
  const button = page.locator("#rows button.verdict").first();
  await button.focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("dialog").isVisible());
  await page.keyboard.press("Escape");
  assert.ok(await button.evaluate((element) => element === document.activeElement));
});

await check("is readable on a phone", async (page) => {
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `the page is ${wide} px wider than the screen`);
  const size = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  assert.ok(size >= 14, `letters are ${size} px`);
  const button = page.locator("#rows button.verdict").first();
  assert.ok((await button.boundingBox()).height >= 30, "a verdict is too small for a finger");
  await button.click();
  const box = await page.locator("dialog").boundingBox();
  assert.ok(box.width >= 350, `the details are ${box.width} px wide`);
  assert.ok(await page.evaluate(() => {
    const dialog = document.querySelector("dialog");
    return dialog.scrollWidth <= dialog.clientWidth;
  }), "the details scroll sideways");
}, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

await check("prints the table and not its controls", async (page) => {
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator("#filters").isVisible()));
  assert.ok(await page.locator("table").isVisible());
  assert.ok((await page.pdf({ format: "A4" })).length > 10000);
});

// WCAG 2.1, 1.4.3: 4.5 to 1.
for (const colorScheme of ["light", "dark"]) {
  await check(`letters stand out when it is ${colorScheme}`, async (page) => {
    const poor = await page.evaluate(() => {
      const parse = (text) => text.match(/[\d.]+/g).map(Number);
      const part = (value) => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
      const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const color = parse(getComputedStyle(at).backgroundColor);
          if (color.length < 4 || color[3] > 0) return color;
        }
        return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
      };
      const out = [];
      for (const element of document.querySelectorAll("button.verdict, .counts li, .faint, .id, tr.section th, label")) {
        const a = light(parse(getComputedStyle(element).color));
        const b = light(ground(element));
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) out.push(`${element.className || element.tagName} ${ratio.toFixed(2)}`);
      }
      return [...new Set(out)];
    });
    assert.deepEqual(poor, []);
  }, { colorScheme });
}

await browser.close();

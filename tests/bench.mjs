// What a partner waits for, in a real browser against a real server: medians from input to painted result, in milliseconds.
//
// `cargo xtask bench browser` runs it and says where bundle and server are. Times are printed and never asserted.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const { PARTNER_SERVER: program, PARTNER_BUNDLE: bundle } = process.env;
const email = "bench@partner.example";
const repeats = 15;

async function serve(clients) {
  const data = mkdtempSync(join(tmpdir(), "partner-bench-"));
  const run = (args) => {
    const result = spawnSync(program, [...args, "--data", data], { encoding: "utf8" });
    if (result.status !== 0) throw new Error(result.stderr);
    return result.stdout;
  };
  const created = run(["create-partner", "--email", email, "--title", "Bench"]);
  const password = /shown this once: (\S+)/.exec(created)[1];
  run(["seed", "--clients", String(clients), "--partner-email", email]);
  const server = spawn(program, ["serve", "--data", data, "--bundle", bundle, "--listen", "127.0.0.1:0"], {
    env: { ...process.env, RUST_LOG: "error" },
  });
  const address = await new Promise((found, failed) => {
    server.stdout.on("data", (text) => {
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(String(text));
      if (match) found(match[0]);
    });
    server.on("exit", () => failed(new Error("the server ended")));
  });
  const stop = () => {
    server.removeAllListeners("exit");
    server.kill();
    rmSync(data, { recursive: true, force: true });
  };
  return { address, password, stop };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Does something in the page, and waits until the frame that shows it has been painted. */
const timed = (page, act) =>
  page.evaluate(
    (source) => {
      const act = (0, Function)(`return ${source}`)();
      const begin = performance.now();
      act();
      return new Promise((done) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now() - begin);
          port2.postMessage(0);
        }),
      );
    },
    act.toString(),
  );

async function repeat(page, { before, act, shows, undo }) {
  const times = [];
  for (let turn = 0; turn < repeats; turn += 1) {
    if (before) await timed(page, before);
    times.push(await timed(page, act));
    if (shows && !(await page.evaluate((shows) => document.querySelector(shows) !== null, shows))) {
      throw new Error(`${shows} is not there`);
    }
    if (undo) await timed(page, undo);
  }
  // The first one may have to compute what the others find: an order that is kept, a widget that is compiled.
  return { first: times[0], usual: median(times) };
}

const search = (text) => `() => {
  const field = document.querySelector("#search");
  field.value = ${JSON.stringify(text)};
  field.dispatchEvent(new Event("input", { bubbles: true }));
}`;
const sortBy = (column) => ({
  act: `() => document.querySelector(".head-${column} button").click()`,
  shows: `.head-${column}[aria-sort]`,
  undo: `() => document.querySelector(".head-email button").click()`,
});
const openMenu = () => document.querySelectorAll(".row-menu")[2].click();

const actions = {
  "select one": { act: () => document.querySelectorAll("[data-part=select]")[3].click() },
  "select all": { act: () => document.querySelector(".toolbar .checkbox").click() },
  "filter, first key": { act: search("a"), undo: search("") },
  "sort by balance": sortBy("balance"),
  "sort by name": sortBy("name"),
  "open row menu": {
    act: openMenu,
    shows: ".menu .menu-item",
    undo: () => document.querySelector(".menu").hidePopover(),
  },
  "open confirmation": {
    before: openMenu,
    act: () => [...document.querySelectorAll(".menu-item")].at(-1).click(),
    shows: "dialog[open] .confirm-names",
    undo: () => document.querySelector("dialog .dialog-foot .button:last-child").click(),
  },
};

async function scroll(page) {
  return page.evaluate(async () => {
    const frames = 180;
    let dropped = 0;
    let blank = 0;
    let last = performance.now();
    for (let frame = 0; frame < frames; frame += 1) {
      scrollBy(0, 400);
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      dropped += Math.round((now - last) / 16.7) > 1 ? 1 : 0;
      last = now;
      blank += document.elementFromPoint(innerWidth / 2, innerHeight - 60)?.closest("[data-key]") ? 0 : 1;
    }
    scrollTo(0, 0);
    return { frames, dropped, blank };
  });
}

async function measure(browser, clients) {
  const { address, password, stop } = await serve(clients);
  try {
    // The page's policy forbids code from text, which is how the measuring functions get there.
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const start = WebAssembly.instantiateStreaming;
      WebAssembly.instantiateStreaming = async (...args) => {
        const started = await start.apply(WebAssembly, args);
        window.wasmMemory = started.instance.exports.memory;
        return started;
      };
    });
    await page.goto(`${address}/partner/app/en/clients/`);
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator("[data-key]").first().waitFor();
    const loads = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await page.reload();
      loads.push(await page.evaluate(() => new Promise((done) => {
        const look = () => (document.querySelector("[data-key]") ? done(performance.now()) : requestAnimationFrame(look));
        look();
      })));
    }
    await page.getByText(/Loaded .* of/).waitFor({ state: "detached", timeout: 60_000 });
    await page.locator(".page-count").filter({ hasText: new RegExp(clients.toLocaleString("en")) }).waitFor({ timeout: 60_000 });
    console.log(`\n${clients.toLocaleString("en")} clients`);
    console.log(`  first row, warm       ${median(loads).toFixed(0).padStart(6)} ms`);
    for (const [name, action] of Object.entries(actions)) {
      const { first, usual } = await repeat(page, action);
      console.log(`  ${name.padEnd(22)}${usual.toFixed(1).padStart(6)} ms   (the first time ${first.toFixed(1)})`);
    }
    const { frames, dropped, blank } = await scroll(page);
    console.log(`  scrolling             ${String(dropped).padStart(6)} of ${frames} frames dropped, ${blank} blank`);
    const memory = await page.evaluate(() => [window.wasmMemory.buffer.byteLength, performance.memory.usedJSHeapSize]);
    console.log(`  memory                ${memory.map((bytes) => (bytes / 1e6).toFixed(0)).join(" + ").padStart(6)} MB (WASM + JS heap)`);
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    console.log(`  elements              ${String(nodes).padStart(6)}`);
    await context.close();
  } finally {
    stop();
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--enable-precise-memory-info"],
});
try {
  for (const clients of [10_000, 100_000]) await measure(browser, clients);
} finally {
  await browser.close();
}

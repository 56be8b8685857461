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
const password = "a password for measuring";
const repeats = 15;

async function serve(clients) {
  const data = mkdtempSync(join(tmpdir(), "partner-bench-"));
  const run = (args, input) => {
    const result = spawnSync(program, [...args, "--data", data], { input, encoding: "utf8" });
    if (result.status !== 0) throw new Error(result.stderr);
  };
  run(["create-partner", "--email", email, "--title", "Bench"], `${password}\n`);
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
  return { address, stop };
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

async function repeat(page, act, undo) {
  const times = [];
  for (let turn = 0; turn < repeats; turn += 1) {
    times.push(await timed(page, act));
    if (undo) await timed(page, undo);
  }
  return median(times);
}

const actions = {
  "select one": [() => document.querySelectorAll("[data-part=select]")[3].click()],
  "select all": [() => document.querySelector(".toolbar .checkbox").click()],
  "filter, first key": [
    () => {
      const field = document.querySelector("#search");
      field.value = "a";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
    () => {
      const field = document.querySelector("#search");
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
  ],
  "sort by balance": [
    () => document.querySelector(".head-balance button").click(),
    () => document.querySelector(".head-email button").click(),
  ],
  "sort by name": [
    () => document.querySelector(".head-name button").click(),
    () => document.querySelector(".head-email button").click(),
  ],
  "open row menu": [
    () => document.querySelectorAll(".row-menu")[2].click(),
    () => document.querySelector(".menu").hidePopover(),
  ],
  "open confirmation": [
    () => {
      document.querySelectorAll(".row-menu")[2].click();
      [...document.querySelectorAll(".menu-item")].at(-1)?.click();
    },
    () => document.querySelector("dialog .button:last-child")?.click(),
  ],
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
  const { address, stop } = await serve(clients);
  try {
    // The page's policy forbids code from text, which is how the measuring functions get there.
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
    const page = await context.newPage();
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
    for (const [name, [act, undo]] of Object.entries(actions)) {
      console.log(`  ${name.padEnd(22)}${(await repeat(page, act, undo)).toFixed(1).padStart(6)} ms`);
      await page.waitForTimeout(300);
    }
    const { frames, dropped, blank } = await scroll(page);
    console.log(`  scrolling             ${String(dropped).padStart(6)} of ${frames} frames dropped, ${blank} blank`);
    const memory = await page.evaluate(() => performance.measureUserAgentSpecificMemory?.().then((it) => it.bytes));
    if (memory) console.log(`  memory of the page    ${(memory / 1e6).toFixed(0).padStart(6)} MB`);
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    console.log(`  elements              ${String(nodes).padStart(6)}`);
    await context.close();
  } finally {
    stop();
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
});
try {
  for (const clients of [10_000, 100_000]) await measure(browser, clients);
} finally {
  await browser.close();
}

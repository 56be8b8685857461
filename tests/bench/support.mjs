// Starts servers and browsers for the benchmarks, and measures durations.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const { PARTNER_SERVER: program, PARTNER_BUNDLE: bundle } = process.env;

/** Starts a server on a new data folder. `prepare` can fill the folder with commands of the server program first. */
export async function serve({ prepare, flags = [] }) {
  const data = mkdtempSync(join(tmpdir(), "partner-bench-"));
  const run = (args) => {
    const result = spawnSync(program, [...args, "--data", data], { encoding: "utf8" });
    if (result.status !== 0) throw new Error(result.stderr);
    return result.stdout;
  };
  prepare?.(run);
  const server = spawn(program, ["serve", "--data", data, "--bundle", bundle, "--listen", "127.0.0.1:0", ...flags], {
    env: { ...process.env, RUST_LOG: "error" },
  });
  const address = await new Promise((found, failed) => {
    server.stdout.on("data", (text) => {
      const match = /Listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(String(text));
      if (match) found(match[1]);
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

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium-headless-shell",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--enable-precise-memory-info"],
  });

/** Opens a page without its content security policy, which would block the measuring functions. */
export async function open(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
  return context.newPage();
}

export async function signIn(page, address, email, password) {
  await page.goto(`${address}/partner/app/en/clients/`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("[data-key]").first().waitFor();
}

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Runs an action in the page, and measures the time until the browser has painted the result. */
export const timed = (page, act) =>
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

export const line = (name, value, unit, note = "") =>
  console.log(`  ${name.padEnd(30)}${value.padStart(8)} ${unit}${note && `   (${note})`}`);

/** Scrolls through the page. Counts frames that are painted late, and frames in which rows are missing. */
export const scroll = (page, row) =>
  page.evaluate(async (row) => {
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
      blank += document.elementFromPoint(innerWidth / 3, innerHeight - 60)?.closest(row) ? 0 : 1;
    }
    scrollTo(0, 0);
    return `${dropped} of ${frames} frames dropped, ${blank} blank`;
  }, row);

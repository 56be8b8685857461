// Benchmark of the client list. It measures loading, the time from an input to the painted result, scrolling and
// memory.
import { line, median, open, scroll, serve, signIn, timed } from "./support.mjs";

const email = "bench@partner.example";
const repeats = 15;

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
  // Report the first run separately, because it includes one-time work such as building a sort order.
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

export async function measureClients(browser, clients) {
  let password = "";
  const prepare = (run) => {
    const created = run(["create-partner", "--email", email, "--title", "Bench"]);
    password = /shown this once: (\S+)/.exec(created)[1];
    // Create clients without movements, because the list does not read movements.
    run(["seed", "--clients", String(clients), "--partner-email", email, "--months", "0"]);
  };
  const { address, stop } = await serve({ prepare });
  try {
    const page = await open(browser);
    await page.addInitScript(() => {
      const start = WebAssembly.instantiateStreaming;
      WebAssembly.instantiateStreaming = async (...args) => {
        const started = await start.apply(WebAssembly, args);
        // Keep the memory of the first module, because lazy chunks share it.
        window.wasmMemory ??= started.instance.exports.memory;
        return started;
      };
    });
    await signIn(page, address, email, password);
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
    // Wait until the app has prefetched the lazy chunks, so that prefetching does not disturb the measurement.
    await page.waitForLoadState("networkidle");
    console.log(`\n${clients.toLocaleString("en")} clients`);
    line("first row, warm", median(loads).toFixed(0), "ms");
    for (const [name, action] of Object.entries(actions)) {
      const { first, usual } = await repeat(page, action);
      line(name, usual.toFixed(1), "ms", `the first time ${first.toFixed(1)}`);
    }
    console.log(`  scrolling: ${await scroll(page, "[data-key]")}`);
    const memory = await page.evaluate(() => [window.wasmMemory.buffer.byteLength, performance.memory.usedJSHeapSize]);
    line("memory, WASM + JS heap", memory.map((bytes) => (bytes / 1e6).toFixed(0)).join(" + "), "MB");
    line("elements", String(await page.evaluate(() => document.querySelectorAll("*").length)), "");
    await page.context().close();
  } finally {
    stop();
  }
}

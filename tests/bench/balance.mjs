// Benchmark of the balance page with 10,000 movements in a month. It measures scrolling, and the time from a click on a
// filter to the painted result, without the time that the server needs.
import { line, median, open, scroll, serve, signIn } from "./support.mjs";

const demo = { email: "demo@partner.example", password: "demo-partner-2026", pid: "mcs4400000001" };
/** The client with 10,000 movements in the last complete month (crates/partner-demo/src/seed/known.rs). */
const busy = "charlie@client.example";
const repeats = 9;

/** Returns the previous month, in Moscow time and in the form that the URL of the page uses. */
function lastMonth() {
  const moscow = new Date(Date.now() + 3 * 3_600_000);
  const day = (month, date) => new Date(Date.UTC(moscow.getUTCFullYear(), month, date)).toISOString().slice(0, 10);
  return `from=${day(moscow.getUTCMonth() - 1, 1)}&to=${day(moscow.getUTCMonth(), 0)}`;
}

/**
 * Clicks a filter option and measures two times in milliseconds from the click. `server` ends when the last reply
 * arrives, and `total` ends when the result of the replies is painted.
 */
const press = (page, label, reply) =>
  page.evaluate(
    async ([label, reply]) => {
      const choice = [...document.querySelectorAll(".filter-bar label")].find((it) => it.textContent.trim() === label);
      const begin = performance.now();
      const count = performance.getEntriesByType("resource").length;
      choice.click();
      const replied = () => performance.getEntriesByType("resource").slice(count).filter((it) => new RegExp(reply).test(it.name));
      while (replied().length === 0 || document.querySelector("[aria-busy=true]")) await new Promise(requestAnimationFrame);
      await new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        requestAnimationFrame(() => port2.postMessage(0));
      });
      return { total: performance.now() - begin, server: Math.max(...replied().map((it) => it.responseEnd)) - begin };
    },
    [label, reply],
  );

export async function measureBalance(browser) {
  const { address, stop } = await serve({ flags: ["--demo"] });
  try {
    const page = await open(browser);
    await signIn(page, address, demo.email, demo.password);
    const pid = await page.evaluate(async ([partner, email]) => {
      const clients = await (await fetch(`/api/v1/partners/${partner}/clients/`)).json();
      return clients.find((client) => client.owner.email === email).pid;
    }, [demo.pid, busy]);
    console.log("\nBalance, 10,000 movements in the month");
    for (const [name, view, reply] of [["by service", "", "/movements/summary"], ["statement", "&view=statement", "/movements\\?"]]) {
      await page.goto(`${address}/partner/app/en/clients/${pid}/balance/detail?${lastMonth()}${view}`);
      await page.locator(".refreshed[aria-busy=false]").first().waitFor();
      await page.waitForLoadState("networkidle");
      const times = [];
      for (let turn = 0; turn < repeats; turn += 1) {
        times.push(await press(page, turn % 2 === 0 ? "Debits" : "All", reply));
        await page.waitForLoadState("networkidle");
        // Clear the browser's list of resource timings, because a full list (250 requests) drops later requests.
        await page.evaluate(() => performance.clearResourceTimings());
      }
      const own = times.map(({ total, server }) => total - server);
      line(`filter, ${name}`, median(own).toFixed(1), "ms", `and ${median(times.map((it) => it.server)).toFixed(1)} of the server`);
    }
    console.log(`  scrolling the statement: ${await scroll(page, "tr[data-level]")}`);
    line("elements", String(await page.evaluate(() => document.querySelectorAll("*").length)), "");
    await page.context().close();
  } finally {
    stop();
  }
}

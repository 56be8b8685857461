// Browser benchmarks with a real server: median times from input to paint, dropped frames and memory.
//
// Run with `cargo xtask bench browser`, which sets the paths of bundle and server. Times are printed, never asserted.
import { measureBalance } from "./bench/balance.mjs";
import { measureClients } from "./bench/clients.mjs";
import { launch } from "./bench/support.mjs";

const browser = await launch();
try {
  for (const clients of [10_000, 100_000]) await measureClients(browser, clients);
  await measureBalance(browser);
} finally {
  await browser.close();
}

// What a partner waits for, in a real browser against a real server: medians from input to painted result.
//
// `cargo xtask bench browser` runs it and says where bundle and server are. Times are printed and never asserted.
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

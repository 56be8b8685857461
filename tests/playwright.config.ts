// How the journeys run: on the system's browsers, two at a time, never a second try.
//
// There is no `webServer`: every worker starts a server of its own (e2e/support) on a free port with its own
// data folder. `cargo xtask test` says where server and bundle are, by PARTNER_SERVER and PARTNER_BUNDLE.
import { defineConfig, devices } from "@playwright/test";

const chromium = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
// Driven by WebDriver, not by Playwright, which only runs them: e2e/support/webkit.ts.
const webkit = /webkit\.spec/;
const firefox = process.env.FIREFOX_PATH ?? "/usr/bin/firefox-esr";

// Containers lack what Chromium's sandbox and GPU need, and it should talk to nobody but our server.
const chromiumOptions = {
  executablePath: chromium,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export default defineConfig({
  testDir: "e2e",
  outputDir: "../target/e2e",
  workers: 2,
  retries: 0,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // Pictures are for eyes, not for judging: e2e/screenshots.spec.ts.
  grepInvert: process.env.SCREENSHOTS ? undefined : /@screenshots/,
  reporter: "list",
  // Patience costs nothing where all is well, and a busy machine is no reason to fail.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    // Without a film: to record it took a third of the time of all journeys.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "UTC",
  },
  projects: [
    {
      name: "desktop",
      testIgnore: webkit,
      use: { browserName: "chromium", viewport: { width: 1280, height: 800 }, launchOptions: chromiumOptions },
    },
    {
      name: "phone",
      testIgnore: webkit,
      grep: /@phone/,
      use: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 }, launchOptions: chromiumOptions },
    },
    {
      name: "firefox",
      testIgnore: webkit,
      grep: /@core/,
      use: {
        browserName: "firefox",
        // The channel speaks WebDriver BiDi, which Debian's Firefox understands; Playwright's own protocol it does not.
        channel: "moz-firefox",
        viewport: { width: 1280, height: 800 },
        launchOptions: { executablePath: firefox },
      },
    },
    { name: "webkit", testMatch: webkit },
  ],
});

// Playwright configuration of the end-to-end tests: the system's browsers, two workers, no retries.
//
// There is no `webServer`, because every worker starts its own server (e2e/support) with a free port and a new data folder.
// `cargo xtask test` sets PARTNER_SERVER and PARTNER_BUNDLE.
import { defineConfig, devices } from "@playwright/test";

const chromium = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium-headless-shell";
// The tests in WebKit. Playwright runs them, but WebDriver drives the browser (e2e/support/webkit.ts).
const webkit = /webkit\.spec/;
const firefox = process.env.FIREFOX_PATH ?? "/usr/bin/firefox-esr";

// Containers cannot run Chromium's sandbox and GPU process. The other flags switch off QUIC, first-run pages and
// background requests.
const chromiumOptions = {
  executablePath: chromium,
  args: [
    // Do not optimise WebAssembly. Tests are too short to gain from it, and it takes a fifth of their processor time.
    "--js-flags=--liftoff-only",
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
  // The tests of e2e/screenshots.spec.ts assert nothing, so they run on request only.
  grepInvert: process.env.SCREENSHOTS || process.env.SHOTS ? undefined : /@screenshots/,
  reporter: "list",
  // Long timeouts, so that tests do not fail on a busy machine.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    // No screencast in traces, because recording it slows the tests down.
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
        // This channel uses WebDriver BiDi. Debian's Firefox does not support Playwright's own protocol.
        channel: "moz-firefox",
        viewport: { width: 1280, height: 800 },
        launchOptions: { executablePath: firefox },
      },
    },
    { name: "webkit", testMatch: webkit },
  ],
});

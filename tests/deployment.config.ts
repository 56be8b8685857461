// Playwright configuration of the deployment tests, which run nginx with deploy/nginx.conf. `cargo xtask test nginx` sets
// PARTNER_SERVER and PARTNER_BUNDLE.
import { defineConfig } from "@playwright/test";
import endToEnd from "./playwright.config.js";

export default defineConfig({
  ...endToEnd,
  testDir: "deployment",
  outputDir: "../target/deployment",
  // Run the tests one after the other, because many of them share one nginx.
  workers: 1,
  fullyParallel: false,
  projects: endToEnd.projects?.filter((project) => project.name === "desktop"),
});

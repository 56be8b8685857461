// How the tests of the deployment run: nginx itself, from deploy/nginx.conf. `cargo xtask test nginx` says where server
// and bundle are, by PARTNER_SERVER and PARTNER_BUNDLE.
import { defineConfig } from "@playwright/test";
import endToEnd from "./playwright.config.js";

export default defineConfig({
  ...endToEnd,
  testDir: "deployment",
  outputDir: "../target/deployment",
  // One nginx for all of them.
  workers: 1,
  fullyParallel: false,
  projects: endToEnd.projects?.filter((project) => project.name === "desktop"),
});

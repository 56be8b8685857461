/*! Contains web-vitals: Copyright Google LLC, Apache License 2.0 */
// Measures the page's performance, and sends the figures to `vitals_url` of config.json when the page is hidden.
//
// boot.js loads this script if `vitals_url` is set and the browser does not ask websites not to track the user. The
// report has the type `Vitals` in crates/partner-api/src/vitals.rs and contains no personal data.
import { onCLS, onFCP, onINP, onLCP, onTTFB } from "web-vitals";

const base = new URL(".", import.meta.url).pathname;
// Leave out longer times, because the server rejects them. They usually come from devices that were asleep.
const maxMillis = 600_000;
const maxShift = 100;

const figures = {};
const record = (name, millis) => { if (millis <= maxMillis) figures[name] = Math.round(millis); };
onTTFB(({ value }) => record("ttfb_ms", value));
onFCP(({ value }) => record("fcp_ms", value));
onLCP(({ value }) => record("lcp_ms", value));
onINP(({ value }) => record("inp_ms", value));
onCLS(({ value }) => { figures.cls = Math.min(Math.round(value * 10_000) / 10_000, maxShift); });

// The report names the page that is shown at the first key or pointer press or, without one, when the tab is hidden.
let firstPage = null;
const fixFirstPage = () => { firstPage ??= currentPage(); };
for (const name of ["keydown", "pointerdown"]) addEventListener(name, fixFirstPage, { capture: true, once: true });

function currentPage() {
  // Detect the sign-in page by its content, because it has no URL of its own.
  if (document.querySelector("#app .sign-in")) return "sign_in";
  const [, page = "", client, part] = location.pathname.slice(base.length).split("/");
  if (page === "clients" && client) return part === "balance" ? "balance" : "other";
  return ["clients", "contact", "invitation"].includes(page) ? page : "other";
}

// Sends the figures only once, because the server would count a second report as another page. Later reports contain
// only a new failure screen.
let isSent = false;
let sentFailure;
function send() {
  if (document.visibilityState !== "hidden") return;
  fixFirstPage();
  const failure = window.partnerScreen?.dataset.kind;
  const isNew = failure !== sentFailure;
  if (isSent && !isNew) return;
  const [running] = performance.getEntriesByName("partner-running");
  if (running) record("boot_ms", running.startTime);
  const report = { page: firstPage, ...(isSent ? {} : figures), ...(isNew ? { failure } : {}) };
  isSent = true;
  sentFailure = failure;
  navigator.sendBeacon(url, new Blob([JSON.stringify(report)], { type: "application/json" }));
}

const url = JSON.parse(await window.partnerConfig).vitals_url;
// This listener is added last, so that it runs after the listeners of web-vitals, which record the last figures.
addEventListener("visibilitychange", send);

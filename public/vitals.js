/*! Has web-vitals in it: Copyright Google LLC, Apache License 2.0 */
// Measures how the page does for whoever uses it, and tells `vitals_url` of config.json when the page is hidden.
//
// boot.js fetches it where that is set. What is told is `Vitals` in crates/partner-api/src/vitals.rs, and names nobody.
import { onCLS, onFCP, onINP, onLCP, onTTFB } from "web-vitals";

const base = new URL(".", import.meta.url).pathname;
// The server takes no more. What took longer was asleep.
const mostMillis = 600_000;
const mostShift = 100;

const figures = {};
const keep = (name, millis) => { if (millis <= mostMillis) figures[name] = Math.round(millis); };
onTTFB(({ value }) => keep("ttfb_ms", value));
onFCP(({ value }) => keep("fcp_ms", value));
onLCP(({ value }) => keep("lcp_ms", value));
onINP(({ value }) => keep("inp_ms", value));
onCLS(({ value }) => { figures.cls = Math.min(Math.round(value * 10_000) / 10_000, mostShift); });

// The page that was loaded is the one that is shown until somebody does something.
let first = null;
const settle = () => { first ??= pageNow(); };
for (const name of ["keydown", "pointerdown"]) addEventListener(name, settle, { capture: true, once: true });

function pageNow() {
  // Signing in has no address of its own.
  if (document.querySelector("#app .sign-in")) return "sign_in";
  const [, page = "", client, part] = location.pathname.slice(base.length).split("/");
  if (page === "clients" && client) return part === "balance" ? "balance" : "other";
  return ["clients", "contact", "invitation"].includes(page) ? page : "other";
}

// Figures are told once: nothing would tell the second time of a page from another page. A failure is told when it is new.
let isTold = false;
let toldFailure;
function tell() {
  if (document.visibilityState !== "hidden") return;
  settle();
  const failure = window.partnerScreen?.dataset.kind;
  const isNew = failure !== toldFailure;
  if (isTold && !isNew) return;
  const [running] = performance.getEntriesByName("partner-running");
  if (running) keep("boot_ms", running.startTime);
  const told = { page: first, ...(isTold ? {} : figures), ...(isNew ? { failure } : {}) };
  isTold = true;
  toldFailure = failure;
  navigator.sendBeacon(address, new Blob([JSON.stringify(told)], { type: "application/json" }));
}

const address = JSON.parse(await window.partnerConfig).vitals_url;
// Behind the listeners of web-vitals, which capture: the last figures are there.
addEventListener("visibilitychange", tell);

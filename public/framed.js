// Inside a page of another site: takes over its looks, and tells it how high the content is and that a request was sent.
//
// The other end is embed.js. What the two say is listed in docs/embedding.md.

// It can be here before the page is. Whoever frames it answers to the last line, so nothing is missed by then.
if (document.readyState === "loading") {
  await new Promise((parsed) => addEventListener("DOMContentLoaded", parsed, { once: true }));
}
const root = document.documentElement;
const app = document.getElementById("app");
const allowed = window.partnerConfig
  .then((text) => [location.origin, ...(JSON.parse(text).embed_origins || [])])
  .catch(() => [location.origin]);

// Origin of the page around this one, as soon as it has spoken and may.
let site = null;
let height = 0;
const tell = (message) => site && parent.postMessage(message, site);

addEventListener("message", async ({ source, origin, data }) => {
  if (source !== parent || data?.partner !== "look" || !(await allowed).includes(origin)) return;
  site = origin;
  root.dataset.theme = ["light", "dark"].includes(data.theme) ? data.theme : "system";
  const hasAccent = /^#[0-9a-f]{6}$/i.test(data.accent);
  root.toggleAttribute("data-accent", hasAccent);
  root.style.setProperty("--site-accent", hasAccent ? data.accent : "");
  root.dataset.framed = data.fit === true ? "fit" : "fill";
  if (data.fit === true) {
    sizes.observe(app);
    pages.observe(document.body, { childList: true });
    measure();
  }
});
// src/framed.rs says it.
addEventListener("partner-sent", ({ detail }) => tell({ partner: "sent", reference: detail }));

const measure = () => {
  // The skeleton has no heading, and its height is nothing to go by. boot.js lays its screens over the page.
  if (!app.querySelector("h1") && !window.partnerScreen) return;
  const now = window.partnerScreen ? 360 : Math.ceil(app.getBoundingClientRect().height);
  if (now === height) return;
  height = now;
  tell({ partner: "resized", height });
};
const sizes = new ResizeObserver(measure);
const pages = new MutationObserver(measure);

// Nothing in it, so anybody may hear it: who may frame this page answers.
parent.postMessage({ partner: "here" }, "*");

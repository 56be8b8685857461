// Runs in the embedded app. Applies the site's theme and accent colour, and reports the content's height and sent
// requests to the site.
//
// The script embed.js in the site's page is the other end. docs/embedding.md lists the messages between the two
// scripts.

// Wait until the page is parsed. No message is lost, because the site sends nothing before the message at the end of
// this script.
if (document.readyState === "loading") {
  await new Promise((parsed) => addEventListener("DOMContentLoaded", parsed, { once: true }));
}
const root = document.documentElement;
const app = document.getElementById("app");
const allowed = window.partnerConfig
  .then((text) => [location.origin, ...(JSON.parse(text).embed_origins || [])])
  .catch(() => [location.origin]);

// Origin of the embedding page. It is set when that page has sent a message and config.json allows the origin, or it is
// the app's own.
let site = null;
let height = 0;
const send = (message) => site && parent.postMessage(message, site);

addEventListener("message", async ({ source, origin, data }) => {
  if (source !== parent || data?.partner !== "look" || !(await allowed).includes(origin)) return;
  site = origin;
  root.dataset.theme = ["light", "dark"].includes(data.theme) ? data.theme : "system";
  const hasAccent = /^#[0-9a-f]{6}$/i.test(data.accent);
  root.toggleAttribute("data-accent", hasAccent);
  root.style.setProperty("--site-accent", hasAccent ? data.accent : "");
  root.dataset.framed = data.fit === true ? "fit" : "fill";
  if (data.fit === true) {
    appSize.observe(app);
    screens.observe(document.body, { childList: true });
    measure();
  }
});
// The app dispatches this event when a contact request has been sent.
addEventListener("partner-sent", ({ detail }) => send({ partner: "sent", reference: detail }));

const measure = () => {
  // Measure nothing until the page has a heading. A failure screen of boot.js covers the page, so it gets a fixed
  // height.
  if (!app.querySelector("h1") && !window.partnerScreen) return;
  const measured = window.partnerScreen ? 360 : Math.ceil(app.getBoundingClientRect().height);
  if (measured === height) return;
  height = measured;
  send({ partner: "resized", height });
};
const appSize = new ResizeObserver(measure);
const screens = new MutationObserver(measure);

// Tell the embedding page that the app is ready. Any origin may receive this message, because it contains no data.
parent.postMessage({ partner: "here" }, "*");

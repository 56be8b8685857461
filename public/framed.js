// Runs in the embedded app: adopts the site's theme and accent colour, and reports the content's height and sent requests.
//
// embed.js is the other end. docs/embedding.md lists the messages between them.

// Wait for the page. The site sends nothing before the message at the end of this script.
if (document.readyState === "loading") {
  await new Promise((parsed) => addEventListener("DOMContentLoaded", parsed, { once: true }));
}
const root = document.documentElement;
const app = document.getElementById("app");
const allowed = window.partnerConfig
  .then((text) => [location.origin, ...(JSON.parse(text).embed_origins || [])])
  .catch(() => [location.origin]);

// Origin of the embedding page, once it has sent a message and config.json allows it.
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
// The app dispatches this event after a contact request was sent.
addEventListener("partner-sent", ({ detail }) => send({ partner: "sent", reference: detail }));

const measure = () => {
  // Ignore the skeleton, which has no heading. A failure screen of boot.js covers the page, so it needs a fixed height.
  if (!app.querySelector("h1") && !window.partnerScreen) return;
  const measured = window.partnerScreen ? 360 : Math.ceil(app.getBoundingClientRect().height);
  if (measured === height) return;
  height = measured;
  send({ partner: "resized", height });
};
const appSize = new ResizeObserver(measure);
const screens = new MutationObserver(measure);

// Any origin may receive this message, because it contains no data. The embedding page answers it.
parent.postMessage({ partner: "here" }, "*");

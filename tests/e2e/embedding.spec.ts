// Embedding in another site: the contact form, the app below the site's header, and what the app refuses there.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { FrameLocator, Page } from "@playwright/test";
import { Account } from "./support/account.js";
import { Contact, anna } from "./support/contact.js";
import { test as base, expect, languages } from "./support/fixture.js";
import { Site } from "./support/site.js";

const test = base.extend<{ site: Site }>({
  site: async ({ server }, use) => {
    const site = await Site.start(() => server.address);
    await server.configure({ embed_origins: [site.sameSite, site.crossSite] });
    await use(site);
    await site.stop();
  },
});

test.use({ own: {}, isSignedIn: false });

const contactIn = (page: Page) => page.frameLocator("partner-contact iframe");
const accountIn = (page: Page) => page.frameLocator("partner-account iframe");

/** Heights in pixels of the frame that contains the contact form, and of its content. */
async function heights(page: Page): Promise<{ content: number; frame: number }> {
  const content = await contactIn(page).locator("#app").evaluate((app) => Math.ceil(app.getBoundingClientRect().height));
  const frame = await page.locator("partner-contact iframe").evaluate((frame) => frame.getBoundingClientRect().height);
  return { content, frame };
}

const fits = async (page: Page) => {
  const { content, frame } = await heights(page);
  return content === frame;
};

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("a visitor sends a request from the embedded form @core @phone", async ({ page, account, browserName, server, site }) => {
      const contact = new Contact(account, contactIn(page));
      // Playwright cannot send input to cross-site frames in Firefox, so Firefox uses a page of the same site.
      await page.goto(`${browserName === "firefox" ? site.sameSite : site.crossSite}/example.html`);
      if (language === "ru") await page.locator("partner-contact").evaluate((form) => form.setAttribute("lang", "ru"));
      await expect(contact.button).toBeVisible();
      await expect.poll(() => fits(page)).toBe(true);

      // Error messages make the content higher, so the frame must grow to avoid scroll bars.
      const { frame } = await heights(page);
      await contact.button.click();
      await expect(contact.summary).toBeFocused();
      await expect.poll(() => fits(page)).toBe(true);
      expect((await heights(page)).frame).toBeGreaterThan(frame);

      await contact.fill(anna);
      await contact.button.click();
      const number = await contact.number();
      await expect(page.getByRole("status")).toHaveText(`Your request has the number ${number}.`);
      await expect.poll(() => fits(page)).toBe(true);
      expect(server.contactRequests()).toMatchObject([{ reference: number, ...anna, phone: "+79261234567", locale: language }]);
    });
  });
}

test("the form adopts the site's look, and is legible with every accent colour", async ({ page, site }) => {
  await page.goto(`${site.sameSite}/example.html`);
  const root = contactIn(page).locator("html");
  const form = page.locator("partner-contact");
  const button = contactIn(page).getByRole("button", { name: "Send" });
  await expect(button).toBeVisible();
  await expect(root).toHaveAttribute("data-theme", "light");
  const color = () => button.evaluate((it) => getComputedStyle(it).backgroundColor);
  const first = await color();
  for (const theme of ["light", "dark"]) {
    for (const accent of ["#ffe000", "#ff0000", "#00ff66", "#0077ff", "#ffffff", "#000000"]) {
      await form.evaluate((it, look) => (it.setAttribute("theme", look[0]!), it.setAttribute("accent", look[1]!)), [theme, accent]);
      await expect(root).toHaveAttribute("data-theme", theme);
      await expect(root).toHaveCSS("--site-accent", accent);
      const { violations } = await new AxeBuilder({ page }).include(["partner-contact", "iframe"]).withRules(["color-contrast"]).analyze();
      expect(violations.flatMap((it) => it.nodes.map((node) => node.html)), `${accent}, ${theme}`).toEqual([]);
    }
  }
  expect(await color()).not.toBe(first);
  await form.evaluate((it) => it.setAttribute("accent", "red; background: url(x)"));
  await expect(root).not.toHaveAttribute("data-accent", /.*/);
});

test("a site that is not allowed shows a link instead of the form @core", async ({ page, guard, server, site }) => {
  await server.configure({ embed_origins: [site.sameSite] });
  guard.allow(/frame-ancestors/, /failed request: .* GET \/partner\/app\/en\/contact/);
  await page.goto(`${site.crossSite}/example.html`);
  const link = page.getByRole("link", { name: "Open in a new tab" });
  await expect(link).toBeVisible({ timeout: 30_000 });
  await expect(link).toHaveAttribute("href", `${server.address}/partner/app/en/contact`);
  await page.goto(`${site.sameSite}/example.html`);
  await expect(contactIn(page).getByRole("button", { name: "Send" })).toBeVisible();
});

test("messages from other windows or in another format are ignored", async ({ page, site }) => {
  await page.goto(`${site.sameSite}/example.html`);
  await expect(contactIn(page).getByRole("button", { name: "Send" })).toBeVisible();
  const root = contactIn(page).locator("html");
  await expect(root).toHaveAttribute("data-theme", "light");
  // Messages arrive in order, so when the last message arrives, the app has received all earlier messages.
  const lastReceived = root.evaluate(() => new Promise<void>((resolve) => {
    addEventListener("message", ({ data }) => data === "last" && setTimeout(resolve, 100));
  }));
  await root.evaluate(() => window.postMessage({ partner: "look", theme: "dark", fit: true }, "*"));
  await page.locator("partner-contact iframe").evaluate((frame) => {
    const { contentWindow } = frame as HTMLIFrameElement;
    for (const message of [null, "look", { partner: "other", theme: "dark" }, { theme: "dark" }, "last"]) contentWindow!.postMessage(message, "*");
  });
  await lastReceived;
  await expect(root).toHaveAttribute("data-theme", "light");

  // The site must ignore messages from its own page, and messages from the frame without a valid request number.
  const received = page.evaluate(() => new Promise<string[]>((resolve) => {
    const seen: string[] = [];
    document.addEventListener("sent", () => seen.push("sent"));
    addEventListener("message", ({ data }) => data === "last" && resolve(seen));
  }));
  await page.evaluate(() => window.postMessage({ partner: "sent", reference: "C-1" }, "*"));
  await root.evaluate(() => {
    for (const message of [null, { partner: "sent" }, { partner: "sent", reference: "<b>" }, "last"]) parent.postMessage(message, "*");
  });
  expect(await received).toEqual([]);
  await expect(page.getByRole("status")).toHaveText("");
  // The frame still accepts a valid message from the embedding site.
  await page.locator("partner-contact").evaluate((form) => form.setAttribute("theme", "dark"));
  await expect(root).toHaveAttribute("data-theme", "dark");
});

test.describe("signed in", () => {
  test.use({ isSignedIn: true });

  test("the app works below another site's header", async ({ page, guard, server, site }) => {
    // Chromium logs this warning when a dialog opens in a cross-origin frame, but the app still focuses the button.
    guard.allow(/Blocked autofocusing on a <button> element in a cross-origin subframe/);
    // Click the destructive button as soon as the button appears, as a user whom a clickjacking site has tricked would.
    await page.addInitScript(() => {
      new MutationObserver(() => {
        const button = document.querySelector<HTMLElement>("dialog [data-mode=danger]:not([data-pressed])");
        if (!button) return;
        button.dataset.pressed = "";
        button.click();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(`${site.sameSite}/account.html`);
    const account = new Account(accountIn(page) as unknown as Page);
    await expect(accountIn(page).getByText(account.words.clientCount(500), { exact: true })).toBeVisible();
    await account.choose("alpha", "delete");
    const dialog = account.confirmation(account.words.question.delete(1));
    await expect(dialog.locator("[data-pressed]")).toBeVisible();
    await expect(dialog.getByRole("button", { name: account.words.cancel })).toBeFocused();
    await page.waitForTimeout(700);
    await expect(dialog).toBeVisible();
    expect(server.audit("clients_detached")).toEqual([]);
    await account.confirm(account.words.question.delete(1), "delete");
    await expect(account.message(account.words.done.delete(1))).toBeVisible();
    expect(server.audit("clients_detached")).toHaveLength(1);
  });
});

const newTabLink = (frame: FrameLocator) => frame.getByRole("link", { name: "Open in a new tab" });

test("the frame asks for no password, and continues after sign-in in a tab @core", async ({ page, context, site }) => {
  await page.goto(`${site.sameSite}/account.html`);
  const frame = accountIn(page);
  await expect(frame.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(frame.getByLabel("Password")).toHaveCount(0);
  const [tab] = await Promise.all([context.waitForEvent("page"), newTabLink(frame).click()]);
  await new Account(tab).signIn();
  await expect(new Account(tab).heading).toBeVisible();
  await tab.close();
  await frame.locator("html").evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(frame.getByRole("heading", { name: "Clients" })).toBeVisible();
});

test("a frame without cookies shows a notice instead of asking to sign in again and again", async ({ page, context, site }) => {
  await page.goto(`${site.crossSite}/account.html`);
  const frame = accountIn(page);
  const [tab] = await Promise.all([context.waitForEvent("page"), newTabLink(frame).click()]);
  await new Account(tab).signIn();
  await expect(new Account(tab).heading).toBeVisible();
  await tab.close();
  let sessionChecks = 0;
  page.on("request", (request) => (sessionChecks += Number(request.url().includes("/auth/session"))));
  await frame.locator("html").evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(frame.getByText("your browser blocks cookies on embedded pages")).toBeVisible();
  const before = sessionChecks;
  await page.waitForTimeout(1000);
  expect(sessionChecks).toBe(before);
  await expect(newTabLink(frame)).toBeVisible();
});

test.describe("with a cookie for other sites", () => {
  test.use({ own: { crossSiteCookie: true } });

  test("the app works in an unrelated site if the browser allows cookies", async ({ playwright, launchOptions, site, server }) => {
    // Start a separate browser, because Playwright's contexts are incognito windows, which block third-party cookies.
    const profile = await mkdtemp(join(tmpdir(), "profile-"));
    await mkdir(join(profile, "Default"));
    await writeFile(join(profile, "Default/Preferences"), JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }));
    const context = await playwright.chromium.launchPersistentContext(profile, launchOptions);
    const page = await context.newPage();
    const account = new Account(page);
    await page.goto(`${server.address}${account.address()}`);
    await account.signIn();
    await expect(account.heading).toBeVisible();
    expect(await context.cookies()).toMatchObject([{ name: "sid", sameSite: "None", secure: true, httpOnly: true }]);
    await page.goto(`${site.crossSite}/account.html`);
    await expect(accountIn(page).getByText(account.words.clientCount(500), { exact: true })).toBeVisible();
    await context.close();
    await rm(profile, { recursive: true, force: true });
  });
});

// Starting the app: it applies the theme, reports failures during the start, and can be installed.
import { expect, languages, test } from "./support/fixture.js";

const wasm = /\.wasm(\?|$)/;

const failure = {
  en: { start: "The account could not start", panic: "Something went wrong", reload: "Reload the page" },
  ru: { start: "Кабинет не запустился", panic: "Что-то пошло не так", reload: "Обновить страницу" },
};

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });
    const words = failure[language];

    test("a WebAssembly file that cannot be downloaded shows a screen with a reload button @phone @core", async ({ page, account, guard }) => {
      guard.allow(/ERR_CONNECTION_RESET|NS_ERROR|failed request/);
      await page.route(wasm, (route) => route.abort("connectionreset"), { times: 1 });
      await page.goto(account.address());
      const screen = page.getByRole("alertdialog", { name: words.start });
      await expect(screen).toBeVisible();
      await expect(screen.getByRole("button", { name: words.reload })).toBeFocused();
      await screen.getByRole("button", { name: words.reload }).click();
      await expect(account.row("alpha")).toBeVisible();
      await expect(screen).toBeHidden();
    });

    test("a panic shows a screen over the inert page", async ({ page, account }) => {
      await account.open();
      await page.evaluate(() => (window as unknown as { partnerPanic: (detail: string) => void }).partnerPanic("made by a test"));
      const screen = page.getByRole("alertdialog", { name: words.panic });
      await expect(screen).toContainText("made by a test");
      await expect(page.locator("#app")).toHaveAttribute("inert");
      await screen.getByRole("button", { name: words.reload }).click();
      await expect(account.row("alpha")).toBeVisible();
    });
  });
}

test("a missing WebAssembly file shows the start failure screen", async ({ page, account, guard }) => {
  guard.allow(/404/);
  await page.route(wasm, (route) => route.fulfill({ status: 404, body: "no" }));
  await page.goto(account.address());
  await expect(page.getByRole("alertdialog", { name: failure.en.start })).toContainText("404");
});

test("a missing config.json shows the start failure screen", async ({ page, account, guard }) => {
  guard.allow(/503/);
  await page.route("**/config.json", (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto(account.address());
  await expect(page.getByRole("alertdialog", { name: failure.en.start })).toContainText("503");
});

test("the theme changes immediately, and survives a reload @phone @core", async ({ page, account }) => {
  const { words } = account;
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await account.open();
  const light = await background();
  await account.button(words.settings).click();
  await account.menuItem(words.themes.dark).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect(account.row("alpha")).toBeVisible();
  await expect.poll(background).toBe(dark);
  await account.button(words.settings).click();
  await expect(account.menuItem(words.themes.dark)).toHaveAttribute("aria-checked", "true");
  await account.menuItem(words.themes.system).click();
  await expect.poll(background).toBe(light);
});

test("the theme is applied before the app has loaded", async ({ page, account }) => {
  await page.addInitScript(() => localStorage.setItem("partner-account.theme", "dark"));
  await page.route(wasm, () => {});
  await page.goto(account.address(), { waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator(".skeleton-row").first()).toBeVisible();
});

test.describe("on a dark system", () => {
  test.use({ colorScheme: "dark" });

  test("the app uses the dark theme", async ({ page, account }) => {
    await account.open();
    const [red] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g)!.map(Number));
    expect(red).toBeLessThan(100);
  });
});

test("an outdated browser shows the supported versions, even without scripts @phone", async ({ page, account, guard }) => {
  guard.allow(/./);
  // Simulate an old browser, which supports neither `light-dark()` nor the app's scripts.
  await page.route(/\.js$/, (route) => route.abort());
  await page.route(/\/app-\w+\.css$/, async (route) => {
    const reply = await route.fetch();
    const known = /@supports \(color:\s*light-dark\(/;
    const sheet = await reply.text();
    expect(known.test(sheet), "the style sheet checks for light-dark()").toBe(true);
    await route.fulfill({ response: reply, body: sheet.replace(known, "@supports (color:unknown(") });
  });
  // Remove the digests from the page, because the changed style sheet does not match its digest.
  await page.route(/\/clients\/$/, async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, body: (await reply.text()).replaceAll(/ integrity="[^"]*"/g, "") });
  });
  await page.goto(account.address());
  for (const words of ["This browser is too old", "Браузер устарел"]) await expect(page.getByRole("heading", { name: words })).toBeVisible();
  await expect(page.getByText("Safari 17.5").first()).toBeInViewport();
});

test("the app can be installed: it has a manifest, icons in the stated sizes, and a start URL inside its scope", async ({ page, account }) => {
  await account.open();
  const address = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = await (await page.request.get(address!)).json();
  expect(manifest).toMatchObject({ display: "standalone", start_url: "/partner/app/", scope: "/partner/app/" });
  const touch = await page.locator("link[rel=apple-touch-icon]").getAttribute("href");
  const icons = [...manifest.icons, { src: touch, sizes: "180x180", type: "image/png" }];
  for (const { src, sizes, type } of icons) {
    const reply = await page.request.get(src);
    expect(reply.headers()["content-type"], src).toBe(type);
    if (sizes === "any") continue;
    // A PNG file contains its width at byte 16 and its height at byte 20.
    const png = await reply.body();
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, src).toBe(sizes);
  }
  // Ignore the error that the page is in an incognito window, because all of Playwright's contexts are.
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.map((error) => error.errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});

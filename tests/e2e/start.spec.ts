// What stands before and around the account: the theme, and a start that fails.
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

    test("a program that does not arrive is said on a screen that offers a reload @phone @core", async ({ page, account, guard }) => {
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

    test("a panic is said on a screen over a page that no longer reacts", async ({ page, account }) => {
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

test("a program that the server does not have is said as well", async ({ page, account, guard }) => {
  guard.allow(/404/);
  await page.route(wasm, (route) => route.fulfill({ status: 404, body: "no" }));
  await page.goto(account.address());
  await expect(page.getByRole("alertdialog", { name: failure.en.start })).toContainText("404");
});

test("a configuration that does not arrive is said as well", async ({ page, account, guard }) => {
  guard.allow(/503/);
  await page.route("**/config.json", (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto(account.address());
  await expect(page.getByRole("alertdialog", { name: failure.en.start })).toContainText("503");
});

test("the theme changes at once, and stays after a reload @phone @core", async ({ page, account }) => {
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

test("the theme is there before the program is", async ({ page, account }) => {
  await page.addInitScript(() => localStorage.setItem("partner-account.theme", "dark"));
  await page.route(wasm, () => {});
  await page.goto(account.address(), { waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator(".skeleton-row").first()).toBeVisible();
});

test.describe("on a dark system", () => {
  test.use({ colorScheme: "dark" });

  test("the account is dark by itself", async ({ page, account }) => {
    await account.open();
    const [red] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g)!.map(Number));
    expect(red).toBeLessThan(100);
  });
});

test("a browser that is too old is told which ones work, even without scripts @phone", async ({ page, account, guard }) => {
  guard.allow(/./);
  // It knows neither the function that colours are written with nor the scripts.
  await page.route(/\.js$/, (route) => route.abort());
  await page.route(/\/app-\w+\.css$/, async (route) => {
    const reply = await route.fetch();
    const known = /@supports \(color:\s*light-dark\(/;
    const sheet = await reply.text();
    expect(known.test(sheet), "the sheet asks for what the account needs").toBe(true);
    await route.fulfill({ response: reply, body: sheet.replace(known, "@supports (color:unknown(") });
  });
  // The digest of the page is of the sheet as it was.
  await page.route(/\/clients\/$/, async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, body: (await reply.text()).replaceAll(/ integrity="[^"]*"/g, "") });
  });
  await page.goto(account.address());
  for (const words of ["This browser is too old", "Браузер устарел"]) await expect(page.getByRole("heading", { name: words })).toBeVisible();
  await expect(page.getByText("Safari 17.5").first()).toBeInViewport();
});

test("the account can be installed: a manifest, icons of their sizes, a start inside its scope", async ({ page, account }) => {
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
    // Width and height of a PNG stand at fixed places.
    const png = await reply.body();
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, src).toBe(sizes);
  }
  // Chromium itself finds nothing that would keep it from being installed, but that a context of tests keeps nothing.
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.map((error) => error.errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});

// What stands before and around the account: the theme, and a start that fails.
import { expect, languages, test } from "./support/fixture.js";

const wasm = /\.wasm(\?|$)/;

const failure = {
  en: { start: "The account could not start", panic: "Something went wrong", reload: "Load the page again" },
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

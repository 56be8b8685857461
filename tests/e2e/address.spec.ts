// URLs of the app: search, filter and sort order are in the URL, deep links work, and unknown pages show a notice.
import type { Account } from "./support/account.js";
import { expect, languages, test } from "./support/fixture.js";

const view = "?q=client&status=blocked&sort=balance&order=desc";

async function expectTheView(account: Account) {
  await expect(account.page.getByRole("searchbox")).toHaveValue("client");
  await expect(account.filter("blocked")).toHaveAttribute("aria-current", "true");
  await expect(account.head("balance")).toHaveAttribute("aria-sort", "descending");
  await expect(account.rows.first()).toContainText("bravo@client.example");
}

test("a pasted link and a reload give the same view", async ({ page, account }) => {
  await account.open(view);
  await expectTheView(account);
  await page.reload();
  await expectTheView(account);
  await expect(page).toHaveURL(new RegExp(view.replace("?", "\\?")));
});

test("the URL follows the view, so it can be shared", async ({ page, account }) => {
  await account.open();
  await account.search("client");
  await account.filter("blocked").click();
  await account.head("balance").getByRole("button").click();
  await account.head("balance").getByRole("button").click();
  await expectTheView(account);
  await expect(page).toHaveURL(new RegExp(view.replace("?", "\\?")));
});

test("Back returns from a balance to the previous view", async ({ page, account }) => {
  await account.open(view);
  await page.getByRole("link", { name: "bravo@client.example" }).click();
  await expect(page.getByRole("heading", { name: account.words.balanceOf("bravo@client.example") })).toBeVisible();
  await page.goBack();
  await expectTheView(account);
  await page.goForward();
  await expect(page.getByRole("heading", { name: account.words.balanceOf("bravo@client.example") })).toBeVisible();
});

test("Back steps through the filters", async ({ page, account }) => {
  await account.open();
  await account.filter("blocked").click();
  await expect(account.row("bravo")).toBeVisible();
  await account.filter("invited").click();
  await expect(account.row("invited")).toBeVisible();
  await page.goBack();
  await expect(account.filter("blocked")).toHaveAttribute("aria-current", "true");
  await expect(account.row("bravo")).toBeVisible();
  await page.goBack();
  await expect(account.filter("all")).toHaveAttribute("aria-current", "true");
});

test("the language switch keeps page, view and selection @phone", async ({ page, account }) => {
  await account.open("?q=client&status=blocked");
  await account.select("bravo");
  await account.button(account.words.settings).click();
  await account.menuItem("Русский").click();
  await expect(page.getByRole("heading", { name: "Клиенты", level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/partner\/app\/ru\/clients\/?\?q=client&status=blocked$/);
  await expect(page).toHaveTitle("Клиенты — Кабинет партнера");
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  await expect(page.getByText("Выбрано 1 из 500")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Выбрать bravo@client.example" })).toBeChecked();
});

for (const path of ["/partner/app/en/clients", "/partner/app/en/clients/", "/partner/app/en/", "/partner/app/en", "/partner/app/", "/partner/app"]) {
  test(`${path} opens the clients`, async ({ page, account }) => {
    await page.goto(path);
    await expect(account.heading).toBeVisible();
    await expect(account.row("alpha")).toBeVisible();
    await expect(page).toHaveURL(/\/partner\/app\/en\/clients\/?$/);
  });
}

test.describe("in a Russian browser", () => {
  test.use({ locale: "ru-RU" });

  test("the URL without a language opens in Russian", async ({ page }) => {
    await page.goto("/partner/app/");
    await expect(page.getByRole("heading", { name: "Клиенты", level: 1 })).toBeVisible();
    await expect(page).toHaveURL(/\/partner\/app\/ru\/clients\/?$/);
  });
});

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("an unknown page shows a notice and a link to the clients", async ({ page, account }) => {
      await page.goto(`/partner/app/${language}/no/such/page`);
      await expect(page.getByRole("heading", { name: account.words.notFound })).toBeVisible();
      await expect(page.getByRole("banner")).toBeVisible();
      await page.getByRole("link", { name: account.words.toClients }).click();
      await expect(account.row("alpha")).toBeVisible();
    });
  });
}

test("Back restores the scroll position", async ({ page, account }) => {
  await account.open();
  await page.evaluate(() => scrollTo(0, 4_000));
  const links = page.locator("main a[href*='/balance/']");
  const isInView = (all: Element[]) =>
    all.findIndex((link) => {
      const { top, bottom } = link.getBoundingClientRect();
      return top > innerHeight / 3 && bottom < innerHeight - 50;
    });
  await expect.poll(() => links.evaluateAll(isInView)).toBeGreaterThanOrEqual(0);
  const link = links.nth(await links.evaluateAll(isInView));
  const email = await link.textContent();
  const before = await page.evaluate(() => scrollY);
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name: account.words.balanceOf(email!.trim()) })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("link", { name: email!.trim(), exact: true })).toBeInViewport();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
});

test("the heading gets the focus on every change of the page, and not on another tab of it", async ({ page, account }) => {
  await account.open();
  await page.getByRole("link", { name: "bravo@client.example" }).click();
  await expect(page.getByRole("heading", { level: 1, name: account.words.balanceOf("bravo@client.example") })).toBeFocused();
  const tab = page.getByRole("navigation", { name: "Reports" }).getByRole("link").nth(1);
  await tab.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/expenses$/);
  await expect(tab).toBeFocused();
  const brand = page.getByRole("banner").getByRole("link").first();
  await brand.focus();
  await page.keyboard.press("Enter");
  await expect(account.heading).toBeFocused();
});

test("after Back and Forward, a link to the previous address gets a history entry of its own", async ({ page, account }) => {
  await account.open();
  await page.getByRole("link", { name: "bravo@client.example" }).click();
  await expect(page).toHaveURL(/\/detail$/);
  const tabs = page.getByRole("navigation", { name: "Reports" }).getByRole("link");
  await tabs.nth(1).click();
  await expect(page).toHaveURL(/\/expenses$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/detail$/);
  await page.goForward();
  await expect(page).toHaveURL(/\/expenses$/);
  await tabs.nth(0).click();
  await expect(page).toHaveURL(/\/detail$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/expenses$/);
});

test("an unknown language is an unknown page inside the app", async ({ page, account }) => {
  await page.goto("/partner/app/xx/clients");
  await expect(page.getByRole("heading", { name: account.words.notFound })).toBeVisible();
  await expect(page.getByRole("banner")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

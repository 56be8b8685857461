// Tab *Expenses* of the balance page: it shows costs by service, compares them with the previous period, and has the
// totals of the tab *Detail*.
import { AxeBuilder } from "@axe-core/playwright";
import { Expenses } from "./support/expenses.js";
import { expect, languages, test } from "./support/fixture.js";

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("expenses of a week are shown by service, compared with the week before, and explained @core @phone", async ({ page, account }) => {
      const expenses = new Expenses(account);
      const { words } = expenses;
      await expenses.open("alpha");
      for (const row of Object.values(words.rows)) await expenses.expectRow(row);
      await expect(page.getByText(words.equal)).toBeVisible();
      await expect(page.getByRole("heading", { name: words.why })).toBeVisible();
      await expect(page.getByText(words.because)).toBeVisible();
      const causes = page.getByRole("table", { name: words.why }).locator("tbody bdi");
      await expect(causes).toHaveText(["Cloud Storage", "Cloud Servers", "CDN", "Backup", "DNS"]);
    });

    test("the legend switches services off and on @phone", async ({ page, account }) => {
      const expenses = new Expenses(account);
      const { words } = expenses;
      await expenses.open("alpha");
      await expect(expenses.sum).toHaveText(words.sums.all);
      await expenses.key("Cloud Servers").click();
      await expect(expenses.key("Cloud Servers")).toHaveAttribute("aria-pressed", "false");
      await expect(expenses.sum).toHaveText(words.sums.without);
      // The table also contains the services that are hidden in the chart.
      await expenses.expectRow(words.rows.total);
      for (const service of ["Cloud Storage", "CDN", "DNS"]) await expenses.key(service).click();
      await expect(page.getByText(words.allOff)).toBeVisible();
      await expect(expenses.sum).toHaveText(words.sums.nothing);
      await account.button(words.showAll).click();
      await expect(expenses.key("Cloud Servers")).toHaveAttribute("aria-pressed", "true");
      await expect(expenses.sum).toHaveText(words.sums.all);
    });

    test("a client without expenses shows a notice", async ({ page, account }) => {
      const expenses = new Expenses(account);
      await page.goto(expenses.address("hotel"));
      await expect(page.getByRole("heading", { name: expenses.words.nothing })).toBeVisible();
    });
  });
}

test("arrow keys move between the columns, and each is announced", async ({ page, account }) => {
  const expenses = new Expenses(account);
  await expenses.open("alpha");
  await expenses.slider.focus();
  await expect(expenses.slider).toHaveAttribute("aria-valuetext", /Total ₽0\.00$/);
  for (let column = 0; column < 5; column++) await page.keyboard.press("ArrowLeft");
  await expect(expenses.slider).toHaveAttribute("aria-valuetext", /Total ₽200\.00, Cloud Servers ₽200\.00$/);
  await expect(expenses.sum).toHaveText("₽200.00");
  await expect(expenses.key("Cloud Storage")).toContainText("₽0.00");
  await page.keyboard.press("ArrowRight");
  await expect(expenses.slider).toHaveAttribute("aria-valuetext", /Cloud Storage ₽70\.00$/);
  await page.keyboard.press("Home");
  await expect(expenses.slider).toHaveValue("0");
  await page.keyboard.press("End");
  await expect(expenses.slider).toHaveValue("6");
  await page.keyboard.press("Escape");
  await expect(expenses.sum).toHaveText("₽310.02");
});

test("hovering a column shows its figures, and leaving it those of the period", async ({ page, account }) => {
  const expenses = new Expenses(account);
  await expenses.open("alpha");
  const { x, y } = await expenses.point(5);
  await page.mouse.move(x, y);
  await expect(expenses.sum).toHaveText("₽200.00");
  await page.mouse.move(x, 5);
  await expect(expenses.sum).toHaveText("₽310.02");
});

test("tapping a column shows its figures until another column or the period is chosen @phone", async ({ page, account, isMobile }) => {
  test.skip(!isMobile, "a desk has a mouse");
  const expenses = new Expenses(account);
  await expenses.open("alpha");
  await expenses.plot.scrollIntoViewIfNeeded();
  const { x, y } = await expenses.point(5);
  await page.touchscreen.tap(x, y);
  await expect(expenses.sum).toHaveText("₽200.00");
  await account.button(expenses.words.next).click();
  await expect(expenses.sum).toHaveText("₽70.00");
  await account.button(expenses.words.whole).click();
  await expect(expenses.sum).toHaveText("₽310.02");
});

test("the sort order is in the URL, and rows without a comparison come last", async ({ page, account }) => {
  const expenses = new Expenses(account);
  await expenses.open("alpha");
  await expect(expenses.head("sum")).toHaveAttribute("aria-sort", "descending");
  expect(await expenses.order()).toEqual(["Cloud Servers", "Cloud Storage", "CDN", "DNS", "Backup"]);
  await expenses.sort("change");
  await expect(expenses.head("change")).toHaveAttribute("aria-sort", "descending");
  await expect(expenses.head("change").getByRole("button")).toBeFocused();
  await expect(page).toHaveURL(/[?&]sort=-change(&|$)/);
  expect(await expenses.order()).toEqual(["Cloud Storage", "Cloud Servers", "CDN", "DNS", "Backup"]);
  await expenses.sort("change");
  await expect(page).toHaveURL(/[?&]sort=change(&|$)/);
  await page.reload();
  await expect(expenses.head("change")).toHaveAttribute("aria-sort", "ascending");
  expect(await expenses.order()).toEqual(["Backup", "DNS", "CDN", "Cloud Servers", "Cloud Storage"]);
  // Services that cannot be compared with the previous period come last in both sort directions.
  for (const sort of ["percent", "-percent"]) {
    await expenses.open("alpha", `?sort=${sort}`);
    expect((await expenses.order()).at(-1)).toMatch(/^(Cloud Storage|CDN)$/);
  }
});

test("a service filter shows only that service, and Detail has the same total", async ({ page, account }) => {
  const expenses = new Expenses(account);
  await expenses.open("alpha", "?service=cdn");
  expect(await expenses.order()).toEqual(["CDN"]);
  await expect(expenses.sum).toHaveText("₽40.00");
  await expect(page.getByText(expenses.words.equal)).toBeVisible();
});

test("months and hundreds of days fit the page, and axis labels never overlap @phone", async ({ page, account }) => {
  const expenses = new Expenses(account);
  const today = new Date(Date.now() + 3 * 3_600_000);
  const ago = (days: number) => new Date(today.getTime() - days * 86_400_000).toISOString().slice(0, 10);
  for (const view of [`?from=${ago(365)}`, `?from=${ago(540)}&granularity=month`, `?from=${ago(540)}&granularity=week`]) {
    await expenses.open("charlie", view);
    await expect(page.getByText(expenses.words.equal)).toBeVisible();
    const names = await page.locator(".chart-names span").evaluateAll((names) =>
      names.map((name) => {
        const range = document.createRange();
        range.selectNodeContents(name);
        const { left, right } = range.getBoundingClientRect();
        return [left, right] as const;
      }));
    expect(names.length, view).toBeGreaterThan(2);
    for (const [at, [left]] of names.entries()) expect(left, view).toBeGreaterThan(names[at - 1]?.[1] ?? 0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), view).toBe(true);
  }
});

for (const timezoneId of ["America/Los_Angeles", "Asia/Vladivostok", "Pacific/Kiritimati"]) {
  test.describe(timezoneId, () => {
    test.use({ timezoneId });

    test("figures and days are in Moscow time", async ({ page, account, browser, server, template }) => {
      const elsewhere = new Expenses(account);
      await elsewhere.open("alpha");
      const context = await browser.newContext({ timezoneId: "Europe/Moscow", baseURL: server.address, storageState: template.signedIn, locale: "en-GB" });
      const moscow = await context.newPage();
      await moscow.goto(elsewhere.address("alpha"));
      await expect(moscow.locator(".expenses tfoot")).toBeVisible();
      const parts = [".expenses-head", ".chart-names", ".services table", ".causes > p:first-of-type"];
      for (const part of parts) {
        expect(await page.locator(part).innerText(), part).toBe(await moscow.locator(part).innerText());
      }
      await context.close();
    });
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the report passes the accessibility checks, ${colorScheme} @phone`, async ({ page, account }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const expenses = new Expenses(account);
    await expenses.open("alpha");
    await expenses.key("CDN").click();
    const { violations } = await new AxeBuilder({ page }).include(".expenses").analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" ")}`)).toEqual([]);
  });
}

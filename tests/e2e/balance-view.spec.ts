// Filters and period of the balance page: they are in the URL, work by keyboard, and use Moscow time in every time
// zone.
import { Balance, lastMonth, moscowDay } from "./support/balance.js";
import { expect, languages, test } from "./support/fixture.js";

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("an invalid URL shows the problem of each field @phone", async ({ page, account, guard }) => {
      guard.allow(/422/);
      const balance = new Balance(account);
      const { words } = balance;
      const problems: [string, string[]][] = [
        [`?to=${moscowDay(-1)}&granularity=odd`, [words.future, words.noGranularity]],
        [`?from=${moscowDay(1)}&to=${moscowDay(2)}`, [words.reversed]],
        ["?from=2015-01-01", [words.tooLong]],
        ["?service=no_such_thing", [words.noSuchService]],
      ];
      for (const [view, says] of problems) {
        await page.goto(balance.address("alpha", view));
        const notice = page.getByRole("alert").filter({ hasText: words.cannotShow });
        for (const line of says) await expect(notice.getByText(line)).toBeVisible();
      }
      await account.button(words.usual).click();
      await expect(page.getByText(words.addsUp)).toBeVisible();
      await expect(page).toHaveURL(/\/detail$/);
    });
  });
}

test("the view is in the URL: period, granularity, direction, service, layout", async ({ page, account }) => {
  const balance = new Balance(account);
  const { words } = balance;
  await balance.open("charlie");
  await expect(page).toHaveURL(/\/balance\/detail$/);
  await balance.periodButton.click();
  await account.button(words.lastMonth).click();
  await balance.settled();
  await balance.choose(words.by.month);
  await balance.settled();
  await balance.choose(words.debits);
  await balance.settled();
  await balance.service.selectOption("CDN");
  await balance.settled();
  const [from, to] = lastMonth();
  await expect(page).toHaveURL(new RegExp(`/detail\\?from=${from}&to=${to}&granularity=month&direction=debit&service=cdn$`));
  await expect(balance.disclosure("CDN")).toBeVisible();
  await page.reload();
  await expect(balance.choice(words.by.month)).toBeChecked();
  await expect(balance.choice(words.debits)).toBeChecked();
  await expect(balance.service).toHaveValue("cdn");
  await expect(balance.disclosure("CDN")).toBeVisible();

  await balance.tab(words.expenses).click();
  await expect(page).toHaveURL(new RegExp(`/expenses\\?from=${from}&to=${to}&granularity=month`));
  await expect(balance.tab(words.expenses)).toHaveAttribute("aria-current", "page");
  await page.goBack();
  await expect(balance.tab(words.detail)).toHaveAttribute("aria-current", "page");
  await expect(balance.disclosure("CDN")).toBeVisible();

  await balance.choose(words.statement);
  await expect(page).toHaveURL(/view=statement$/);
  await expect(balance.lines.first()).toBeVisible();
});

test("the period picker shows the problem of a day, and works by keyboard", async ({ page, account }) => {
  const balance = new Balance(account);
  const { words } = balance;
  await balance.open("alpha");
  await balance.periodButton.focus();
  await page.keyboard.press("Enter");
  const [first, last] = [page.getByLabel(words.firstDay), page.getByLabel(words.lastDay)];
  await expect(first).toBeFocused();
  await first.fill(moscowDay(2));
  await last.fill(moscowDay(5));
  await page.keyboard.press("Enter");
  await expect(last).toHaveAccessibleDescription(words.reversed);
  await expect(last).toBeFocused();
  await last.fill(moscowDay(1));
  await page.keyboard.press("Enter");
  await expect(first).toHaveCount(0);
  await expect(balance.periodButton).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`from=${moscowDay(2)}&to=${moscowDay(1)}$`));
  await page.keyboard.press("Enter");
  await expect(first).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(first).toHaveCount(0);
  await expect(balance.periodButton).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`from=${moscowDay(2)}`));
});

test("groups, options and tabs work by keyboard", async ({ page, account }) => {
  const balance = new Balance(account);
  const { words } = balance;
  await balance.open("alpha");
  await balance.choice(words.by.day).focus();
  await page.keyboard.press("ArrowRight");
  await expect(balance.choice(words.by.week)).toBeChecked();
  await expect(balance.choice(words.by.week)).toBeFocused();
  await expect(page).toHaveURL(/granularity=week/);
  await balance.disclosure("CDN").focus();
  await page.keyboard.press("Enter");
  await expect(balance.grouped.locator("[data-level=bucket]")).toHaveCount(1);
  await expect(balance.disclosure("CDN")).toBeFocused();
  await balance.tab(words.expenses).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/expenses/);
});

for (const timezoneId of ["America/Los_Angeles", "Asia/Vladivostok", "Pacific/Kiritimati", "Europe/Moscow"]) {
  test.describe(timezoneId, () => {
    test.use({ timezoneId });

    test("days, times and totals are in Moscow time in every time zone", async ({ page, account }) => {
      const balance = new Balance(account);
      await balance.open("alpha", "?view=statement");
      await expect(balance.lines).toHaveCount(7);
      const options = { day: "numeric", month: "short", year: "numeric", timeZone: "Etc/GMT-3" } as const;
      const written = (ago: number) => new Intl.DateTimeFormat("en", options).format(new Date(`${moscowDay(ago)}T00:00:00+03:00`));
      const times = await balance.lines.locator("time").allInnerTexts();
      const expected = [[6, "10:00"], [5, "23:00"], [4, "23:00"], [3, "23:00"], [2, "23:00"], [1, "15:00"], [1, "23:00"]] as const;
      expect(times).toEqual(expected.map(([ago, hour]) => `${written(ago)}, ${hour}`));
      const note = page.locator(".zone .tip");
      const isElsewhere = timezoneId !== "Europe/Moscow";
      const time = balance.lines.locator("time").first();
      if (isElsewhere) await expect(time).toHaveAttribute("title", balance.words.yourClock);
      else await expect(time).not.toHaveAttribute("title");
      await expect(page.getByRole("tooltip")).toHaveCount(0);
      if (isElsewhere) {
        await note.focus();
        await expect(page.getByRole("tooltip")).toHaveText(balance.words.yourClock);
        await expect(note).toHaveAccessibleDescription(balance.words.yourClock);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("tooltip")).toHaveCount(0);
      } else {
        await expect(note).not.toHaveAttribute("tabindex");
      }
    });
  });
}

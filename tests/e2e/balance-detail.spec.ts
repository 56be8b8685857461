// Tab *Detail* of the balance page: the current balance and all movements are exact to the kopeck.
import { Balance, hundredths, lastMonth, moscowDay } from "./support/balance.js";
import { expect, languages, test } from "./support/fixture.js";

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("the balance page shows the balance, its forecast and matching totals @core @phone", async ({ page, account }) => {
      const balance = new Balance(account);
      const { words } = balance;
      await account.open();
      await account.choose("alpha", "balance");
      await expect(page.getByRole("heading", { name: account.words.balanceOf("alpha@client.example") })).toBeVisible();
      await expect(page.getByRole("main").getByText(words.moscow).last()).toBeVisible();

      await expect(balance.figure(words.total, balance.panel)).toHaveText(words.money.total);
      await expect(balance.figure(words.personal, balance.panel)).toHaveText(words.money.personal);
      await expect(balance.figure(words.bonus, balance.panel)).toHaveText(words.money.bonus);

      await expect(balance.figure(words.opening, balance.sums)).toContainText(words.money.opening);
      await expect(balance.figure(words.deposits, balance.sums)).toContainText(words.money.deposits);
      await expect(balance.figure(words.debits, balance.sums)).toContainText(words.money.debits);
      await expect(balance.figure(words.closing, balance.sums)).toContainText(words.money.total);
      await expect(page.getByText(words.addsUp)).toBeVisible();

      await expect(balance.row("Cloud Servers")).toContainText(words.moved.servers);
      await expect(balance.row("Cloud Servers")).toContainText(words.moved.refund);
      await expect(balance.row("DNS")).toContainText(words.moved.dns);
      await expect(balance.row(words.noService)).toContainText(words.moved.payment);
    });

    test("a service expands into days and movements, with a note on rounding @phone", async ({ account }) => {
      const balance = new Balance(account);
      const { words } = balance;
      await balance.open("alpha");
      await balance.disclosure("DNS").click();
      await expect(balance.disclosure("DNS")).toHaveAttribute("aria-expanded", "true");
      const days = balance.grouped.locator("[data-level=bucket]");
      await expect(days).toHaveCount(2);
      await days.first().getByRole("button").click();
      await expect(balance.grouped.locator("[data-level=line]")).toHaveCount(1);
      await expect(balance.grouped.locator("[data-level=line]")).toContainText(words.countedAs);
      await expect(balance.grouped.locator("[data-level=line]")).toContainText("23:00");
      await balance.disclosure("DNS").click();
      await expect(days).toHaveCount(0);
    });

    test("the statement shows the balance after each movement, from opening to closing @core @phone", async ({ account }) => {
      const balance = new Balance(account);
      const { words } = balance;
      await balance.open("alpha", "?view=statement");
      await expect(balance.lines).toHaveCount(7);
      const rows = balance.statement.getByRole("row");
      await expect(rows.filter({ hasText: words.opening })).toContainText(words.money.opening);
      await expect(rows.filter({ hasText: words.closing })).toContainText(words.money.total);
      let running = hundredths(words.money.opening);
      for (const line of await balance.lines.all()) {
        const [moved, after] = await line.locator(".amount").allInnerTexts();
        running += hundredths(moved!);
        expect(running).toBe(hundredths(after!));
      }
      expect(running).toBe(hundredths(words.money.total));
    });

    test("each state of a balance has its own text @phone", async ({ page, account }) => {
      const balance = new Balance(account);
      const { words } = balance;
      const outlooks = { foxtrot: words.debt, golf: words.zero, hotel: words.idle } as const;
      for (const [client, says] of Object.entries(outlooks) as [keyof typeof outlooks, string][]) {
        await page.goto(balance.address(client));
        await expect(balance.panel.getByText(says, { exact: true })).toBeVisible();
      }
      await page.goto(balance.address("delta"));
      const options = { day: "numeric", month: "short", year: "numeric", timeZone: "Etc/GMT-3" } as const;
      const until = new Intl.DateTimeFormat(language, options).format(new Date(`${moscowDay(-4)}T00:00:00+03:00`));
      await expect(balance.panel.getByText(words.lasts(4, until), { exact: true })).toBeVisible();
      await page.goto(balance.address("india"));
      await expect(balance.figure(words.total, balance.panel)).toContainText("₸");
    });

    test("an empty period and an empty filter result show a notice @phone", async ({ page, account }) => {
      const balance = new Balance(account);
      const { words } = balance;
      await balance.open("hotel");
      await expect(page.getByRole("heading", { name: words.nothing })).toBeVisible();
      await balance.open("alpha", "?direction=deposit&service=cdn");
      await expect(page.getByRole("heading", { name: words.nothing })).toBeVisible();
      await expect(page.getByText(words.hides(7, words.moved.debits, words.moved.deposits))).toBeVisible();
      await account.button(words.showAll).click();
      await expect(balance.row("CDN")).toBeVisible();
      await expect(page).toHaveURL(/\/detail$/);
    });

    test("amounts hidden by filters are shown, so that the totals match", async ({ page, account }) => {
      const balance = new Balance(account);
      const { words } = balance;
      await balance.open("alpha");
      await balance.choose(words.deposits);
      await expect(page).toHaveURL(/direction=deposit/);
      await expect(page.getByText(words.hides(5, words.moved.debits, words.moved.deposits.replace(/\d.*\d/, language === "ru" ? "0,00" : "0.00")))).toBeVisible();
      await expect(balance.figure(words.closing, balance.sums)).toContainText(words.money.total);
      await expect(balance.row("DNS")).toHaveCount(0);
      await expect(balance.row("Cloud Servers")).toContainText(words.moved.refund);
    });

    test("the downloaded file matches the screen", async ({ page, account }) => {
      const balance = new Balance(account);
      const { words } = balance;
      await balance.open("alpha", "?view=statement");
      const days = `${moscowDay(6)}_${moscowDay()}`;
      const { name, content } = await balance.save("CSV");
      expect(name).toBe(`alpha@client.example_${days}_statement.csv`);
      await expect(account.message(words.saved(name))).toBeVisible();
      const text = content.toString("utf8");
      expect(text.startsWith("\uFEFF")).toBe(true);
      const separator = language === "ru" ? ";" : ",";
      for (const after of await balance.lines.locator(".statement-balance").allInnerTexts()) {
        const figure = (hundredths(after) / 100).toFixed(2);
        expect(text).toContain(separator + (language === "ru" ? figure.replace(".", ",") : figure));
      }
      await balance.choose(words.grouped);
      await expect(balance.row("CDN")).toBeVisible();
      const sheet = await balance.save("XLSX");
      expect(sheet.name).toBe(`alpha@client.example_${days}.xlsx`);
      expect(sheet.content.subarray(0, 2).toString()).toBe("PK");
      await expect(page.getByRole("alert").filter({ hasText: words.notSaved })).toHaveCount(0);
    });
  });
}

test("of 10,000 movements, only visible rows are in the page, and scrolling reaches all", async ({ page, account }) => {
  const balance = new Balance(account);
  const { words } = balance;
  const [from, to] = lastMonth();
  await balance.open("charlie", `?from=${from}&to=${to}&view=statement`);
  await expect(balance.statement).toHaveAttribute("aria-rowcount", "10003");
  await expect(page.getByText(/^Loaded /)).toHaveCount(0, { timeout: 20_000 });
  expect(await balance.lines.count()).toBeLessThan(80);
  await page.keyboard.press("End");
  const closing = balance.statement.getByRole("row").filter({ hasText: words.closing });
  await expect(closing).toBeInViewport();
  await expect(closing).toHaveAttribute("aria-rowindex", "10003");
  await expect(balance.lines.last()).toHaveAttribute("aria-rowindex", "10002");
  const after = await balance.lines.last().locator(".statement-balance").innerText();
  await expect(closing).toContainText(after);
  expect(await balance.lines.count()).toBeLessThan(80);
});

test("a bucket with many movements shows the first ones, and more on request", async ({ account }) => {
  const balance = new Balance(account);
  const [from, to] = lastMonth();
  await balance.open("charlie", `?from=${from}&to=${to}&granularity=month&service=cdn`);
  await balance.disclosure("CDN").click();
  await balance.grouped.locator("[data-level=bucket]").getByRole("button").click();
  const lines = balance.grouped.locator("[data-level=line]");
  await expect(lines).toHaveCount(100);
  await account.button("Show 100 more").click();
  await expect(lines).toHaveCount(200);
  await expect(account.button("Show 100 more")).toBeFocused();
});

test("hostile descriptions are shown as text @phone", async ({ page, account }) => {
  page.on("dialog", () => { throw new Error("a description was run as a script"); });
  const balance = new Balance(account);
  await balance.open("kilo", "?view=statement&service=marketplace");
  await expect(balance.statement.getByText("<img src=x onerror=alert(1)>", { exact: true })).toBeVisible();
  await expect(page.locator("img")).toHaveCount(0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, "the statement widens the page").toBe(0);
});

test("the printed statement has a header, every line and no controls", async ({ page, account }) => {
  const balance = new Balance(account);
  await balance.open("alpha", "?view=statement");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("alpha@client.example, mcs4410000001")).toBeVisible();
  await expect(page.getByText(/Moscow time, UTC\+3\)$/)).toBeVisible();
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("button")).toHaveCount(0);
  await expect(balance.lines).toHaveCount(7);

  const [from, to] = lastMonth();
  await page.emulateMedia({ media: "screen" });
  await balance.open("charlie", `?from=${from}&to=${moscowDay()}&view=statement&service=cdn&direction=debit`);
  await expect(page.getByText(/^Loaded /)).toHaveCount(0, { timeout: 20_000 });
  const all = Number(await balance.statement.getAttribute("aria-rowcount")) - 3;
  expect(all).toBeGreaterThan(1_000);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await balance.lines.count(), `all of ${from} to ${to} and after`).toBe(all);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect.poll(() => balance.lines.count()).toBeLessThan(80);
});

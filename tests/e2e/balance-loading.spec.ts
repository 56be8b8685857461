// Loading a balance: old figures stay until new figures arrive. The page handles slow, failed and cancelled requests,
// and ignores outdated replies.
import { Balance, hold, summary } from "./support/balance.js";
import { expect, languages, test } from "./support/fixture.js";

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("figures that fail to reload leave the old ones, with a notice @phone", async ({ page, account, guard }) => {
      guard.allow(/500/);
      const balance = new Balance(account);
      const { words } = balance;
      await balance.open("alpha");
      await page.route(summary, (route) => route.fulfill({ status: 500, body: "{}" }));
      await balance.choose(words.debits);
      const notice = page.getByRole("alert").filter({ hasText: words.oldFigures });
      await expect(notice).toBeVisible();
      await expect(balance.row(words.noService)).toContainText(words.moved.payment);
      await page.unrouteAll();
      await notice.getByRole("button", { name: account.words.tryAgain }).click();
      await expect(balance.row(words.noService)).toHaveCount(0);
      await expect(notice).toBeHidden();
    });
  });
}

test("a slow reply shows a notice, and the old figures stay", async ({ page, account }) => {
  await page.clock.install();
  const balance = new Balance(account);
  await balance.open("alpha");
  const release = await hold(page, summary);
  await balance.choose(balance.words.debits);
  await expect(page.locator(".balance-report [aria-busy=true]")).toBeVisible();
  await page.clock.runFor(5_500);
  await expect(page.getByText(account.words.slow)).toBeVisible();
  await expect(balance.row(balance.words.noService)).toBeVisible();
  release();
  await expect(balance.row(balance.words.noService)).toHaveCount(0);
  await expect(page.getByText(account.words.slow)).toBeHidden();
});

test("a late reply for an earlier filter does not replace newer figures", async ({ page, account, guard }) => {
  guard.allow(/ERR_ABORTED/);
  const balance = new Balance(account);
  const { words } = balance;
  await balance.open("alpha");
  const release = await hold(page, /summary\?.*direction=debit/);
  await balance.choose(words.debits);
  await balance.choose(words.deposits);
  await expect(balance.row("DNS")).toHaveCount(0);
  release();
  await page.waitForLoadState("networkidle");
  await expect(balance.row("DNS")).toHaveCount(0);
  await expect(balance.row(words.noService)).toBeVisible();
});

test("leaving the page aborts its requests", async ({ page, account, guard }) => {
  guard.allow(/ERR_ABORTED/);
  const balance = new Balance(account);
  await balance.open("alpha");
  const release = await hold(page, summary);
  await balance.choose(balance.words.debits);
  const ended = page.waitForEvent("requestfailed", (request) => summary.test(request.url()));
  await page.getByRole("main").getByRole("link", { name: account.words.clients }).click();
  await ended;
  release();
  await expect(account.row("alpha")).toBeVisible();
});

test("failed movements of a bucket and failed downloads can be retried", async ({ page, account, guard }) => {
  guard.allow(/503/);
  const balance = new Balance(account);
  const { words } = balance;
  await balance.open("alpha");
  await page.route(/\/movements(\/export)?\?/, (route) => route.fulfill({ status: 503, body: "{}" }));
  await balance.disclosure("CDN").click();
  await balance.grouped.locator("[data-level=bucket]").getByRole("button").click();
  const inside = balance.grouped.getByRole("alert");
  await expect(inside).toContainText("503");
  await account.button(words.download).click();
  await page.getByRole("menuitem", { name: "CSV" }).click();
  const notice = page.getByRole("alert").filter({ hasText: words.notSaved });
  await expect(notice).toBeVisible();
  await page.unrouteAll();
  await inside.getByRole("button", { name: account.words.tryAgain }).click();
  await expect(balance.grouped.locator("[data-level=line]")).toHaveCount(1);
  const saved = page.waitForEvent("download");
  await notice.getByRole("button", { name: account.words.tryAgain }).click();
  expect((await saved).suggestedFilename()).toMatch(/^alpha@client\.example_.*\.csv$/);
  await expect(notice).toBeHidden();
});

test("an unknown client shows one notice", async ({ page, account, guard }) => {
  guard.allow(/404/);
  await page.goto("/partner/app/en/clients/mcs0000000000/balance/detail");
  await expect(page.getByRole("heading", { name: account.words.notLoaded })).toHaveCount(1);
  await expect(page.getByText("This no longer exists.")).toBeVisible();
});

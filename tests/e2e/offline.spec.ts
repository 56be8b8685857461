// Without a connection, loaded data stays readable and input is kept. When the connection is back, pages load new data.
import { expect, languages, test } from "./support/fixture.js";

test.use({ own: {} });
test.beforeEach(({ guard }) => guard.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/));

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("the list stays with a notice, and reloads when the connection is back @phone", async ({ page, context, account }) => {
      const { words } = account;
      await account.open();
      await context.setOffline(true);
      await account.button(words.refresh).click();
      const notice = page.getByRole("main").getByRole("alert").filter({ has: page.getByRole("button", { name: words.tryAgain }) });
      await expect(notice).toBeVisible();
      await expect(account.row("alpha")).toBeVisible();
      await context.setOffline(false);
      await expect(notice).toBeHidden();
      await expect(account.row("alpha")).toBeVisible();
    });

    test("input sent without a connection stays, and is added once when it is back", async ({ context, account, server }) => {
      const { words } = account;
      await account.open();
      await account.openAdd();
      await account.field("email").fill("train@company.example");
      await context.setOffline(true);
      await account.submitAdd();
      await expect(account.addDialog.getByRole("alert")).toBeVisible();
      await expect(account.field("email")).toHaveValue("train@company.example");
      await context.setOffline(false);
      await account.submitAdd();
      await expect(account.message(words.invitationSent("train@company.example"))).toBeVisible();
      expect(server.audit("invitation_created")).toHaveLength(1);
    });
  });
}

test("a balance and its figures load when the connection is back", async ({ page, context, account, guard }) => {
  // When the connection is back, the app also aborts and restarts requests that have not failed yet.
  guard.allow(/ERR_ABORTED/);
  const { words } = account;
  await account.open();
  await account.row("alpha").getByRole("link").first().click();
  const main = page.getByRole("main");
  const failures = main.getByRole("alert").filter({ has: page.getByRole("button", { name: words.tryAgain }) });
  await expect(main.getByRole("heading", { level: 1 })).toContainText("alpha");
  const refresh = account.button(words.refresh).first();
  await expect(refresh).toBeVisible();
  // After a failed refresh, the app reloads the figures as soon as the connection is back.
  await context.setOffline(true);
  await refresh.click();
  await expect(failures.first()).toBeVisible();
  await context.setOffline(false);
  await expect(failures).toHaveCount(0);

  // A page that has no figures yet also loads figures when the connection is back.
  await page.goBack();
  await expect(account.row("bravo")).toBeVisible();
  await context.setOffline(true);
  await account.row("bravo").getByRole("link").first().click();
  await expect(failures.first()).toBeVisible();
  await context.setOffline(false);
  await expect(failures).toHaveCount(0);
  await expect(main.getByRole("heading", { level: 1 })).toContainText("bravo");
});

test("one click retries all failed parts of a balance", async ({ page, account, guard, server }) => {
  guard.allow(/ERR_CONNECTION_REFUSED|ERR_ABORTED/);
  const { words } = account;
  await account.open();
  await account.row("alpha").getByRole("link").first().click();
  const main = page.getByRole("main");
  await expect(main.locator(".panel-figure[data-total] .amount")).toHaveText(/₽/);
  await server.kill();
  await account.button(words.refresh).first().click();
  const retries = main.getByRole("alert").getByRole("button", { name: words.tryAgain });
  await expect(retries).toHaveCount(2);
  await server.launch();
  await retries.first().click();
  await expect(retries).toHaveCount(0);
});

test("a change survives a short loss of connection unnoticed", async ({ page, context, account, server }) => {
  const { words } = account;
  await account.open();
  await account.choose("alpha", "block");
  const failed = page.waitForEvent("requestfailed");
  await context.setOffline(true);
  await account.confirm(words.question.block(1), "block");
  await failed;
  await context.setOffline(false);
  await expect(account.message(words.done.block(1))).toBeVisible();
  expect(server.audit("clients_blocked")).toHaveLength(1);
});

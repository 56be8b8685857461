// Without a connection: what is there stays readable, nothing is promised, nothing typed is lost, and it comes back by itself.
import { expect, languages, test } from "./support/fixture.js";

test.use({ own: {} });
test.beforeEach(({ guard }) => guard.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/));

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("the list stays, says that it is not fresh, and is loaded when the connection is back @phone", async ({ page, context, account }) => {
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

    test("what is added without a connection stays typed, and is added once with it", async ({ context, account, server }) => {
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
      await expect(account.message(words.letterSent("train@company.example"))).toBeVisible();
      expect(server.audit("invitation_created")).toHaveLength(1);
    });
  });
}

test("a balance and its figures come when the connection is back", async ({ page, context, account, guard }) => {
  // What was still on its way is begun anew with what had failed.
  guard.allow(/ERR_ABORTED/);
  const { words } = account;
  await account.open();
  await account.row("alpha").getByRole("link").first().click();
  const main = page.getByRole("main");
  const failures = main.getByRole("alert").filter({ has: page.getByRole("button", { name: words.tryAgain }) });
  await expect(main.getByRole("heading", { level: 1 })).toContainText("alpha");
  const refresh = account.button(words.refresh).first();
  await expect(refresh).toBeVisible();
  // The figures of before stay, and newer ones come by themselves.
  await context.setOffline(true);
  await refresh.click();
  await expect(failures.first()).toBeVisible();
  await context.setOffline(false);
  await expect(failures).toHaveCount(0);

  // There were none before.
  await page.goBack();
  await expect(account.row("bravo")).toBeVisible();
  await context.setOffline(true);
  await account.row("bravo").getByRole("link").first().click();
  await expect(failures.first()).toBeVisible();
  await context.setOffline(false);
  await expect(failures).toHaveCount(0);
  await expect(main.getByRole("heading", { level: 1 })).toContainText("bravo");
});

test("one press tries again all of a balance that failed", async ({ page, account, guard, server }) => {
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

test("a connection that fails for a moment under a change is not noticed", async ({ page, context, account, server }) => {
  const { words } = account;
  await account.open();
  await account.choose("alpha", "block");
  const failed = page.waitForEvent("requestfailed");
  await context.setOffline(true);
  await account.confirm(words.ask.block(1), "block");
  await failed;
  await context.setOffline(false);
  await expect(account.message(words.done.block(1))).toBeVisible();
  expect(server.audit("clients_blocked")).toHaveLength(1);
});

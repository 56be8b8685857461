// If the disk of the server is full, users can read the pages, and changes fail with a message. Changes work again when
// there is free space.
import { expect, languages, test } from "./support/fixture.js";

test.use({ own: { fillable: true } });
test.beforeEach(({ guard }) => guard.allow(/507/));

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("a change that cannot be stored is refused, and succeeds on retry once there is space @phone", async ({ account, server }) => {
      const { words } = account;
      await account.open();
      server.fillDisk(true);
      await account.choose("alpha", "block");
      await account.confirm(words.question.block(1), "block");
      await expect(account.question.getByRole("alert")).toContainText(words.notDone(1));
      await expect(account.question.getByRole("listitem")).toContainText(words.cannotStore);
      await expect(account.row("alpha")).not.toContainText(words.blocked);
      server.fillDisk(false);
      await account.question.getByRole("button", { name: words.retryFailed }).click();
      await expect(account.message(words.done.block(1))).toBeVisible();
      await expect(account.row("alpha")).toContainText(words.blocked);
      expect(server.audit("clients_blocked")).toHaveLength(1);
      await expect(account.question).toBeHidden();
    });
  });
}

test("input stays, and all pages can be read", async ({ page, account, server }) => {
  const { words } = account;
  await account.open();
  server.fillDisk(true);
  await account.openAdd();
  await account.field("email").fill("new.client@company.example");
  await account.submitAdd();
  await expect(account.addDialog.getByRole("alert")).toContainText(words.cannotStore);
  await expect(account.field("email")).toHaveValue("new.client@company.example");

  await page.reload();
  await expect(account.row("alpha")).toBeVisible();
  await page.keyboard.press("Escape");
  await account.row("alpha").getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("alpha");

  server.fillDisk(false);
  await page.goto(account.address());
  await account.openAdd();
  await expect(account.field("email")).toHaveValue("new.client@company.example");
  await account.submitAdd();
  await expect(account.message(words.invitationSent("new.client@company.example"))).toBeVisible();
});

test("signing in fails with a message", async ({ page, account, server }) => {
  await account.open();
  await account.signOut();
  await expect(page.getByLabel(account.words.password)).toBeVisible();
  server.fillDisk(true);
  await account.signIn();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(account.words.cannotStore);
  server.fillDisk(false);
  await account.signIn();
  await expect(account.row("alpha")).toBeVisible();
});

// If a session expires while a page is open, the user signs in again in a dialog and continues.
import { expect, languages, test } from "./support/fixture.js";
import { demo } from "./support/server.js";

test.use({ own: {} });

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("an interrupted addition completes once after signing in again @phone", async ({ page, account, server, guard }) => {
      guard.allow(/401/);
      const { words } = account;
      await account.open("?q=client");
      await account.select("alpha", "bravo");
      await account.openAdd();
      await account.field("email").fill("late@company.example");
      await account.field("name").fill("Late");
      await server.expireSessions();

      await account.submitAdd();
      await expect(account.signInAgain).toBeVisible();
      await expect(account.signInAgain.getByLabel(words.email)).toHaveValue(demo.email);
      await expect(account.signInAgain.getByLabel(words.password)).toBeFocused();
      await account.signInAgain.getByLabel(words.password).fill(demo.password);
      await account.signInAgain.getByRole("button", { name: words.signIn }).click();
      await expect(account.signInAgain).toBeHidden();
      await expect(account.message(words.invitationSent("late@company.example"))).toBeVisible();
      await expect(account.addDialog).toBeHidden();
      await expect(account.selected(2, 501)).toBeVisible();
      await expect(page.getByRole("searchbox")).toHaveValue("client");
      expect(server.audit("invitation_created")).toHaveLength(1);
    });
  });
}

test("an interrupted block completes after signing in again", async ({ page, account, server, guard }) => {
  guard.allow(/401/);
  const { words } = account;
  await account.open();
  await account.select("alpha", "charlie");
  await account.tool("block").click();
  await server.expireSessions();
  await account.confirm(words.question.block(2), "block");
  await account.signInAgain.getByLabel(words.password).fill(demo.password);
  await page.keyboard.press("Enter");
  await expect(account.message(words.done.block(2))).toBeVisible();
  await expect(account.row("alpha")).toContainText(words.blocked);
  expect(server.audit("clients_blocked").map((entry) => entry.result)).toEqual(["done", "done"]);
});

test("the dialog reports a wrong password, and cannot be dismissed", async ({ page, account, server, guard }) => {
  guard.allow(/401/);
  const { words } = account;
  await account.open();
  await server.expireSessions();
  await account.button(words.refresh).click();
  await account.signInAgain.getByLabel(words.password).fill("not the password");
  await page.keyboard.press("Enter");
  await expect(account.signInAgain.getByRole("alert")).toHaveText(words.wrongPassword);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(account.signInAgain).toBeVisible();
  await account.signInAgain.getByLabel(words.password).fill(demo.password);
  await page.keyboard.press("Enter");
  await expect(account.signInAgain).toBeHidden();
  await expect(account.row("alpha")).toBeVisible();
});

test("a draft survives a session that expired before a reload", async ({ page, account, server }) => {
  await account.open();
  await account.openAdd();
  await account.field("email").fill("draft@company.example");
  await server.expireSessions();
  await page.reload();
  await account.signIn();
  await expect(account.addDialog).toBeVisible();
  await expect(account.field("email")).toHaveValue("draft@company.example");
});

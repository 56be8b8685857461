// Blocking, unblocking and deleting one client from its row menu, or several clients from the toolbar.
import { expect, languages, test } from "./support/fixture.js";

test.use({ own: {} });

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("one client is blocked and unblocked from its menu @core @phone", async ({ page, account, server }) => {
      const { words } = account;
      await account.open();
      await account.choose("alpha", "block");
      const question = account.confirmation(words.question.block(1));
      await expect(question).toContainText(words.means.block);
      await expect(question).toContainText("alpha@client.example");
      await account.confirm(words.question.block(1), "block");
      await expect(account.message(words.done.block(1))).toBeVisible();
      await expect(question).toBeHidden();
      await expect(account.row("alpha")).toContainText(words.blocked);

      await page.reload();
      await expect(account.row("alpha")).toContainText(words.blocked);
      await account.choose("alpha", "unblock");
      await account.confirm(words.question.unblock(1), "unblock");
      await expect(account.message(words.done.unblock(1))).toBeVisible();
      await expect(account.row("alpha")).not.toContainText(words.blocked);
      expect(server.audit("clients_blocked").length).toBe(1);
    });

    test("already blocked clients are skipped, and the confirmation says so @phone", async ({ account }) => {
      const { words } = account;
      await account.open();
      await account.select("alpha", "bravo", "charlie");
      await account.tool("block").click();
      const question = account.confirmation(words.question.blockSome(2, 3));
      await expect(question).toContainText(words.already.blocked(1));
      await expect(question).toContainText("alpha@client.example");
      await expect(question).toContainText("charlie@client.example");
      await expect(question).not.toContainText("bravo@client.example");
      await account.confirm(words.question.blockSome(2, 3), "block");
      await expect(account.message(words.done.block(2))).toBeVisible();
      await expect(account.row("charlie")).toContainText(words.blocked);
      await expect(account.filter("blocked")).toHaveAccessibleName(`${words.filters.blocked} 57`);
    });

    test("a deleted client does not come back @core @phone", async ({ page, account }) => {
      const { words } = account;
      await account.open();
      await account.choose("golf", "delete");
      const question = account.confirmation(words.question.delete(1));
      await expect(question).toContainText(words.means.delete);
      await expect(question.getByRole("button", { name: words.cancel })).toBeFocused();
      await account.confirm(words.question.delete(1), "delete");
      await expect(account.message(words.done.delete(1))).toBeVisible();
      await expect(account.message(words.done.delete(1)).getByRole("button", { name: words.undo })).toBeHidden();
      await expect(account.row("golf")).toBeHidden();
      await expect(page.getByText(words.clientCount(499), { exact: true })).toBeVisible();
      await page.reload();
      await expect(account.row("alpha")).toBeVisible();
      await expect(account.row("golf")).toBeHidden();
    });
  });
}

test("clients deleted from the toolbar leave the selection", async ({ page, account }) => {
  await account.open();
  await account.select("alpha", "bravo", "delta");
  await account.tool("delete").click();
  await account.confirm(account.words.question.delete(3), "delete");
  await expect(account.message(account.words.done.delete(3))).toBeVisible();
  await expect(page.getByText(account.words.clientCount(497), { exact: true })).toBeVisible();
  await expect(page.getByText(/of 497 selected/)).toBeHidden();
});

test("undo unblocks only the clients that the action blocked", async ({ account }) => {
  const { words } = account;
  await account.open();
  await account.select("alpha", "bravo", "charlie");
  await account.tool("block").click();
  await account.confirm(words.question.blockSome(2, 3), "block");
  await account.message(words.done.block(2)).getByRole("button", { name: words.undo }).click();
  await expect(account.message(words.undone)).toBeVisible();
  await expect(account.row("alpha")).not.toContainText(words.blocked);
  await expect(account.row("charlie")).not.toContainText(words.blocked);
  await expect(account.row("bravo")).toContainText(words.blocked);
});

test("a double click on the confirm button sends one request", async ({ account, server }) => {
  await account.open();
  const sent = account.countRequests(/^POST .*\/clients\/block$/);
  await account.choose("alpha", "block");
  await account.confirmation(account.words.question.block(1)).getByRole("button", { name: "Block", exact: true }).dblclick();
  await expect(account.message(account.words.done.block(1))).toBeVisible();
  expect(sent.count()).toBe(1);
  expect(server.audit("clients_blocked")).toHaveLength(1);
});

test("holding Enter in the menu does not confirm the question", async ({ page, account }) => {
  await account.open();
  const sent = account.countRequests(/^POST .*\/clients\/block$/);
  await account.menuButton("alpha").click();
  await account.menuItem(account.words.menu.block).focus();
  for (let press = 0; press < 5; press++) await page.keyboard.down("Enter");
  await expect(account.confirmation(account.words.question.block(1))).toBeVisible();
  for (let press = 0; press < 5; press++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(account.confirmation(account.words.question.block(1))).toBeVisible();
  expect(sent.count()).toBe(0);
  await page.keyboard.press("Enter");
  await expect(account.message(account.words.done.block(1))).toBeVisible();
  expect(sent.count()).toBe(1);
});

test("a long list of names is shortened, and the rest is counted", async ({ account }) => {
  await account.open();
  await account.allBox.click();
  await account.tool("delete").click();
  const question = account.confirmation("Delete 455 of 500?");
  await expect(question).toContainText(account.words.more(450));
  await expect(question).toContainText("45 have not accepted the invitation yet");
  await question.getByRole("button", { name: account.words.cancel }).click();
  await expect(question).toBeHidden();
});

test("changes survive a restart of the server", async ({ page, account, server }) => {
  const { words } = account;
  await account.open();
  await account.select("alpha", "charlie", "delta");
  await account.tool("block").click();
  await account.confirm(words.question.block(3), "block");
  await expect(account.message(words.done.block(3))).toBeVisible();
  await account.choose("delta", "unblock");
  await account.confirm(words.question.unblock(1), "unblock");
  await expect(account.message(words.done.unblock(1))).toBeVisible();
  await account.choose("golf", "delete");
  await account.confirm(words.question.delete(1), "delete");
  await expect(account.message(words.done.delete(1))).toBeVisible();

  await server.stop();
  await server.launch();
  await page.reload();
  await expect(account.row("alpha")).toContainText(words.blocked);
  await expect(account.row("charlie")).toContainText(words.blocked);
  await expect(account.row("delta")).not.toContainText(words.blocked);
  await expect(account.row("golf")).toBeHidden();
});

test("a held key opens the confirmation and does not confirm it @core", async ({ page, account, server }) => {
  const { words } = account;
  await account.open();
  await account.select("alpha");
  await account.tool("block").focus();
  await page.keyboard.down("Enter");
  await expect(account.confirmation(words.question.block(1)).getByRole("button", { name: words.toolbar.block })).toBeFocused();
  for (let held = 0; held < 5; held++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(account.question).toBeVisible();
  expect(server.audit("clients_blocked")).toHaveLength(0);
  await page.keyboard.press("Enter");
  await expect(account.message(words.done.block(1))).toBeVisible();
  expect(server.audit("clients_blocked")).toHaveLength(1);
});

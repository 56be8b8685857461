// Resending and revoking one or several invitations. Resending an expired invitation renews it.
import { expect, languages, test } from "./support/fixture.js";

test.use({ own: {} });

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("an invitation is sent again @phone", async ({ account, server }) => {
      const { words } = account;
      await account.open();
      await account.search("invited@client.example");
      await account.choose("invited", "resend");
      await expect(account.confirmation(words.question.resend(1))).toContainText("invited@client.example");
      await account.confirm(words.question.resend(1), "resend");
      await expect(account.message(words.done.resend(1))).toBeVisible();
      await expect(account.question).toBeHidden();
      await expect.poll(() => server.emails()).toEqual([expect.stringContaining("invited@client.example")]);
      expect(server.audit("invitation_resent")).toHaveLength(1);
    });

    test("a revoked invitation does not come back", async ({ page, account, server }) => {
      const { words } = account;
      await account.open();
      await account.search("invited@client.example");
      await account.choose("invited", "revoke");
      await expect(account.question.getByRole("button", { name: words.cancel })).toBeFocused();
      await account.confirm(words.question.revoke(1), "revoke");
      await expect(account.message(words.done.revoke(1))).toBeVisible();
      await expect(page.getByRole("heading", { name: words.nothingFound })).toBeVisible();
      await page.reload();
      await expect(page.getByText(words.clientCount(499), { exact: true })).toBeVisible();
      await expect(page.getByRole("heading", { name: words.nothingFound })).toBeVisible();
      expect(server.audit("invitation_revoked")).toHaveLength(1);
    });
  });
}

test("an expired invitation is renewed, and an email is sent", async ({ page, account, server }) => {
  const { words } = account;
  await account.open("?q=expired%40client.example");
  await expect(account.row("expired")).toContainText("Invitation expired on");
  await account.choose("expired", "resend");
  await account.confirm(words.question.resend(1), "resend");
  await expect(account.message(words.done.resend(1))).toBeVisible();
  await expect(account.row("expired")).toContainText(/Sent \w+ \d+, expires in 7 days/);
  await expect.poll(() => server.emails()).toEqual([expect.stringContaining("expired@client.example")]);
  await page.reload();
  await expect(account.row("expired")).toContainText(/Sent \w+ \d+, expires in 7 days/);
});

test("several invitations are revoked from the toolbar, and selected clients are skipped", async ({ page, account, server }) => {
  const { words } = account;
  await account.open("?q=%40client.example");
  await expect(account.tool("revoke")).toBeHidden();
  await account.select("alpha", "invited", "expired");
  await account.tool("revoke").click();
  await expect(account.confirmation("Revoke 2 of 3?")).toContainText("1 is already a client");
  await account.confirm("Revoke 2 of 3?", "revoke");
  await expect(account.message(words.done.revoke(2))).toBeVisible();
  await expect(account.row("invited")).toBeHidden();
  await expect(account.row("expired")).toBeHidden();
  await expect(account.selected(1, 498)).toBeVisible();
  await expect(page.getByText(words.clientCount(498), { exact: true })).toBeVisible();
  expect(server.audit("invitation_revoked")).toHaveLength(2);
});

test("several are sent again from the toolbar, one email each", async ({ account, server }) => {
  const { words } = account;
  await account.open("?q=%40client.example");
  await account.select("invited", "expired");
  await account.tool("resend").click();
  await account.confirm(words.question.resend(2), "resend");
  await expect(account.message(words.done.resend(2))).toBeVisible();
  await expect.poll(async () => (await server.emails()).length).toBe(2);
});

test("an invitation that a colleague has just revoked counts as revoked", async ({ page, account, guard }) => {
  guard.allow(/404/);
  const { words } = account;
  await account.open("?q=invited%40client.example");
  await account.choose("invited", "revoke");
  // Send the request twice, so that the app gets the second reply: a 404, as if a colleague had just revoked the
  // invitation.
  await page.route("**/invites/*", async (route) => {
    await route.fetch();
    await route.continue();
  }, { times: 1 });
  await account.confirm(words.question.revoke(1), "revoke");
  await expect(account.message(words.done.revoke(1))).toBeVisible();
  await expect(account.row("invited")).toBeHidden();
});

test("clients have no invitation actions, and invitations have no client actions", async ({ account }) => {
  const { words } = account;
  await account.open("?q=%40client.example");
  await account.menuButton("alpha").click();
  await expect(account.menu.getByRole("menuitem")).toHaveText([words.menu.balance, "Copy PID", words.menu.identifier, words.menu.block, words.menu.delete]);
  await account.page.keyboard.press("Escape");
  await account.menuButton("invited").click();
  await expect(account.menu.getByRole("menuitem")).toHaveText([words.menu.link, words.menu.resend, words.menu.revoke]);
});

test("the toolbar creates a link for one invitation at a time", async ({ page, account }) => {
  const { words } = account;
  await account.open("?q=%40client.example");
  const copy = page.getByRole("toolbar").getByRole("button", { name: words.menu.link, exact: true });
  await account.select("alpha");
  await expect(copy).toBeHidden();
  await account.select("invited");
  await expect(copy).toBeHidden();
  await account.select("alpha", "expired");
  await expect(copy).toHaveAttribute("aria-disabled", "true");
  await account.select("expired");
  await copy.click();
  await expect(page.getByRole("dialog", { name: "Link for invited@client.example" })).toBeVisible();
});

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("selecting does not move the page: the toolbar stays one row of actions for the selected rows", async ({ page, account }) => {
      const height = () => page.getByRole("toolbar").evaluate((toolbar) => toolbar.clientHeight);
      await account.open("?q=%40client.example");
      const before = await height();
      await account.select("invited");
      await expect(account.tool("resend")).toBeVisible();
      await expect(account.tool("block")).toBeHidden();
      expect(await height()).toBe(before);
      await account.select("alpha");
      await expect(account.tool("resend")).toBeVisible();
      await expect(account.tool("block")).toBeVisible();
      expect(await height()).toBe(before);
    });
  });
}

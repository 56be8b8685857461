// Sessions: a second user in the same browser sees no data of the first user. When a user signs in or signs out in one
// tab, the other tabs follow.
import type { Page } from "@playwright/test";
import { Account } from "./support/account.js";
import { expect, languages, test } from "./support/fixture.js";
import { demo } from "./support/server.js";

const newcomer = { email: "newcomer@partner.example", password: "a long new password" };

test.use({ own: {} });

/** The HTML of the page and the content of its browser storage, to search for data of the previous user. */
const everything = (page: Page) => page.evaluate(() => document.documentElement.outerHTML + JSON.stringify({ ...sessionStorage, ...localStorage }));

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("another user who signs in after an expired session sees no data of the first", async ({ page, account, server, guard }) => {
      guard.allow(/401/);
      const { words } = account;
      server.createPartner(newcomer.email, newcomer.password);
      await account.open("?q=client");
      await account.select("alpha");
      await account.openAdd();
      await account.field("email").fill("secret-draft@company.example");
      await server.expireSessions();
      await account.submitAdd();
      await account.signInAgain.getByLabel(words.email).fill(newcomer.email);
      await account.signInAgain.getByLabel(words.password).fill(newcomer.password);
      await account.signInAgain.getByRole("button", { name: words.signIn }).click();
      await expect(page.getByRole("heading", { name: words.noClients })).toBeVisible();
      await expect(account.button(words.accountOf(newcomer.email))).toBeVisible();
      const left = await everything(page);
      for (const trace of ["client.example", "secret-draft", demo.email]) expect(left, trace).not.toContain(trace);
      expect(server.audit("invitation_created")).toHaveLength(0);
    });
  });
}

/** Opens another tab of the same browser, and types a draft there. */
async function secondTab(account: Account): Promise<Account> {
  const second = new Account(await account.page.context().newPage(), account.language);
  await second.open();
  await second.openAdd();
  await second.field("email").fill("draft@company.example");
  return second;
}

test("signing out in one tab clears the others and their drafts, and Back shows no data", async ({ page, account }) => {
  const { words } = account;
  await account.open();
  const second = await secondTab(account);
  await account.signOut();
  for (const tab of [account, second]) {
    await expect(tab.page.getByRole("heading", { name: words.signIn })).toBeVisible();
    for (const trace of ["client.example", "draft@company.example", demo.email]) expect(await everything(tab.page)).not.toContain(trace);
  }
  await second.page.goto("about:blank");
  await second.page.goBack();
  await expect(second.page.getByRole("heading", { name: words.signIn })).toBeVisible();
  await expect(page.getByText("client.example")).toHaveCount(0);
});

test("when another user signs in in one tab, other tabs switch to this user", async ({ account, server, context }) => {
  const { words } = account;
  server.createPartner(newcomer.email, newcomer.password);
  await account.open();
  const second = await secondTab(account);
  // Delete the session cookie without using the app, so that the app cannot tell the other tab that the session has
  // ended.
  await context.clearCookies();
  await account.page.reload();
  await account.signIn(newcomer.password, newcomer.email);
  for (const tab of [account, second]) {
    await expect(tab.page.getByRole("heading", { name: words.noClients })).toBeVisible();
    await expect(tab.button(words.accountOf(newcomer.email))).toBeVisible();
    expect(await everything(tab.page)).not.toContain("draft@company.example");
    expect(await everything(tab.page)).not.toContain("client.example");
  }
});

test("signing in again in one tab continues the interrupted work in the other", async ({ account, server, guard }) => {
  guard.allow(/401/);
  const { words } = account;
  await account.open();
  const second = new Account(await account.page.context().newPage(), account.language);
  await second.open();
  await server.expireSessions();
  await second.choose("alpha", "block");
  await second.confirm(words.question.block(1), "block");
  await expect(second.signInAgain).toBeVisible();
  await account.button(words.refresh).click();
  await account.signInAgain.getByLabel(words.password).fill(demo.password);
  await account.page.keyboard.press("Enter");
  await expect(account.signInAgain).toBeHidden();
  await expect(second.signInAgain).toBeHidden();
  await expect(second.message(words.done.block(1))).toBeVisible();
  expect(server.audit("clients_blocked")).toHaveLength(1);
});

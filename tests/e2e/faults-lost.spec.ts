// Replies that are lost after the server applied the change: the app says that the outcome is unknown, and retries. In
// the end it reports the outcome, or that the outcome is still unknown.
import type { Account } from "./support/account.js";
import { Contact } from "./support/contact.js";
import { expect, languages, test } from "./support/fixture.js";
import type { Server } from "./support/server.js";

const unsure = { en: "No reply yet. Checking whether the change was made…", ru: "Ответа пока нет. Проверяем, выполнено ли изменение…" };
const unknown = /It is not known whether the change was made\. You can safely try again/;

test.use({ own: {} });
test.beforeEach(({ guard }) => guard.allow(/ERR_(EMPTY_RESPONSE|CONNECTION_RESET|CONNECTION_CLOSED)|502/));

/**
 * Number of operations with audit entries for an action. A retry with the same idempotency key is not a new operation.
 */
const operations = (server: Server, action: string) => new Set(server.audit(action).map((entry) => entry.operation_id)).size;

interface Change {
  path: string;
  action: string;
  /** Makes the change in the app, up to the click that sends the request. */
  make: (account: Account) => Promise<void>;
  /** Returns the text of the message that reports success. */
  success: (account: Account) => string;
}

const changes: Record<string, Change> = {
  block: {
    path: "/clients/block",
    action: "clients_blocked",
    make: async (account) => {
      await account.select("alpha", "charlie");
      await account.tool("block").click();
      await account.confirm(account.words.question.block(2), "block");
    },
    success: ({ words }) => words.done.block(2),
  },
  unblock: {
    path: "/clients/unblock",
    action: "clients_unblocked",
    make: async (account) => {
      await account.choose("bravo", "unblock");
      await account.confirm(account.words.question.unblock(1), "unblock");
    },
    success: ({ words }) => words.done.unblock(1),
  },
  delete: {
    path: "/clients/detach",
    action: "clients_detached",
    make: async (account) => {
      await account.select("alpha", "charlie", "delta");
      await account.tool("delete").click();
      await account.confirm(account.words.question.delete(3), "delete");
    },
    success: ({ words }) => words.done.delete(3),
  },
  add: {
    path: "/invites",
    action: "invitation_created",
    make: async (account) => {
      await account.openAdd();
      await account.field("email").fill("lost@company.example");
      await account.submitAdd();
    },
    success: ({ words }) => words.invitationSent("lost@company.example"),
  },
};

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    for (const [name, change] of Object.entries(changes)) {
      test(`${name}: after a lost reply the app finds out the outcome, and the change was made once`, async ({ page, account, server }) => {
        await account.open();
        await server.faults({ method: "POST", path: change.path, kind: "drop_after" });
        await change.make(account);
        await expect(page.getByText(unsure[language])).toBeVisible();
        await server.faults();
        await expect(account.message(change.success(account))).toBeVisible();
        await expect(page.getByText(unsure[language])).toBeHidden();
        expect(operations(server, change.action)).toBe(1);
      });
    }

    test("contact: after a lost reply the app finds out the outcome, and the request was sent once", async ({ page, account, server }) => {
      const contact = new Contact(account);
      await page.goto(`/partner/app/${language}/contact`);
      await page.getByRole("textbox").fill("More, please.");
      await server.faults({ path: "/contact-requests", kind: "drop_after" });
      await contact.button.click();
      await expect(page.getByText(unsure[language])).toBeVisible();
      await server.faults();
      const number = await contact.number();
      expect(server.contactRequests().map(({ reference }) => reference)).toEqual([number]);
    });
  });
}

test("without any reply the app does not report a failure, and a retry finds the single effect", async ({ account, server }) => {
  const { words } = account;
  await account.open();
  await server.faults({ path: "/clients/block", kind: "drop_after" });
  await changes.block!.make(account);
  await expect(account.question.getByRole("alert")).toHaveText(words.notKnown(2));
  await expect(account.question.getByRole("listitem").first()).toContainText(unknown);
  await expect(account.selected(2)).toBeAttached();
  // The app sent the request and three retries, but the server applied the change only once.
  expect((await server.applied())[0]).toBeGreaterThanOrEqual(4);
  expect(operations(server, "clients_blocked")).toBe(1);
  await server.faults();
  await account.question.getByRole("button", { name: words.retryFailed }).click();
  await expect(account.message(words.done.block(2))).toBeVisible();
  expect(operations(server, "clients_blocked")).toBe(1);
});

test("a request that never arrived is sent again", async ({ account, server }) => {
  await account.open();
  await server.faults({ path: "/clients/block", kind: "drop_before", times: 3 });
  await changes.block!.make(account);
  await expect(account.message(account.words.done.block(2))).toBeVisible();
  expect(operations(server, "clients_blocked")).toBe(1);
});

// The request that resends an invitation email has no idempotency key, so a retry could send a second email. Therefore
// the app does not retry this request, and tells the user.
test("an invitation email whose reply is lost is not sent again automatically", async ({ account, server }) => {
  const { words } = account;
  await account.open();
  await account.choose("invited", "resend");
  await server.faults({ method: "POST", path: "/invites/", kind: "html" });
  const sent = account.countRequests(/^POST .*\/invites\//);
  await account.confirm(words.question.resend(1), "resend");
  await expect(account.question.getByRole("listitem")).toContainText("It is not known whether the invitation letter was sent");
  expect(sent.count()).toBe(1);
  expect(server.audit("invitation_resent")).toHaveLength(1);
});

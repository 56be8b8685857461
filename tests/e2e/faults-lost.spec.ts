// A reply that is lost after its effect: the account says that it does not know, finds out, and tells the truth.
import type { Account } from "./support/account.js";
import { Contact } from "./support/contact.js";
import { expect, languages, test } from "./support/fixture.js";
import type { Server } from "./support/server.js";

const unsure = { en: "No reply yet. Checking whether it was done…", ru: "Ответа пока нет. Проверяем, выполнено ли изменение…" };
const unknown = /It is not known whether the change was made\. Trying again is safe/;

test.use({ own: {} });
test.beforeEach(({ guard }) => guard.allow(/ERR_(EMPTY_RESPONSE|CONNECTION_RESET|CONNECTION_CLOSED)|502/));

/** Of how many calls the entries of an action are. */
const operations = (server: Server, action: string) => new Set(server.audit(action).map((entry) => entry.operation_id)).size;

interface Change {
  path: string;
  action: string;
  /** Asks for it, up to the press that sends it. */
  ask: (account: Account) => Promise<void>;
  /** The word on its success. */
  told: (account: Account) => string;
}

const changes: Record<string, Change> = {
  block: {
    path: "/clients/block",
    action: "clients_blocked",
    ask: async (account) => {
      await account.select("alpha", "charlie");
      await account.tool("block").click();
      await account.confirm(account.words.ask.block(2), "block");
    },
    told: ({ words }) => words.done.block(2),
  },
  unblock: {
    path: "/clients/unblock",
    action: "clients_unblocked",
    ask: async (account) => {
      await account.choose("bravo", "unblock");
      await account.confirm(account.words.ask.unblock(1), "unblock");
    },
    told: ({ words }) => words.done.unblock(1),
  },
  delete: {
    path: "/clients/detach",
    action: "clients_detached",
    ask: async (account) => {
      await account.select("alpha", "charlie", "delta");
      await account.tool("delete").click();
      await account.confirm(account.words.ask.delete(3), "delete");
    },
    told: ({ words }) => words.done.delete(3),
  },
  add: {
    path: "/invites",
    action: "invitation_created",
    ask: async (account) => {
      await account.openAdd();
      await account.field("email").fill("lost@company.example");
      await account.submitAdd();
    },
    told: ({ words }) => words.letterSent("lost@company.example"),
  },
};

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    for (const [name, change] of Object.entries(changes)) {
      test(`${name}: the reply is lost, the account finds out by itself, and it was done once`, async ({ page, account, server }) => {
        await account.open();
        await server.faults({ method: "POST", path: change.path, kind: "drop_after" });
        await change.ask(account);
        await expect(page.getByText(unsure[language])).toBeVisible();
        await server.faults();
        await expect(account.message(change.told(account))).toBeVisible();
        await expect(page.getByText(unsure[language])).toBeHidden();
        expect(operations(server, change.action)).toBe(1);
      });
    }

    test("contact: the reply is lost, the account finds out by itself, and it was sent once", async ({ page, account, server }) => {
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

test("where no reply ever comes, the account does not say that it failed, and trying again learns of the one effect", async ({ account, server }) => {
  const { words } = account;
  await account.open();
  await server.faults({ path: "/clients/block", kind: "drop_after" });
  await changes.block!.ask(account);
  await expect(account.question.getByRole("alert")).toHaveText(words.notKnown(2));
  await expect(account.question.getByRole("listitem").first()).toContainText(unknown);
  await expect(account.selected(2)).toBeAttached();
  // It was asked again, and its one effect stands.
  expect((await server.applied())[0]).toBeGreaterThanOrEqual(4);
  expect(operations(server, "clients_blocked")).toBe(1);
  await server.faults();
  await account.question.getByRole("button", { name: words.retryFailed }).click();
  await expect(account.message(words.done.block(2))).toBeVisible();
  expect(operations(server, "clients_blocked")).toBe(1);
});

test("a request that never arrived is sent again as well", async ({ account, server }) => {
  await account.open();
  await server.faults({ path: "/clients/block", kind: "drop_before", times: 3 });
  await changes.block!.ask(account);
  await expect(account.message(account.words.done.block(2))).toBeVisible();
  expect(operations(server, "clients_blocked")).toBe(1);
});

// A letter has no key: sent again, it may come twice. Nobody does that unasked, and it is said.
test("an invitation whose reply is lost is not sent again unasked", async ({ account, server }) => {
  const { words } = account;
  await account.open();
  await account.choose("invited", "resend");
  await server.faults({ method: "POST", path: "/invites/", kind: "html" });
  const sent = account.countRequests(/^POST .*\/invites\//);
  await account.confirm(words.ask.resend(1), "resend");
  await expect(account.question.getByRole("listitem")).toContainText("It is not known whether the letter was sent");
  expect(sent.count()).toBe(1);
  expect(server.audit("invitation_resent")).toHaveLength(1);
});

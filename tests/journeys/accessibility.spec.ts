// No page and no state breaks a rule of WCAG 2.2 A or AA that a machine can check, in light and in dark.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { Account } from "./support/account.js";
import { Balance } from "./support/balance.js";
import { Contact, anna } from "./support/contact.js";
import { expect, test } from "./support/fixture.js";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What breaks a rule, as `rule: where`. */
async function violations(page: Page): Promise<string[]> {
  // Colours on their way from one to another are not what anybody reads.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} (${node.failureSummary?.split("\n")[1]?.trim()})`));
}

const states: Record<string, (account: Account) => Promise<void>> = {
  "the clients": (account) => account.open(),
  "a selection, part of it hidden": async (account) => {
    await account.open();
    await account.select("alpha", "bravo");
    await account.search("alpha@client.example");
    await expect(account.page.getByText(account.words.notShown(1))).toBeVisible();
  },
  "a menu": async (account) => {
    await account.open();
    await account.menuButton("alpha").click();
    await expect(account.menu).toBeVisible();
  },
  "a confirmation": async (account) => {
    await account.open();
    await account.select("alpha", "bravo");
    await account.tool("block").click();
    await expect(account.question).toBeVisible();
  },
  "Add client with problems": async (account) => {
    await account.open();
    await account.openAdd();
    await account.field("email").fill("no address");
    await account.field("phone").fill("12ab");
    await account.submitAdd();
    await expect(account.page.getByRole("alert").filter({ hasText: account.words.problems(2) })).toBeVisible();
  },
  "the identifier of a client": async (account) => {
    await account.open();
    await account.choose("alpha", "identifier");
    await expect(account.page.getByRole("dialog")).toBeVisible();
  },
  "a link to hand over": async (account) => {
    await account.open("?q=invited%40client.example");
    await account.choose("invited", "link");
    await expect(account.page.getByRole("dialog")).toBeVisible();
  },
  "many clients to add": async (account) => {
    await account.open();
    await account.openAdd();
    await account.addDialog.getByRole("button", { name: "Add many…" }).click();
    await account.page.getByRole("textbox", { name: "Clients, one a line" }).fill("new@client.example\nnobody");
    await expect(account.page.getByRole("dialog").getByRole("listitem")).toHaveCount(2);
  },
  "the keys": async (account) => {
    await account.openWithKeys();
    await account.box("alpha").focus();
    await account.page.keyboard.press("?");
    await expect(account.page.getByRole("dialog")).toBeVisible();
  },
  "the palette": async (account) => {
    await account.openWithKeys();
    await account.box("alpha").focus();
    await account.page.keyboard.press("Control+k");
    await account.page.keyboard.type("client");
    await expect(account.page.getByRole("option").first()).toBeVisible();
  },
  "an invitation without its link": async (account) => {
    await account.page.goto("/partner/app/en/invitation");
    await expect(account.page.getByRole("heading", { name: "Open the link in your letter" })).toBeVisible();
  },
  "nothing found": async (account) => {
    await account.page.goto(account.address("?q=nobody"));
    await expect(account.page.getByRole("heading", { name: account.words.nothingFound })).toBeVisible();
  },
  "a balance, a group open down to its movements": async (account) => {
    const balance = new Balance(account);
    await balance.open("alpha");
    await balance.disclosure("DNS").click();
    await balance.grouped.locator("[data-level=bucket]").first().getByRole("button").click();
    await expect(balance.grouped.locator("[data-level=line]")).toBeVisible();
  },
  "a statement": async (account) => {
    const balance = new Balance(account);
    await balance.open("alpha", "?view=statement");
    await expect(balance.lines.first()).toBeVisible();
  },
  "the period of a balance, with a problem": async (account) => {
    const balance = new Balance(account);
    await balance.open("foxtrot");
    await balance.periodButton.click();
    await account.page.getByLabel(balance.words.firstDay).fill("2009-12-31");
    await account.button(balance.words.apply).click();
    await expect(account.page.getByLabel(balance.words.firstDay)).toHaveAttribute("aria-invalid", "true");
  },
  "a balance of which nothing can be shown": async (account) => {
    const balance = new Balance(account);
    await account.page.goto(balance.address("golf", "?from=odd"));
    await expect(account.page.getByText(balance.words.cannotShow)).toBeVisible();
  },
  "a period without movements": async (account) => {
    const balance = new Balance(account);
    await balance.open("hotel");
    await expect(account.page.getByRole("heading", { name: balance.words.nothing })).toBeVisible();
  },
  "an unknown page": async (account) => {
    await account.page.goto("/partner/app/en/no/such/page");
    await expect(account.page.getByRole("heading", { name: account.words.notFound })).toBeVisible();
  },
};
const onPhones = [
  "the clients",
  "a menu",
  "Add client with problems",
  "a balance, a group open down to its movements",
  "a statement",
  "the period of a balance, with a problem",
];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    for (const [what, reach] of Object.entries(states)) {
      test(`${what} ${onPhones.includes(what) ? "@phone" : ""}`, async ({ page, account }) => {
        await reach(account);
        expect(await violations(page)).toEqual([]);
      });
    }

    test("a list that failed", async ({ page, account, guard }) => {
      guard.allow(/500/);
      await page.route("**/api/v1/partners/**", (route) => route.fulfill({ status: 500, body: "{}" }));
      await page.goto(account.address());
      await expect(page.getByRole("heading", { name: account.words.notLoaded })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test("figures that failed to load anew", async ({ page, account, guard }) => {
      guard.allow(/500/);
      const balance = new Balance(account);
      await balance.open("alpha");
      await page.route("**/movements/summary?**", (route) => route.fulfill({ status: 500, body: "{}" }));
      await balance.choose(balance.words.debits);
      await expect(page.getByRole("alert").filter({ hasText: balance.words.oldFigures })).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });

    test.describe("on a server of its own", () => {
      test.use({ own: {} });

      test("a failure in part, and a message", async ({ page, account }) => {
        await account.open();
        await account.select("alpha", "held.once");
        await account.tool("block").click();
        await account.confirm(account.words.ask.block(2), "block");
        await expect(account.question.getByRole("alert")).toBeVisible();
        expect(await violations(page)).toEqual([]);
        await account.question.getByRole("button", { name: account.words.retryFailed }).click();
        await expect(account.message(account.words.done.block(2))).toBeVisible();
        expect(await violations(page)).toEqual([]);
      });
    });

    test.describe("signed out", () => {
      test.use({ isSignedIn: false });

      test("Contact sales: with problems, refused, and sent @phone", async ({ page, account, guard }) => {
        guard.allow(/429/);
        const contact = new Contact(account);
        await contact.open();
        await contact.fill({ email: "anna@gmial.com" });
        await contact.button.click();
        await expect(contact.summary).toBeFocused();
        expect(await violations(page)).toEqual([]);
        await contact.fill(anna);
        const replies = [{ status: 429, headers: { "retry-after": "60" } }, { status: 201, json: { reference: "C-48217395" } }];
        await page.route("**/contact-requests", (route) => route.fulfill(replies.shift()!));
        await contact.button.click();
        await expect(contact.summary).toContainText(contact.words.kept);
        expect(await violations(page)).toEqual([]);
        await contact.button.click();
        await contact.number();
        expect(await violations(page)).toEqual([]);
      });

      test("signing in, with a failure", async ({ page, account, guard }) => {
        guard.allow(/401/);
        await page.goto(account.address());
        await expect(account.button(account.words.signIn)).toBeVisible();
        expect(await violations(page)).toEqual([]);
        await account.signIn("not the password");
        await expect(page.getByRole("alert")).toHaveText(account.words.wrongPassword);
        expect(await violations(page)).toEqual([]);
      });
    });
  });
}

// The pages of the app in their states, and the steps that reach each state. screens.spec.ts checks these states, and
// screenshots.spec.ts takes screenshots of them.
import { expect } from "@playwright/test";
import type { Account } from "./account.js";
import { Balance, summary } from "./balance.js";
import { Contact, anna } from "./contact.js";
import { Expenses } from "./expenses.js";
import { InvitationPage } from "./invitation.js";

export interface Screen {
  reach: (account: Account) => Promise<void>;
  /** Complaints that the guard must allow, because the state causes them, such as failed requests. */
  allow?: RegExp;
  /** Whether the steps to this state change data, so that the test needs its own server. */
  changes?: true;
  isSignedOut?: true;
  /** Whether the screenshot shows the whole page instead of only the visible area. */
  isWhole?: true;
  /**
   * Whether the state needs a simulated clock. screens.spec.ts skips these states, because axe does not work with a
   * simulated clock.
   */
  isTimeless?: true;
}

const never = () => new Promise<void>(() => {});
const failure = { status: 500, body: "{}" };

const clients: Record<string, Screen> = {
  clients: { reach: (account) => account.open() },
  empty: {
    reach: async (account) => {
      await account.page.route(/\/api\/v1\/partners\/\w+\/(clients|invites)/, (route) => route.fulfill({ json: [] }));
      await account.page.goto(account.address());
      await expect(account.page.locator(".empty")).toBeVisible();
    },
  },
  scrolled: {
    reach: async (account) => {
      await account.open();
      await account.page.evaluate(() => scrollTo(0, 5_000));
      await expect(account.row("alpha")).toHaveCount(0);
    },
  },
  invited: {
    reach: async (account) => {
      await account.open("?status=invited");
      await expect(account.row("invited")).toBeVisible();
    },
  },
  selection: {
    reach: async (account) => {
      await account.open();
      await account.select("alpha", "bravo", "invited");
      await expect(account.selected(3)).toBeVisible();
    },
  },
  "selection-hidden": {
    reach: async (account) => {
      await account.open();
      await account.select("alpha", "bravo", "charlie");
      await account.search("alpha@client.example");
      await expect(account.page.getByText(account.words.notShown(2))).toBeVisible();
    },
  },
  "selection-list": {
    reach: async (account) => {
      await clients["selection-hidden"]!.reach(account);
      await account.button(account.words.showThem).click();
      await expect(account.page.getByRole("dialog")).toBeVisible();
    },
  },
  menu: {
    reach: async (account) => {
      await account.open();
      await account.menuButton("alpha").click();
      await expect(account.menu).toBeVisible();
    },
  },
  settings: {
    reach: async (account) => {
      await account.open();
      await account.button(account.words.settings).click();
      await expect(account.menu).toBeVisible();
    },
  },
  sort: {
    reach: async (account) => {
      await account.open();
      await account.button(account.words.sortedBy("Email")).click();
      await expect(account.menu).toBeVisible();
    },
  },
  "nothing-found": {
    reach: async (account) => {
      await account.page.goto(account.address("?q=nobody"));
      await expect(account.page.getByRole("heading", { name: account.words.nothingFound })).toBeVisible();
    },
  },
  failed: {
    allow: /500/,
    reach: async (account) => {
      await account.page.route("**/api/v1/partners/**", (route) => route.fulfill(failure));
      await account.page.goto(account.address());
      await expect(account.page.getByRole("heading", { name: account.words.notLoaded })).toBeVisible();
    },
  },
  loading: {
    reach: async (account) => {
      await account.page.route("**/api/v1/partners/**", never);
      await account.page.goto(account.address());
      await expect(account.page.getByText(account.words.loading)).toBeAttached();
    },
  },
  slow: {
    isTimeless: true,
    reach: async (account) => {
      await account.page.clock.install();
      await clients.loading!.reach(account);
      await account.page.clock.runFor(6_000);
      await expect(account.page.getByText(account.words.slow)).toBeVisible();
    },
  },
  message: {
    changes: true,
    reach: async (account) => {
      await account.open();
      await account.choose("alpha", "block");
      await account.confirm(account.words.question.block(1), "block");
      await expect(account.message(account.words.done.block(1))).toBeVisible();
    },
  },
};

const dialogs: Record<string, Screen> = {
  "confirm-block": {
    reach: async (account) => {
      await account.open();
      await account.select("alpha", "bravo", "charlie");
      await account.tool("block").click();
      await expect(account.question).toBeVisible();
    },
  },
  "confirm-delete": {
    reach: async (account) => {
      await account.open();
      await account.allBox.click();
      await account.tool("delete").click();
      await expect(account.question).toBeVisible();
    },
  },
  "failed-in-part": {
    changes: true,
    reach: async (account) => {
      await account.open();
      await account.select("alpha", "held.always");
      await account.tool("delete").click();
      await account.confirm(account.words.question.delete(2), "delete");
      await expect(account.question.getByRole("alert")).toBeVisible();
    },
  },
  add: {
    reach: async (account) => {
      await account.open();
      await account.openAdd();
    },
  },
  "add-problems": {
    reach: async (account) => {
      await account.open();
      await account.openAdd();
      await account.field("email").fill("no address");
      await account.field("phone").fill("12ab");
      await account.submitAdd();
      await expect(account.page.getByRole("alert").filter({ hasText: account.words.problems(2) })).toBeVisible();
    },
  },
  "add-many": {
    reach: async (account) => {
      await account.open();
      await account.openAdd();
      await account.addDialog.getByRole("button").last().click();
      await account.page.getByRole("textbox").last().fill("new@client.example\nnobody\nalpha@client.example");
      await expect(account.page.getByRole("dialog").getByRole("listitem")).toHaveCount(3);
    },
  },
  identifier: {
    reach: async (account) => {
      await account.open();
      await account.choose("alpha", "identifier");
      await expect(account.page.getByRole("dialog")).toBeVisible();
    },
  },
  link: {
    reach: async (account) => {
      await account.open("?q=invited%40client.example");
      await account.choose("invited", "link");
      await expect(account.page.getByRole("dialog")).toBeVisible();
    },
  },
  keys: {
    reach: async (account) => {
      await account.openWithKeys();
      await account.page.keyboard.press("?");
      await expect(account.page.getByRole("dialog")).toBeVisible();
    },
  },
  palette: {
    reach: async (account) => {
      await account.openWithKeys();
      await account.page.keyboard.press("Control+k");
      await account.page.keyboard.type("client");
      await expect(account.page.getByRole("option").first()).toBeVisible();
    },
  },
};

const balance: Record<string, Screen> = {
  balance: {
    isWhole: true,
    reach: async (account) => {
      const balance = new Balance(account);
      await balance.open("alpha");
      await balance.disclosure("DNS").click();
      await balance.grouped.locator("[data-level=bucket]").first().getByRole("button").click();
      await expect(balance.grouped.locator("[data-level=line]")).toBeVisible();
    },
  },
  "balance-debt": { isWhole: true, reach: (account) => new Balance(account).open("foxtrot") },
  statement: {
    isWhole: true,
    reach: async (account) => {
      const balance = new Balance(account);
      await balance.open("alpha", "?view=statement");
      await expect(balance.lines.first()).toBeVisible();
    },
  },
  "balance-empty": {
    reach: async (account) => {
      const balance = new Balance(account);
      await balance.open("hotel");
      await expect(account.page.getByRole("heading", { name: balance.words.nothing })).toBeVisible();
    },
  },
  "balance-invalid-url": {
    reach: async (account) => {
      const balance = new Balance(account);
      await account.page.goto(balance.address("golf", "?from=odd"));
      await expect(account.page.getByText(balance.words.cannotShow)).toBeVisible();
    },
  },
  "balance-old-figures": {
    allow: /500/,
    reach: async (account) => {
      const balance = new Balance(account);
      await balance.open("alpha");
      await account.page.route(summary, (route) => route.fulfill(failure));
      await balance.choose(balance.words.debits);
      await expect(account.page.getByRole("alert").filter({ hasText: balance.words.oldFigures })).toBeVisible();
    },
  },
  filters: {
    reach: async (account) => {
      const balance = new Balance(account);
      await balance.open("alpha", "?direction=debit");
      await balance.openFilters();
    },
  },
  period: {
    reach: async (account) => {
      const balance = new Balance(account);
      await balance.open("foxtrot");
      await balance.periodButton.click();
      await account.page.getByLabel(balance.words.firstDay).fill("2009-12-31");
      await account.button(balance.words.apply).click();
      await expect(account.page.getByLabel(balance.words.firstDay)).toHaveAttribute("aria-invalid", "true");
    },
  },
  expenses: { isWhole: true, reach: (account) => new Expenses(account).open("alpha") },
  "expenses-debt": { isWhole: true, reach: (account) => new Expenses(account).open("foxtrot") },
};

const others: Record<string, Screen> = {
  "not-found": {
    reach: async (account) => {
      await account.page.goto(`/partner/app/${account.language}/no/such/page`);
      await expect(account.page.getByRole("heading", { name: account.words.notFound })).toBeVisible();
    },
  },
  starting: {
    reach: async (account) => {
      await account.page.route(/\.wasm/, never);
      await account.page.goto(account.address(), { waitUntil: "commit" });
      await expect(account.page.locator(".skeleton-row").first()).toBeVisible();
    },
  },
  "not-started": {
    allow: /./,
    reach: async (account) => {
      await account.page.route(/\.wasm/, (route) => route.abort("connectionreset"));
      await account.page.goto(account.address());
      await expect(account.question).toBeVisible();
    },
  },
  expired: {
    allow: /401/,
    reach: async (account) => {
      await account.open();
      await account.page.context().clearCookies();
      await account.button(account.words.refresh).click();
      await expect(account.signInAgain).toBeVisible();
    },
  },
  "sign-in": {
    isSignedOut: true,
    reach: async (account) => {
      await account.page.goto(account.address());
      await expect(account.button(account.words.signIn)).toBeVisible();
    },
  },
  "sign-in-wrong": {
    isSignedOut: true,
    allow: /401/,
    reach: async (account) => {
      await others["sign-in"]!.reach(account);
      await account.signIn("not the password");
      await expect(account.page.getByRole("main").getByRole("alert")).toHaveText(account.words.wrongPassword);
    },
  },
  contact: { isSignedOut: true, isWhole: true, reach: (account) => new Contact(account).open() },
  "contact-problems": {
    isSignedOut: true,
    isWhole: true,
    reach: async (account) => {
      const contact = new Contact(account);
      await contact.open();
      await contact.fill({ email: "anna@gmial.com" });
      await contact.button.click();
      await expect(contact.summary).toBeFocused();
    },
  },
  "contact-refused": {
    isSignedOut: true,
    isWhole: true,
    allow: /429/,
    reach: async (account) => {
      const contact = new Contact(account);
      await contact.open();
      await contact.fill(anna);
      await account.page.route("**/contact-requests", (route) => route.fulfill({ status: 429, headers: { "retry-after": "60" } }));
      await contact.button.click();
      await expect(contact.summary).toContainText(contact.words.inputStays);
    },
  },
  "contact-sent": {
    isSignedOut: true,
    reach: async (account) => {
      const contact = new Contact(account);
      await contact.open();
      await contact.fill(anna);
      await account.page.route("**/contact-requests", (route) => route.fulfill({ status: 201, json: { reference: "C-48217395" } }));
      await contact.button.click();
      await contact.number();
    },
  },
  "invitation-without-link": {
    isSignedOut: true,
    reach: async (account) => {
      const invitation = new InvitationPage(account.page, account.language);
      await account.page.goto(invitation.address);
      await expect(invitation.heading(invitation.words.noLink)).toBeVisible();
    },
  },
};

export const screens: Record<string, Screen> = { ...clients, ...dialogs, ...balance, ...others };

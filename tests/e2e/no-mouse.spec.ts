// Users can do the main tasks with the keyboard only.
import type { Locator, Page } from "@playwright/test";
import { Balance } from "./support/balance.js";
import { Contact, anna } from "./support/contact.js";
import { Expenses } from "./support/expenses.js";
import { expect, test } from "./support/fixture.js";
import { InvitationPage } from "./support/invitation.js";
import { linkOf, writtenEmails } from "./support/mail.js";
import { demo } from "./support/server.js";

/** Presses Tab (or Shift+Tab) until the element has focus. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let press = 0; press < 60; press += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

test.use({ own: {} });

test.describe("signed out", () => {
  test.use({ isSignedIn: false });

  test("signing in and out", async ({ page, account }) => {
    await page.goto(account.address());
    await tabTo(page, page.getByLabel(account.words.email));
    await page.keyboard.type(demo.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(demo.password);
    await page.keyboard.press("Enter");
    await expect(account.row("alpha")).toBeVisible();
    await tabTo(page, account.button(account.words.accountOf(demo.email)), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    await expect(account.menuItem(account.words.signOut)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(account.button(account.words.signIn)).toBeVisible();
  });

  test("becoming a partner, after a problem", async ({ page, account }) => {
    const contact = new Contact(account);
    await contact.open();
    await tabTo(page, contact.button);
    await page.keyboard.press("Enter");
    await expect(contact.summary).toBeFocused();
    for (const name of ["name", "email", "phone", "company"] as const) {
      await tabTo(page, contact.field(name));
      await page.keyboard.type(anna[name]);
    }
    await page.keyboard.press("Enter");
    await contact.number();
  });
});

test("adding a client after a problem", async ({ page, account }) => {
  await account.open();
  await tabTo(page, page.getByRole("toolbar").getByRole("button", { name: account.words.add, exact: true }));
  await page.keyboard.press("Enter");
  await expect(account.field("email")).toBeFocused();
  await page.keyboard.type("no address");
  await page.keyboard.press("Enter");
  await expect(account.field("email")).toHaveAttribute("aria-invalid", "true");
  await tabTo(page, account.field("email"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("by.keys@client.example");
  await page.keyboard.press("Enter");
  await expect(account.message("by.keys@client.example")).toBeVisible();
  await expect(account.addDialog).toBeHidden();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
});

test("adding several clients at once", async ({ page, account }) => {
  await account.open();
  await tabTo(page, page.getByRole("toolbar").getByRole("button", { name: account.words.add, exact: true }));
  await page.keyboard.press("Enter");
  await tabTo(page, account.addDialog.getByRole("button", { name: "Add many…" }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Add many clients" });
  await tabTo(page, dialog.getByRole("textbox", { name: "Clients, one per line" }));
  await page.keyboard.type("first@many.example");
  await page.keyboard.press("Enter");
  await page.keyboard.type("second@many.example");
  await tabTo(page, dialog.getByRole("button", { name: "Invite 2 clients" }));
  await page.keyboard.press("Enter");
  await expect(account.message("2 clients invited")).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
});

test("changing an identifier from the menu of a row", async ({ page, account }) => {
  await account.openWithKeys();
  await tabTo(page, account.box("alpha"));
  await page.keyboard.press("Shift+F10");
  await expect(page.getByRole("menu")).toBeVisible();
  for (let press = 0; press < 12; press += 1) {
    if (await account.menuItem(account.words.menu.identifier).evaluate((item) => item === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  const field = page.getByRole("dialog", { name: "Identifier of alpha@client.example" }).getByRole("textbox");
  await expect(field).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("BY-KEYS");
  await page.keyboard.press("Enter");
  await expect(account.row("alpha")).toContainText("BY-KEYS");
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
});

test("accepting an invitation", async ({ page, account, server }) => {
  await account.open();
  await account.openAdd();
  await account.field("email").fill("anna@company.example");
  await account.submitAdd();
  await expect.poll(async () => (await writtenEmails(server, "anna@company.example")).length).toBe(1);
  const [message] = await writtenEmails(server, "anna@company.example");
  const invitation = new InvitationPage(page, account.language);
  await invitation.open(linkOf(message));
  await tabTo(page, invitation.button);
  await page.keyboard.press("Enter");
  await expect(invitation.heading(invitation.words.accepted)).toBeVisible();
});

test("searching, selecting and deleting clients", async ({ page, account }) => {
  await account.openWithKeys();
  await page.keyboard.press("/");
  await page.keyboard.type("client.example");
  await page.keyboard.press("ArrowDown");
  await expect(account.box("alpha")).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(account.selected(2)).toBeVisible();
  await tabTo(page, account.tool("delete"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await tabTo(page, account.confirmation(account.words.question.delete(2)).getByRole("button", { name: account.words.toolbar.delete, exact: true }));
  await page.keyboard.press("Enter");
  await expect(account.message(account.words.done.delete(2))).toBeVisible();
  await expect(account.row("alpha")).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
});

test("reading a balance: another period, debits only, the movements of a service, expenses", async ({ page, account }) => {
  const balance = new Balance(account);
  await account.open();
  await tabTo(page, page.getByRole("link", { name: "alpha@client.example" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText(balance.words.addsUp)).toBeVisible();
  await tabTo(page, balance.periodButton);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(balance.words.firstDay)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(balance.periodButton).toBeFocused();
  await tabTo(page, balance.choice(balance.words.both));
  await page.keyboard.press("ArrowRight");
  await expect(balance.choice(balance.words.debits)).toBeChecked();
  await balance.settled();
  await tabTo(page, balance.disclosure("DNS"));
  await page.keyboard.press("Enter");
  await expect(balance.grouped.locator("[data-level=bucket]").first()).toBeVisible();
  await tabTo(page, balance.tab(balance.words.expenses), "Shift+Tab");
  await page.keyboard.press("Enter");
  const expenses = new Expenses(account);
  await expect(expenses.table).toBeVisible();
  await tabTo(page, expenses.slider);
  await page.keyboard.press("End");
  await expect(expenses.sum).toBeVisible();
});

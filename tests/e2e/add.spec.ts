// Adding a client: the invitation is sent, and repeated clicks send only one request.
import type { Account } from "./support/account.js";
import { expect, languages, test } from "./support/fixture.js";

const invites = /^POST .*\/invites$/;

test.use({ own: {} });

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("a new client appears marked in the list, and its invitation email is sent @core @phone", async ({ page, account, server }) => {
      await account.open();
      await account.openAdd();
      await expect(account.field("email")).toBeFocused();
      await account.field("email").fill("  new.client@company.example ");
      await account.field("name").fill("ООО «Ромашка»");
      await account.field("phone").fill("8 (495) 123-45-67");
      await account.field("identifier").fill("CRM-77");
      await account.submitAdd();

      await expect(account.message(account.words.invitationSent("new.client@company.example"))).toBeVisible();
      await expect(account.addDialog).toBeHidden();
      await expect(page.getByText(account.words.clientCount(501), { exact: true })).toBeVisible();
      await account.search("new.client@company.example");
      const row = account.row("new.client@company.example");
      await expect(row).toContainText(account.words.isNew);
      await expect(row).toContainText(account.words.invited);
      await expect(row).toContainText("ООО «Ромашка»");
      await expect(row).toContainText("+7 495 123-45-67");
      await expect(row).toContainText("CRM-77");
      await expect.poll(() => server.emails()).toEqual([expect.stringContaining("new.client@company.example")]);

      await expect(page).toHaveURL(/q=new\.client/);
      await page.reload();
      await expect(row).toBeVisible();
      await expect(row).not.toContainText(account.words.isNew);
    });
  });
}

test("only the email is needed", async ({ account }) => {
  await account.open();
  await account.openAdd();
  await account.field("email").fill("only@company.example");
  await account.submitAdd();
  await expect(account.message("only@company.example")).toBeVisible();
});

test("an email with non-Latin letters is accepted", async ({ account, server }) => {
  await account.open();
  await account.openAdd();
  await account.field("email").fill("почта@новый-клиент.испытание");
  await account.submitAdd();
  await expect(account.message("почта@новый-клиент.испытание")).toBeVisible();
  await expect.poll(async () => (await server.emails()).length).toBe(1);
});

const repeatedInputs: Record<string, (account: Account) => Promise<void>> = {
  "a double click on Add": async (account) => {
    await account.addDialog.getByRole("button", { name: account.words.add, exact: true }).dblclick();
  },
  "Enter held down": async (account) => {
    await account.field("email").focus();
    for (let press = 0; press < 5; press++) await account.page.keyboard.down("Enter");
    await account.page.keyboard.up("Enter");
  },
};
for (const [what, repeat] of Object.entries(repeatedInputs)) {
  test(`${what} sends one request`, async ({ account, server }) => {
    await account.open();
    const sent = account.countRequests(invites);
    await account.openAdd();
    await account.field("email").fill("hurried@company.example");
    await repeat(account);
    await expect(account.message("hurried@company.example")).toBeVisible();
    await expect(account.addDialog).toBeHidden();
    expect(sent.count()).toBe(1);
    expect(server.audit("invitation_created")).toHaveLength(1);
  });
}

test("Esc and Cancel close the dialog, keep the draft, and return the focus @phone", async ({ page, account }) => {
  await account.open();
  await account.openAdd();
  await account.field("email").fill("half@");
  await page.keyboard.press("Escape");
  await expect(account.addDialog).toBeHidden();
  await expect(page.getByRole("toolbar").getByRole("button", { name: "Add" })).toBeFocused();
  await account.openAdd();
  await expect(account.field("email")).toHaveValue("half@");
  await account.button(account.words.cancel).click();
  await expect(account.addDialog).toBeHidden();
});

test("a draft survives a reload, and disappears once it is sent", async ({ page, account }) => {
  await account.open();
  await account.openAdd();
  await account.field("email").fill("draft@company.example");
  await account.field("name").fill("Half typed");
  await page.reload();
  await expect(account.addDialog).toBeVisible();
  await expect(account.field("email")).toHaveValue("draft@company.example");
  await expect(account.field("name")).toHaveValue("Half typed");
  await account.submitAdd();
  await expect(account.message("draft@company.example")).toBeVisible();
  await account.openAdd();
  await expect(account.field("email")).toHaveValue("");
  await expect(account.field("name")).toHaveValue("");
});

// Changing the identifier of a client from the row menu, also if two users change it at the same time.
import { expect, languages, test } from "./support/fixture.js";

test.use({ own: {} });

const words = {
  en: { title: "Identifier of alpha@client.example", save: "Save", saved: "Identifier saved", changed: "Someone else has changed the identifier to “FROM-A-COLLEAGUE”. Save again to replace it." },
  ru: { title: "Идентификатор клиента alpha@client.example", save: "Сохранить", saved: "Идентификатор сохранен", changed: "Кто-то изменил идентификатор на «FROM-A-COLLEAGUE». Сохраните еще раз, чтобы заменить его." },
};

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("an identifier is changed without changing the balance @phone", async ({ page, account, server }) => {
      const { title, save, saved } = words[language];
      await account.open();
      await account.search("alpha@client.example");
      const balance = await account.row("alpha").locator(".amount").innerText();
      await account.choose("alpha", "identifier");
      const field = page.getByRole("dialog", { name: title }).getByRole("textbox");
      await expect(field).toHaveValue("CRM-0001");
      await expect(field).toBeFocused();
      await field.fill("Договор № 7");
      await account.button(save).click();
      await expect(account.message(saved)).toBeVisible();
      await expect(account.row("alpha")).toContainText("Договор № 7");
      await expect(account.row("alpha").locator(".amount")).toHaveText(balance);
      await page.reload();
      await expect(account.row("alpha")).toContainText("Договор № 7");
      expect(server.audit("identifier_set")).toHaveLength(1);
    });

    test("a colleague's concurrent change is shown before it is replaced", async ({ page, account, guard }) => {
      guard.allow(/409/);
      const { title, save, saved, changed } = words[language];
      await account.open();
      await account.choose("alpha", "identifier");
      const dialog = page.getByRole("dialog", { name: title });
      // Change the identifier without the app, as a colleague in another session would.
      await page.evaluate(async () => {
        const { csrf_token: token, partner } = await (await fetch("/api/v1/auth/session")).json();
        await fetch(`/api/v1/partners/${partner.pid}/clients/mcs4410000001`, {
          method: "PUT",
          headers: { "content-type": "application/json", "x-csrf-token": token },
          body: JSON.stringify({ client_id: "FROM-A-COLLEAGUE" }),
        });
      });
      await dialog.getByRole("textbox").fill("MINE");
      await account.button(save).click();
      await expect(dialog.getByRole("alert")).toHaveText(changed);
      await expect(dialog.getByRole("textbox")).toHaveValue("MINE");
      await expect(account.row("alpha")).toContainText("FROM-A-COLLEAGUE");
      await account.button(save).click();
      await expect(account.message(saved)).toBeVisible();
      await expect(account.row("alpha")).toContainText("MINE");
    });
  });
}

test("an invalid identifier is reported at the field", async ({ page, account }) => {
  await account.open();
  await account.choose("alpha", "identifier");
  const dialog = page.getByRole("dialog", { name: words.en.title });
  await dialog.getByRole("textbox").fill("x".repeat(256));
  await account.button(words.en.save).click();
  await expect(dialog.getByText("Too long: at most 255 characters")).toBeVisible();
  await expect(dialog.getByRole("textbox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

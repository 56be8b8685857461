// If the API has only the published operations, features that need these operations work. The app disables all other
// features, and says why.
import { expect, languages, test } from "./support/fixture.js";
import { demo } from "./support/server.js";

const words = {
  en: {
    partner: "PID of your partner project",
    required: "Enter the PID",
    unknown: "There is no partner with this PID, or it is not yours.",
    notice: /you cannot add, block, unblock or delete clients yet/,
    reason: "Not available in this cloud yet",
    save: "Save",
    saved: "Identifier saved",
    noReports: "Movements and expenses are not available here yet",
    total: "Total",
  },
  ru: {
    partner: "PID вашего партнерского проекта",
    required: "Введите PID",
    unknown: "Партнера с таким PID нет, или у вас нет к нему доступа.",
    notice: /пока нельзя добавлять, блокировать, разблокировать и удалять клиентов/,
    reason: "В этом облаке пока недоступно",
    save: "Сохранить",
    saved: "Идентификатор сохранен",
    noReports: "Движения и расходы здесь пока недоступны",
    total: "Всего",
  },
};

test.use({ isSignedIn: false, own: { publishedOnly: true } });

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("the published operations work, and other features are disabled @phone", async ({ page, context, account, guard, server }) => {
      guard.allow(/404|ERR_INTERNET_DISCONNECTED/);
      const { partner, required, unknown, notice, reason, save, saved, noReports } = words[language];
      await page.goto(account.address());
      const field = page.getByLabel(partner);
      await page.getByLabel(account.words.email).fill(demo.email);
      await page.getByLabel(account.words.password).fill(demo.password);
      await account.button(account.words.signIn).click();
      await expect(page.getByText(required)).toBeVisible();
      await field.fill("mcs4400000002");
      await account.button(account.words.signIn).click();
      await expect(page.getByText(unknown)).toBeVisible();
      await field.fill(demo.pid);
      await account.button(account.words.signIn).click();

      // The published API has no operations to invite and block clients, so the app shows the list but disables these
      // actions.
      await expect(account.row("alpha")).toBeVisible();
      await expect(page.locator(".notice").getByText(notice)).toBeVisible();
      await expect(page.getByRole("toolbar").getByRole("button", { name: account.words.add, exact: true })).toHaveAttribute("title", reason);
      await account.search("alpha@client.example");
      await account.menuButton("alpha").click();
      await expect(account.menu.getByRole("menuitem").filter({ hasText: account.words.menu.block })).toHaveAttribute("aria-disabled", "true");
      await page.keyboard.press("Escape");

      // Changing a client's identifier and revoking an invitation work, because the published API has these operations.
      await account.choose("alpha", "identifier");
      await page.getByRole("dialog").getByRole("textbox").fill("PUBLISHED-1");
      await account.button(save).click();
      await expect(account.message(saved)).toBeVisible();
      await expect(account.row("alpha")).toContainText("PUBLISHED-1");
      await account.search("invited@client.example");
      await account.choose("invited", "revoke");
      await account.confirm(account.words.question.revoke(1), "revoke");
      await expect(account.message(account.words.done.revoke(1))).toBeVisible();
      expect(server.audit("invitation_revoked")).toHaveLength(1);

      // After a reload the user is still signed in, and the balance page shows the figures that the published API has.
      await page.reload();
      await account.search("alpha@client.example");
      await page.getByRole("link", { name: "alpha@client.example" }).first().click();
      await expect(page.getByRole("heading", { name: noReports })).toBeVisible();
      await expect(page.locator(".panel-figure[data-total] .amount")).toHaveText(/₽/);

      // A refresh without a connection fails. The app loads new figures when the connection is back.
      await context.setOffline(true);
      await account.button(account.words.refresh).first().click();
      const failure = page.getByRole("main").getByRole("alert").filter({ has: page.getByRole("button", { name: account.words.tryAgain }) });
      await expect(failure).toBeVisible();
      await context.setOffline(false);
      await expect(failure).toBeHidden();

      // The published API has no operation to sign out, so the app deletes the stored identity to show the sign-in page
      // again.
      await account.signOut();
      await expect(page.getByLabel(partner)).toBeVisible();
    });
  });
}

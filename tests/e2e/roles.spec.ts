// A read-only user sees all data and a notice. The app disables the actions that change data.
import { Balance } from "./support/balance.js";
import { expect, languages, test } from "./support/fixture.js";
import { demo } from "./support/server.js";

const words = {
  en: "Your role is viewer: you can see everything here but cannot change anything.",
  ru: "Ваша роль — наблюдатель: вы можете все просматривать, но не можете ничего менять.",
};

test.use({ isSignedIn: false });

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("a viewer sees clients and balances, and all changes are disabled @phone", async ({ page, account }) => {
      const changes = account.countRequests(/^(POST|PUT|DELETE) .*\/(clients|invites)/);
      await page.goto(account.address());
      await account.signIn(demo.password, "viewer@partner.example");
      await expect(account.row("alpha")).toBeVisible();
      await expect(page.locator(".notice").getByText(words[language])).toBeVisible();

      const add = page.getByRole("toolbar").getByRole("button", { name: account.words.add, exact: true });
      await expect(add).toHaveAttribute("aria-disabled", "true");
      await add.click({ force: true });
      await expect(account.addDialog).toBeHidden();

      await account.select("alpha");
      for (const action of ["block", "delete"] as const) {
        await expect(account.tool(action)).toHaveAttribute("aria-disabled", "true");
        await expect(account.tool(action)).toHaveAttribute("title", words[language]);
      }
      await account.menuButton("alpha").click();
      await expect(account.menu.getByRole("menuitem").filter({ hasText: account.words.menu.block })).toHaveAttribute("aria-disabled", "true");
      await expect(account.menu.getByRole("menuitem").filter({ hasText: account.words.menu.identifier })).toHaveAttribute("aria-disabled", "true");
      await page.keyboard.press("Escape");

      const balance = new Balance(account);
      await page.getByRole("link", { name: "alpha@client.example" }).first().click();
      await expect(page.getByText(balance.words.addsUp)).toBeVisible();
      expect(changes.count()).toBe(0);
    });
  });
}

test.describe("with changes", () => {
  test.use({ own: {} });

  test("a user who has just become a viewer is refused by the server", async ({ page, account, guard }) => {
    guard.allow(/403/);
    await page.goto(account.address());
    await account.signIn(demo.password, "viewer@partner.example");
    await expect(account.row("alpha")).toBeVisible();
    // Send the request without the app, because the app disables changes for viewers. A page that was loaded before the
    // role changed would still send it.
    const reply = await page.evaluate(async () => {
      const { csrf_token: token, partner } = await (await fetch("/api/v1/auth/session")).json();
      const reply = await fetch(`/api/v1/partners/${partner.pid}/clients/block`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-csrf-token": token, "idempotency-key": "one" },
        body: JSON.stringify({ pids: ["mcs4410000001"] }),
      });
      return { status: reply.status, code: (await reply.json()).code };
    });
    expect(reply).toEqual({ status: 403, code: "read_only" });
  });
});

// Signing in: the right password, the wrong one, too many tries, and the page that was asked for.
import { expect, languages, test } from "./support/fixture.js";
import { demo } from "./support/server.js";

test.use({ isSignedIn: false });

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("a partner signs in and sees the clients @core @phone", async ({ page, account }) => {
      await page.goto(account.address());
      await expect(page).toHaveTitle(new RegExp(account.words.product));
      await account.signIn();
      await expect(page.getByText(account.words.clientCount(500), { exact: true })).toBeVisible();
      await expect(account.row("alpha")).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
    });

    test("a wrong password is said in words, and nothing typed is lost", async ({ page, account, guard }) => {
      guard.allow(/401/);
      await page.goto(account.address());
      await account.signIn("not the password");
      await expect(page.getByRole("alert")).toHaveText(account.words.wrongPassword);
      await expect(page.getByLabel(account.words.email)).toHaveValue(demo.email);
      await expect(page.getByLabel(account.words.password)).toBeFocused();
    });
  });
}

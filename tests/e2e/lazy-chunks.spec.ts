// Lazy chunks that cannot be downloaded.
import type { Page } from "@playwright/test";
import { expect, languages, test } from "./support/fixture.js";

/** Makes the download of a lazy chunk fail until the returned function is called. */
async function withhold(page: Page, part: string): Promise<() => Promise<void>> {
  const pattern = new RegExp(`/split_${part}-[0-9a-f]+\\.wasm$`);
  await page.route(pattern, (route) => route.abort());
  return () => page.unroute(pattern);
}

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test.beforeEach(({ guard }) => guard.allow(/split_(dialogs|balance)-|Failed to fetch/));

    test("a dialog that cannot be downloaded shows a message, and the next click opens it", async ({ page, account }) => {
      const release = await withhold(page, "dialogs");
      await account.open();
      await account.button(account.words.add).click();
      await expect(page.getByText(account.words.partFailed)).toBeVisible();
      await release();
      await account.button(account.words.add).click();
      await expect(account.addDialog).toBeVisible();
    });

    test("a balance page that cannot be downloaded shows a notice, and Try again loads it", async ({ page, account }) => {
      const release = await withhold(page, "balance");
      await account.open();
      await account.row("alpha").getByRole("link").first().click();
      await expect(page.getByText(account.words.partFailed)).toBeVisible();
      await release();
      await account.button(account.words.tryAgain).click();
      await expect(page.getByRole("heading", { level: 1, name: /alpha/ })).toBeVisible();
    });
  });
}

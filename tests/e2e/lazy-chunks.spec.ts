// If a lazy chunk cannot be downloaded, the app shows a message and offers a retry.
import type { Page } from "@playwright/test";
import { expect, languages, test } from "./support/fixture.js";

/** Makes the download of a lazy chunk fail until the returned function is called. */
async function failDownload(page: Page, chunk: string): Promise<() => Promise<void>> {
  const pattern = new RegExp(`/split_${chunk}-[0-9a-f]+\\.wasm$`);
  await page.route(pattern, (route) => route.abort());
  return () => page.unroute(pattern);
}

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test.beforeEach(({ guard }) => guard.allow(/split_(dialogs|balance)-|Failed to fetch/));

    test("a dialog that cannot be downloaded shows a message, and the next click opens it", async ({ page, account }) => {
      const restore = await failDownload(page, "dialogs");
      await account.open();
      await account.button(account.words.add).click();
      await expect(page.getByText(account.words.chunkFailed)).toBeVisible();
      await restore();
      await account.button(account.words.add).click();
      await expect(account.addDialog).toBeVisible();
    });

    test("a balance page that cannot be downloaded shows a notice, and Try again loads it", async ({ page, account }) => {
      const restore = await failDownload(page, "balance");
      await account.open();
      await account.row("alpha").getByRole("link").first().click();
      await expect(page.getByText(account.words.chunkFailed)).toBeVisible();
      await restore();
      await account.button(account.words.tryAgain).click();
      await expect(page.getByRole("heading", { level: 1, name: /alpha/ })).toBeVisible();
    });
  });
}

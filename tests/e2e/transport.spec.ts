// Failures of `fetch` itself: it rejects with a value that is not an Error, or refuses a header value. Neither may
// crash the app.
import { expect, test } from "./support/fixture.js";
import { demo } from "./support/server.js";

for (const reason of ["a text", null, { code: 1 }]) {
  test(`a request that is rejected with ${JSON.stringify(reason)} shows a message, and the list loads on retry`, async ({ page, account }) => {
    await page.addInitScript(
      ([path, reason]) => {
        const original = window.fetch.bind(window);
        window.fetch = (input, init) => {
          const url = input instanceof Request ? input.url : String(input);
          const isRejected = url.includes(path as string) && !("isFetchRestored" in window);
          return isRejected ? Promise.reject(reason) : original(input, init);
        };
      },
      [`/${demo.pid}/clients/`, reason],
    );
    await page.goto(account.address());
    await expect(page.getByRole("heading", { name: account.words.notLoaded })).toBeVisible();
    await expect(page.getByRole("alert").getByText(/The server cannot be reached/)).toBeVisible();
    await page.evaluate(() => Object.assign(window, { isFetchRestored: true }));
    await account.button(account.words.tryAgain).click();
    await expect(page.getByText(account.words.clientCount(500), { exact: true })).toBeVisible();
  });
}

test("with a CSRF token that no header can carry, calls fail with a message, and the app goes on", async ({ page, account }) => {
  await page.route("**/api/v1/auth/session", async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, json: { ...(await reply.json()), csrf_token: "line\nbreak" } });
  });
  await page.goto(account.address());
  const failure = page.getByRole("heading", { name: account.words.notLoaded });
  await expect(failure).toBeVisible();
  await account.button(account.words.tryAgain).click();
  await expect(failure).toBeVisible();
  await expect(page.locator(".boot-screen")).toHaveCount(0);
});

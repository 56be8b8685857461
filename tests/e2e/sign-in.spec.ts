// Signing in with correct and wrong passwords, the rate limit, and the return to the page that the user requested.
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

    test("a wrong password shows a message, and the input stays", async ({ page, account, guard }) => {
      guard.allow(/401/);
      await page.goto(account.address());
      await account.signIn("not the password");
      await expect(page.getByRole("main").getByRole("alert")).toHaveText(account.words.wrongPassword);
      await expect(page.getByLabel(account.words.email)).toHaveValue(demo.email);
      await expect(page.getByLabel(account.words.password)).toBeFocused();
    });

    test.describe("with its own server", () => {
      test.use({ own: {} });

      test("after too many attempts the form says how long to wait", async ({ page, account, guard }) => {
        guard.allow(/401|429/);
        await page.goto(account.address());
        for (let attempt = 0; attempt < 5; attempt++) {
          const reply = page.waitForResponse("**/auth/signin");
          await account.signIn(`not the password ${attempt}`);
          expect((await reply).status()).toBe(401);
        }
        await account.signIn();
        await expect(page.getByRole("main").getByRole("alert")).toHaveText(account.words.lockedOut);
      });
    });
  });
}

test("the requested page and view open after signing in", async ({ page, account }) => {
  await page.goto(account.address("?q=client&status=blocked&sort=balance&order=desc"));
  await account.signIn();
  await expect(account.rows.first()).toContainText("bravo@client.example");
  await expect(account.filter("blocked")).toHaveAttribute("aria-current", "true");
  await expect(page).toHaveURL(/\/clients\/?\?q=client&status=blocked&sort=balance&order=desc$/);
});

test("the requested balance opens after signing in", async ({ page, account }) => {
  await page.goto("/partner/app/en/clients/mcs4410000001/balance");
  await account.signIn();
  await expect(page.getByRole("heading", { name: account.words.balanceOf("alpha@client.example") })).toBeVisible();
});

test("an unreachable server shows a message, and signing in works once it is back", async ({ page, account, guard }) => {
  guard.allow(/ERR_INTERNET_DISCONNECTED/);
  await page.goto(account.address());
  await page.route("**/auth/signin", (route) => route.abort("internetdisconnected"), { times: 1 });
  await account.signIn();
  await expect(page.getByRole("main").getByRole("alert")).toHaveText(account.words.serverAway);
  await account.button(account.words.signIn).click();
  await expect(account.row("alpha")).toBeVisible();
});

test("without email or password no request is sent, and the field shows the problem", async ({ page, account }) => {
  await page.goto(account.address());
  const sent = account.countRequests(/POST .*signin$/);
  await account.button(account.words.signIn).click();
  await expect(page.getByLabel(account.words.email)).toBeFocused();
  await expect(page.getByLabel(account.words.email)).toHaveAttribute("aria-invalid", "true");
  await account.signIn("");
  await expect(page.getByLabel(account.words.password)).toBeFocused();
  expect(sent.count()).toBe(0);
});

test.describe("with its own session", () => {
  test.use({ own: {}, isSignedIn: true });

  test("after signing out no data is left, not even after Back @phone", async ({ page, account }) => {
    await account.open();
    await account.openAdd();
    await account.field("email").fill("draft@company.example");
    await account.button(account.words.cancel).click();
    await account.signOut();
    await expect(page.getByRole("heading", { name: account.words.signIn })).toBeVisible();
    await expect(page.getByText("alpha@client.example")).toBeHidden();
    await page.goto("about:blank");
    await page.goBack();
    await expect(page.getByRole("heading", { name: account.words.signIn })).toBeVisible();
    await expect(page.getByText("alpha@client.example")).toBeHidden();
    await account.signIn();
    await account.openAdd();
    await expect(account.field("email")).toHaveValue("");
  });
});

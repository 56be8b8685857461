// Loading the client list: the page requests the list early and only once, and shows notices if the list is slow,
// failed or empty.
import type { Page } from "@playwright/test";
import { expect, languages, test } from "./support/fixture.js";

const clients = /\/clients\/\?limit=/;
const invitations = /\/invites$/;
const lists = /\/(clients\/\?limit=.*|invites)$/;
const wasm = /\.wasm(\?|$)/;

/** Delays requests that match the pattern until the test calls the returned function. */
async function hold(page: Page, pattern: RegExp): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => { release = resolve; });
  await page.route(pattern, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test("the list is requested while the app is downloading, and only once @core", async ({ page, account }) => {
  const release = await hold(page, wasm);
  const counts = ["auth/session", "clients/", "invites"].map((path) => account.countRequests(new RegExp(`^GET /api/.*${path}$`)));
  const requests = [page.waitForRequest(clients), page.waitForRequest(invitations)];
  await page.goto(account.address(), { waitUntil: "commit" });
  await Promise.all(requests);
  await expect(page.locator(".skeleton-row").first()).toBeVisible();
  release();
  await expect(account.row("alpha")).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(counts.map((it) => it.count())).toEqual([1, 1, 1]);
});

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("a list that fails shows a notice, and Try again loads it @phone", async ({ page, account, guard }) => {
      guard.allow(/500/);
      await page.route(lists, (route) => route.fulfill({ status: 500, body: "{}" }));
      await page.goto(account.address());
      await expect(page.getByRole("heading", { name: account.words.notLoaded })).toBeVisible();
      await expect(page.getByRole("alert").getByText("500")).toBeVisible();
      await page.unrouteAll();
      await account.button(account.words.tryAgain).click();
      await expect(account.row("alpha")).toBeVisible();
    });

    test("a slow list shows a skeleton, and later a notice", async ({ page, account }) => {
      await page.clock.install();
      const release = await hold(page, lists);
      await page.goto(account.address());
      await expect(page.getByText(account.words.loading)).toBeAttached();
      await expect(page.getByText(account.words.slow)).toBeHidden();
      await page.clock.runFor(5_500);
      await expect(page.getByText(account.words.slow)).toBeVisible();
      release();
      await expect(account.row("alpha")).toBeVisible();
      await expect(page.getByText(account.words.slow)).toBeHidden();
    });
  });
}

// The app loads clients and invitations with separate requests. If only one of them fails, the page must say that the
// list is incomplete.
for (const [missing, pattern] of [["the clients", clients], ["the invitations", invitations]] as const) {
  test(`a notice says that ${missing} are missing, and Try again loads them`, async ({ page, account, guard }) => {
    guard.allow(/500/);
    await page.route(pattern, (route) => route.fulfill({ status: 500, body: "{}" }));
    await page.goto(account.address("?q=%40client.example"));
    await expect(page.getByRole("alert").filter({ hasText: /could (not )?be loaded/ })).toBeVisible();
    await page.unrouteAll();
    await account.button(account.words.tryAgain).click();
    for (const client of ["alpha", "invited"]) await expect(account.row(client)).toBeVisible();
    await expect(page.getByText(/could (not )?be loaded/)).toBeHidden();
  });
}

test("a broken connection shows a notice, and Try again loads the list", async ({ page, account, guard }) => {
  guard.allow(/ERR_CONNECTION_RESET/);
  await page.route(/\/api\/v1\/partners/, (route) => route.abort("connectionreset"));
  await page.goto(account.address());
  await expect(page.getByText("The server cannot be reached")).toBeVisible();
  await page.unrouteAll();
  await account.button(account.words.tryAgain).click();
  await expect(account.row("alpha")).toBeVisible();
});

test("a refresh that fails keeps the list, with a notice", async ({ page, account, guard }) => {
  guard.allow(/500/);
  await account.open();
  await page.route(clients, (route) => route.fulfill({ status: 500, body: "{}" }), { times: 1 });
  await account.button(account.words.refresh).click();
  const alert = page.getByRole("alert").filter({ hasText: "Some clients could not be loaded." });
  await expect(alert).toBeVisible();
  await expect(account.row("alpha")).toBeVisible();
  await alert.getByRole("button", { name: account.words.tryAgain }).click();
  await expect(alert).toBeHidden();
});

test("a session that cannot be checked shows a notice, and Try again continues", async ({ page, account, guard }) => {
  guard.allow(/500/);
  await page.route("**/auth/session", (route) => route.fulfill({ status: 500, body: "{}" }));
  await page.goto(account.address());
  await expect(page.getByRole("heading", { name: account.words.notLoaded })).toBeVisible();
  await page.unrouteAll();
  await account.button(account.words.tryAgain).click();
  await expect(account.row("alpha")).toBeVisible();
});

for (const language of languages) {
  test.describe(`a partner without clients, ${language}`, () => {
    test.use({ language, own: { demo: false }, isSignedIn: false });

    test("is invited to add the first client @phone", async ({ page, account, server }) => {
      const { words } = account;
      server.createPartner("new@partner.example", "a long new password");
      await page.goto(account.address());
      await account.signIn("a long new password", "new@partner.example");
      await expect(page.getByRole("heading", { name: words.noClients })).toBeVisible();
      await page.getByRole("main").getByRole("button", { name: words.add, exact: true }).last().click();
      await account.field("email").fill("first@company.example");
      await account.submitAdd();
      await expect(account.row("first@company.example")).toBeVisible();
      await expect(page.getByText(words.clientCount(1), { exact: true })).toBeVisible();
    });
  });
}

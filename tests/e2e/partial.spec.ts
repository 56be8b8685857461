// Bulk actions that fail for some clients: the app lists these clients with a reason and keeps them selected. A retry
// changes each client only once.
import { expect, languages, test } from "./support/fixture.js";

test.use({ own: {} });
test.beforeEach(({ guard }) => guard.allow(/ERR_CONNECTION_(RESET|REFUSED)/, /503/));

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("a locked client is named with the reason, and Retry includes only this client @phone", async ({ account, server }) => {
      const { words } = account;
      await account.open();
      const sent = account.countRequests(/^POST .*\/clients\/block$/);
      await account.select("alpha", "held.once");
      await account.tool("block").click();
      await account.confirm(words.question.block(2), "block");
      const alert = account.question.getByRole("alert");
      await expect(alert).toContainText(words.done.block(1));
      await expect(alert).toContainText(words.notDone(1));
      await expect(account.question.getByRole("listitem")).toHaveText(`held.once@client.example${words.held}`);
      await expect(account.row("alpha")).toContainText(words.blocked);
      await expect(account.selected(1)).toBeAttached();

      await account.question.getByRole("button", { name: words.retryFailed }).click();
      await expect(account.message(words.done.block(2))).toBeVisible();
      await expect(account.question).toBeHidden();
      await expect(account.row("held.once")).toContainText(words.blocked);
      expect(sent.bodies()).toEqual([{ pids: ["mcs4410000001", "mcs4410000009"] }, { pids: ["mcs4410000009"] }]);
      expect(server.audit("clients_blocked").map((entry) => entry.result).sort()).toEqual(["conflict", "done", "done"]);
    });
  });
}

test("clients that are refused again stay in the dialog, and selected after closing", async ({ page, account }) => {
  const { words } = account;
  await account.open();
  await account.select("alpha", "held.always");
  await account.tool("delete").click();
  await account.confirm(words.question.delete(2), "delete");
  await expect(account.question.getByRole("alert")).toContainText(words.notDone(1));
  await expect(account.row("alpha")).toBeHidden();
  for (let attempt = 0; attempt < 2; attempt++) {
    const refused = page.waitForResponse(/\/clients\/detach$/);
    await account.question.getByRole("button", { name: words.retryFailed }).click();
    await refused;
    await expect(account.question.getByRole("alert")).toContainText(words.notDone(1));
  }
  await account.question.getByRole("button", { name: words.close }).last().click();
  await expect(account.question).toBeHidden();
  await expect(account.selected(1, 499)).toBeVisible();
  await expect(account.box("held.always")).toBeChecked();
});

test("a refused undo is reported like other failures", async ({ account }) => {
  const { words } = account;
  await account.open();
  await account.choose("alpha", "block");
  await account.confirm(words.question.block(1), "block");
  await account.page.route("**/clients/unblock", (route) => route.abort("connectionreset"));
  await account.message(words.done.block(1)).getByRole("button", { name: words.undo }).click();
  await expect(account.question.getByRole("alert")).toHaveText(words.notKnown(1));
  await account.page.unrouteAll();
  await account.question.getByRole("button", { name: words.retryFailed }).click();
  await expect(account.message(words.done.unblock(1))).toBeVisible();
  await expect(account.row("alpha")).not.toContainText(words.blocked);
});

// The test kills the server either before the server receives the request, or after the server has applied the change.
for (const [when, hasArrived] of [["before", false], ["after", true]] as const) {
  test(`if the server dies ${when} the effect, a retry after its restart has exactly one effect`, async ({ page, account, server }) => {
    const { words } = account;
    await account.open();
    await account.select("alpha", "charlie", "delta");
    await account.tool("delete").click();
    await page.route("**/clients/detach", async (route) => {
      if (hasArrived) await route.fetch();
      await server.kill();
      await route.abort("connectionreset");
    }, { times: 1 });
    await account.confirm(words.question.delete(3), "delete");
    await expect(account.question).toContainText("You can safely try again");
    await expect(account.question.getByRole("alert")).toHaveText(words.notKnown(3));
    await expect(account.selected(3)).toBeAttached();

    await server.launch();
    await account.question.getByRole("button", { name: words.retryFailed }).click();
    await expect(account.message(words.done.delete(3))).toBeVisible();
    await expect(account.row("alpha")).toBeHidden();
    await expect(page.getByText(words.clientCount(497), { exact: true })).toBeVisible();
    expect(server.audit("clients_detached").map((entry) => entry.result)).toEqual(["done", "done", "done"]);
  });
}

test("a server error shows a reference, and no input is lost", async ({ page, account, server }) => {
  const { words } = account;
  await account.open();
  await account.choose("alpha", "block");
  await page.route("**/clients/block", (route) => route.fulfill({ status: 503, body: "" }));
  await account.confirm(words.question.block(1), "block");
  await expect(account.question.getByRole("listitem")).toContainText("code 503");
  await page.unrouteAll();
  await account.question.getByRole("button", { name: words.retryFailed }).click();
  await expect(account.message(words.done.block(1))).toBeVisible();
  expect(server.audit("clients_blocked")).toHaveLength(1);
});


test("Esc does not close a confirmation while it is busy", async ({ page, account }) => {
  const { words } = account;
  await account.open();
  await account.choose("alpha", "block");
  let release = () => {};
  const released = new Promise<void>((resolve) => { release = resolve; });
  await page.route("**/clients/block", async (route) => {
    await released;
    await route.continue();
  });
  await account.confirm(words.question.block(1), "block");
  await expect(account.question.getByRole("button", { name: "Stop" })).toBeVisible();
  for (let press = 0; press < 3; press++) await page.keyboard.press("Escape");
  await expect(account.question).toBeVisible();
  release();
  await expect(account.message(words.done.block(1))).toBeVisible();
});

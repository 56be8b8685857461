// Adding a client with invalid input: each field shows its problem, and no input is lost.
import { expect, languages, test } from "./support/fixture.js";
import { demo } from "./support/server.js";

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("problems are listed above the form with links, and shown at their fields @phone", async ({ page, account }) => {
      const { words } = account;
      await account.open();
      const sent = account.countRequests(/^POST .*\/invites$/);
      await account.openAdd();
      await account.field("email").fill("no address");
      await account.field("phone").fill("12ab");
      await account.submitAdd();

      const summary = page.getByRole("alert").filter({ hasText: words.problems(2) });
      await expect(summary).toBeFocused();
      await expect(account.field("email")).toHaveAccessibleDescription(new RegExp(words.noEmail.replace(/[.+]/g, "\\$&")));
      await expect(account.field("email")).toHaveAttribute("aria-invalid", "true");
      await expect(account.field("phone")).toHaveAttribute("aria-invalid", "true");
      await expect(account.field("name")).not.toHaveAttribute("aria-invalid");

      await summary.getByRole("link", { name: words.noPhone }).click();
      await expect(account.field("phone")).toBeFocused();
      await expect(account.field("phone")).toHaveValue("12ab");
      await account.field("phone").fill("+7 495 123-45-67");
      await account.field("name").focus();
      await expect(account.field("phone")).not.toHaveAttribute("aria-invalid");
      await expect(page.getByRole("alert").filter({ hasText: words.problems(1) })).toBeVisible();
      expect(sent.count()).toBe(0);
    });

    test("an existing client or invitation cannot be added again", async ({ account }) => {
      const { words } = account;
      await account.open();
      await account.openAdd();
      await account.field("email").fill("Alpha@Client.example");
      await account.submitAdd();
      await expect(account.field("email")).toHaveAccessibleDescription(new RegExp(words.isClient));
      await account.field("email").fill("invited@client.example");
      await account.submitAdd();
      await expect(account.field("email")).toHaveAccessibleDescription(new RegExp(words.isInvited));
    });
  });
}

test("an empty email is reported", async ({ page, account }) => {
  await account.open();
  await account.openAdd();
  await account.submitAdd();
  await expect(page.getByRole("alert").getByRole("link", { name: account.words.needsEmail })).toBeVisible();
  await expect(account.field("email")).toHaveAccessibleDescription(new RegExp(account.words.needsEmail));
});

test("a likely typo in the domain shows a hint and can be ignored", async ({ account }) => {
  await account.open();
  await account.openAdd();
  await account.field("email").fill("ivan@gmial.com");
  await account.button(account.words.didYouMean("ivan@gmail.com")).click();
  await expect(account.field("email")).toHaveValue("ivan@gmail.com");
  await expect(account.button(/Did you mean/)).toBeHidden();
});

test.describe("problems that only the server knows", () => {
  test.use({ own: {} });

  test("the field reports an email that a colleague has just invited", async ({ account, page, server, guard }) => {
    guard.allow(/422/);
    await account.open();
    await account.openAdd();
    const reply = await page.evaluate(
      async ([path]) => {
        const session = await (await fetch("/api/v1/auth/session")).json();
        const headers = { "content-type": "application/json", "x-csrf-token": session.csrf_token, "idempotency-key": crypto.randomUUID() };
        return (await fetch(path, { method: "POST", headers, body: JSON.stringify({ email: "quick@company.example" }) })).status;
      },
      [`/api/v1/partners/${demo.pid}/invites`],
    );
    expect(reply).toBe(201);
    await account.field("email").fill("quick@company.example");
    await account.submitAdd();
    await expect(account.field("email")).toHaveAccessibleDescription(new RegExp(account.words.isInvited));
    await expect(page.getByRole("alert").filter({ hasText: account.words.problems(1) })).toBeFocused();
    await expect(account.field("email")).toHaveValue("quick@company.example");
    expect(server.audit("invitation_created")).toHaveLength(1);
  });

  test("after a server failure the dialog keeps its input, and a retry has one effect", async ({ page, account, server, guard }) => {
    guard.allow(/ERR_CONNECTION_RESET|ERR_FAILED/, /50\d/);
    await account.open();
    await account.openAdd();
    await account.field("email").fill("again@company.example");
    // The POST requests reach the server, but the test drops the replies, including those to retries.
    await page.route("**/invites", async (route) => {
      if (route.request().method() !== "POST") return route.fallback();
      await route.fetch();
      await route.abort("connectionreset");
    });
    await account.submitAdd();
    await expect(account.addDialog.getByRole("alert").filter({ hasText: "The server cannot be reached" })).toBeVisible();
    await page.unrouteAll();
    await expect(account.field("email")).toHaveValue("again@company.example");
    await account.submitAdd();
    await expect(account.message("again@company.example")).toBeVisible();
    await expect(account.addDialog).toBeHidden();
    expect(server.audit("invitation_created")).toHaveLength(1);
  });
});

// If the user goes Back while a change is being sent, the page that the user goes to reports the outcome.
import type { Account } from "./support/account.js";
import { expect, test } from "./support/fixture.js";

test.use({ own: {} });

interface Change {
  path: RegExp;
  /** Makes the change in the app, up to the click that sends the request. */
  make: (account: Account) => Promise<void>;
  /** Returns the text of the message that reports success. */
  success: (account: Account) => string;
  /** Text of the message if the server replies with an error. */
  failed: string;
  /** Text of the message if the connection breaks before the reply arrives. */
  lost: string | RegExp;
}

const changes: Record<string, Change> = {
  add: {
    path: /\/invites$/,
    make: async (account) => {
      await account.openAdd();
      await account.field("email").fill("left@company.example");
      await account.submitAdd();
    },
    success: ({ words }) => words.invitationSent("left@company.example"),
    failed: "left@company.example: The server reported an error",
    lost: /left@company\.example: .*It is not known whether the change was made/,
  },
  identifier: {
    path: /\/clients\/mcs4410000001$/,
    make: async (account) => {
      await account.choose("alpha", "identifier");
      await account.page.getByRole("dialog").getByRole("textbox").fill("LEFT-1");
      await account.button("Save").click();
    },
    success: () => "Identifier saved",
    failed: "Identifier of alpha@client.example: The server reported an error",
    lost: /Identifier of alpha@client\.example: .*It is not known whether the change was made/,
  },
  block: {
    path: /\/clients\/block$/,
    make: async (account) => {
      await account.choose("alpha", "block");
      await account.confirm(account.words.question.block(1), "block");
    },
    success: ({ words }) => words.done.block(1),
    failed: "Block 1 client? 1 not done",
    lost: "Block 1 client? 1 may or may not have been done",
  },
};

for (const [name, { path, make, success, failed, lost }] of Object.entries(changes)) {
  for (const end of ["succeeds", "fails", "is lost"] as const) {
    const fails = end !== "succeeds";
    test(`${name}: Back during a request that ${end}`, async ({ page, account, guard }) => {
      const balance = page.getByRole("heading", { name: account.words.balanceOf("bravo@client.example") });
      await account.open();
      await page.getByRole("link", { name: "bravo@client.example" }).click();
      await expect(balance).toBeVisible();
      await page.getByRole("link", { name: account.words.clients, exact: true }).click();
      await expect(account.row("alpha")).toBeVisible();

      // Hold the reply until the browser has gone back, so that the outcome arrives on another page.
      let arrive = () => {};
      const hasLeft = new Promise<void>((left) => (arrive = left));
      await page.route(path, async (route) => {
        if (route.request().method() === "GET") return route.fallback();
        await hasLeft;
        if (end === "fails") await route.fulfill({ status: 500 });
        else if (end === "is lost") await route.abort("connectionreset");
        else await route.fallback();
      });
      if (end === "fails") guard.allow(/500/);
      if (end === "is lost") guard.allow(/ERR_CONNECTION_RESET/);
      await make(account);
      await page.goBack();
      await expect(balance).toBeVisible();
      arrive();

      const word = { succeeds: success(account), fails: failed, "is lost": lost }[end];
      await expect(account.message(word)).toBeVisible();
      await expect(balance).toBeVisible();
      await page.goForward();
      await expect(account.row("alpha")).toBeAttached();
      // After going forward again, the dialog of a failed change is still open, so that the user can retry the change.
      const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
      await (fails ? expect(dialog).toBeVisible() : expect(dialog).toBeHidden());
      if (fails && name === "block") await expect(account.question.getByRole("alert")).toBeVisible();
    });
  }
}

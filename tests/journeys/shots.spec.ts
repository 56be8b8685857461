// Pictures of every page and state, for eyes: `SHOTS=1`, then look into target/shots.
import { fileURLToPath } from "node:url";
import type { Account } from "./support/account.js";
import { expect, languages, test } from "./support/fixture.js";

const folder = fileURLToPath(new URL("../../target/shots/", import.meta.url));

const never = () => new Promise<void>(() => {});

const states: Record<string, (account: Account) => Promise<void>> = {
  clients: (account) => account.open(),
  selection: async (account) => {
    await account.open();
    await account.select("alpha", "bravo", "charlie");
    await account.search("client.example");
    await account.search("alpha");
    await expect(account.selected(3)).toBeVisible();
  },
  "selection-hidden": async (account) => {
    await states.selection(account);
    await account.button(account.words.showThem).click();
    await expect(account.page.getByRole("dialog")).toBeVisible();
  },
  scrolled: async (account) => {
    await account.open();
    await account.page.evaluate(() => scrollTo(0, 5_000));
    await expect(account.row("alpha")).toHaveCount(0);
  },
  invited: async (account) => {
    await account.open("?status=invited");
    await expect(account.row("invited")).toBeVisible();
  },
  menu: async (account) => {
    await account.open();
    await account.menuButton("alpha").click();
    await expect(account.menu).toBeVisible();
  },
  settings: async (account) => {
    await account.open();
    await account.button(account.words.settings).click();
    await expect(account.menu).toBeVisible();
  },
  sort: async (account) => {
    await account.open();
    await account.button(account.words.sortedBy("Email")).click();
    await expect(account.menu).toBeVisible();
  },
  "confirm-block": async (account) => {
    await account.open();
    await account.select("alpha", "bravo", "charlie");
    await account.tool("block").click();
    await expect(account.question).toBeVisible();
  },
  "confirm-delete": async (account) => {
    await account.open();
    await account.allBox.click();
    await account.tool("delete").click();
    await expect(account.question).toBeVisible();
  },
  "failed-in-part": async (account) => {
    await account.open();
    await account.select("alpha", "held.always");
    await account.tool("delete").click();
    await account.confirm(account.words.ask.delete(2), "delete");
    await expect(account.question.getByRole("alert")).toBeVisible();
  },
  message: async (account) => {
    await account.open();
    await account.choose("alpha", "block");
    await account.confirm(account.words.ask.block(1), "block");
    await expect(account.message(account.words.done.block(1))).toBeVisible();
  },
  add: async (account) => {
    await account.open();
    await account.openAdd();
  },
  "add-problems": async (account) => {
    await account.open();
    await account.openAdd();
    await account.field("email").fill("no address");
    await account.field("phone").fill("12ab");
    await account.submitAdd();
    await expect(account.page.getByRole("alert").filter({ hasText: account.words.problems(2) })).toBeVisible();
  },
  added: async (account) => {
    await account.open();
    await account.openAdd();
    await account.field("email").fill("a.new.client@company.example");
    await account.submitAdd();
    await expect(account.message("a.new.client")).toBeVisible();
    await account.search("a.new");
    await expect(account.rows).toHaveCount(1);
  },
  "nothing-found": async (account) => {
    await account.page.goto(account.address("?q=nobody"));
    await expect(account.page.getByRole("heading", { name: account.words.nothingFound })).toBeVisible();
  },
  failed: async (account) => {
    await account.page.route("**/api/v1/partners/**", (route) => route.fulfill({ status: 500, body: "{}" }));
    await account.page.goto(account.address());
    await expect(account.page.getByRole("heading", { name: account.words.notLoaded })).toBeVisible();
  },
  loading: async (account) => {
    await account.page.route("**/api/v1/partners/**", never);
    await account.page.goto(account.address());
    await expect(account.page.getByText(account.words.loading)).toBeAttached();
  },
  slow: async (account) => {
    await account.page.clock.install();
    await states.loading(account);
    await account.page.clock.runFor(6_000);
    await expect(account.page.getByText(account.words.slow)).toBeVisible();
  },
  starting: async (account) => {
    await account.page.route(/\.wasm/, never);
    await account.page.goto(account.address(), { waitUntil: "commit" });
    await expect(account.page.locator(".skeleton-row").first()).toBeVisible();
  },
  "not-started": async (account) => {
    await account.page.route(/\.wasm/, (route) => route.abort("connectionreset"));
    await account.page.goto(account.address());
    await expect(account.question).toBeVisible();
  },
  balance: async (account) => {
    await account.page.goto(`/partner/app/${account.language}/clients/mcs4410000006/balance`);
    await expect(account.page.locator(".strip")).toBeVisible();
  },
  "not-found": async (account) => {
    await account.page.goto(`/partner/app/${account.language}/no/such/page`);
    await expect(account.page.getByRole("heading", { name: account.words.notFound })).toBeVisible();
  },
  expired: async (account) => {
    await account.open();
    await account.page.context().clearCookies();
    await account.button(account.words.refresh).click();
    await expect(account.signInAgain).toBeVisible();
  },
  "sign-in": async (account) => {
    await account.page.context().clearCookies();
    await account.page.goto(account.address());
    await expect(account.button(account.words.signIn)).toBeVisible();
  },
  "sign-in-wrong": async (account) => {
    await states["sign-in"](account);
    await account.signIn("not the password");
    await expect(account.page.getByRole("alert")).toHaveText(account.words.wrongPassword);
  },
};

for (const language of languages) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1280, 390]) {
      test.describe(`${width} ${language} ${colorScheme} @shots`, () => {
        test.use({ language, colorScheme, viewport: { width, height: width === 1280 ? 800 : 844 }, own: {} });

        for (const [name, reach] of Object.entries(states)) {
          test(name, async ({ page, account, guard }) => {
            guard.allow(/./);
            await reach(account);
            await page.screenshot({ path: `${folder}${name}-${width}-${language}-${colorScheme}.png`, animations: "disabled" });
          });
        }
      });
    }
  }
}

// Crashes: within a second a crash screen covers the page, the app's code stops running, and drafts are kept.
import { AxeBuilder } from "@axe-core/playwright";
import type { Account } from "./support/account.js";
import { expect, languages, test } from "./support/fixture.js";
import { panic, takeHistory } from "./support/panic.js";

const texts = {
  en: { panic: "Something went wrong", again: "The account keeps crashing", reload: "Reload the page", reset: "Start over" },
  ru: { panic: "Что-то пошло не так", again: "Кабинет снова остановился", reload: "Обновить страницу", reset: "Начать заново" },
};

test.use({ own: {} });
// Allow the console messages that a crash causes, also those from prefetch requests that it interrupts.
test.beforeEach(({ guard }) => guard.allow(/unreachable|RuntimeError|The account has stopped/));

/** Ways to make the app panic, by the code that panics. Searching updates the URL in a timer. */
const ways: Record<string, (account: Account) => Promise<void>> = {
  "in a click handler": (account) => account.filter("blocked").click(),
  "in a timer": (account) => account.search("alpha"),
};

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });
    const words = texts[language];

    for (const [where, cause] of Object.entries(ways)) {
      test(`a panic ${where} shows the crash screen within a second, and keeps the draft @phone`, async ({ page, account }) => {
        await account.open();
        await account.openAdd();
        await account.field("email").fill("draft@company.example");
        await page.keyboard.press("Escape");
        await expect(account.addDialog).toBeHidden();
        await takeHistory(page);
        // Measure the time in the page, because the test process would add its own delays.
        const shown = page.evaluate(() => new Promise<number>((resolve) => {
          let began = 0;
          document.addEventListener("pointerdown", () => { began = performance.now(); }, true);
          document.addEventListener("input", () => { began = performance.now(); }, true);
          new MutationObserver(() => document.querySelector(".boot-screen") && resolve(performance.now() - began)).observe(document.body, { childList: true });
        }));
        await cause(account);
        expect(await shown).toBeLessThan(1_000);
        const screen = page.getByRole("alertdialog", { name: words.panic });
        await expect(screen.getByRole("button", { name: words.reload })).toBeFocused();
        await expect(page.locator("#app")).toHaveAttribute("inert");
        // The screen shows the panic's location and message, but no stack trace.
        await expect(screen.locator(".boot-detail")).toHaveText([/^panicked at /, /removed by a test/]);
        const { violations } = await new AxeBuilder({ page }).include(".boot-screen").analyze();
        expect(violations).toEqual([]);

        await screen.getByRole("button", { name: words.reload }).click();
        await expect(screen).toBeHidden();
        await account.openAdd();
        await expect(account.field("email")).toHaveValue("draft@company.example");
      });
    }

    test("after repeated crashes, the user can start without drafts and view", async ({ page, account }) => {
      const crash = async () => {
        await expect(account.row("alpha")).toBeVisible();
        await panic(page);
      };
      await account.open("?q=client");
      await account.openAdd();
      await account.field("email").fill("draft@company.example");
      await page.keyboard.press("Escape");
      for (let time = 1; time <= 2; time++) {
        await crash();
        // Wait until the page has reloaded, because the list is also visible below the crash screen of the old page.
        const loaded = page.waitForEvent("load");
        await page.getByRole("alertdialog", { name: words.panic }).getByRole("button", { name: words.reload }).click();
        await loaded;
      }
      await crash();
      const screen = page.getByRole("alertdialog", { name: words.again });
      // The screen still offers to reload, because starting over would delete drafts.
      await expect(screen.getByRole("button", { name: words.reload })).toBeVisible();
      await screen.getByRole("button", { name: words.reset }).click();
      await expect(account.row("alpha")).toBeVisible();
      await expect(page.getByRole("searchbox")).toHaveValue("");
      await account.openAdd();
      await expect(account.field("email")).toHaveValue("");
    });
  });
}

test("after a crash no request, key or timer of the app works", async ({ page, account }) => {
  // Replace the browser's timer functions, so that the test can count pending timers.
  await page.addInitScript(() => {
    const live = new Set<number>();
    Object.assign(window, { live });
    for (const name of ["setTimeout", "setInterval"] as const) {
      const real = window[name] as (run: () => void, ...rest: unknown[]) => number;
      Object.assign(window, { [name]: (run: () => void, ...rest: unknown[]) => {
        const id = real(() => {
          if (name === "setTimeout") live.delete(id);
          run();
        }, ...rest);
        live.add(id);
        return id;
      } });
    }
    for (const name of ["clearTimeout", "clearInterval"] as const) {
      const real = window[name] as (id: number) => void;
      Object.assign(window, { [name]: (id: number) => {
        live.delete(id);
        real(id);
      } });
    }
  });
  const timers = () => page.evaluate(() => (window as unknown as { live: Set<number> }).live.size);
  await account.openWithKeys();
  // The reply to a request that is still on its way would start a timer after the crash, which aborts the next request.
  await page.waitForLoadState("networkidle");
  expect(await timers()).toBeGreaterThan(0);
  await panic(page);
  await expect(page.getByRole("alertdialog", { name: texts.en.panic })).toBeVisible();
  expect(await timers()).toBe(0);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  const before = await page.locator("#app").innerHTML();
  await page.keyboard.press("/");
  await page.keyboard.type("alpha");
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.evaluate(() => window.dispatchEvent(new PopStateEvent("popstate")));
  expect(await page.locator("#app").innerHTML()).toBe(before);
  expect(requests).toEqual([]);
  // The rest of the page is inert, so Tab and Shift+Tab only reach the button of the crash screen.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: texts.en.reload })).toBeFocused();
});

test("after a panic during a change, the reloaded list shows the server's state", async ({ page, account, server }) => {
  const { words } = account;
  await account.open();
  await server.faults({ path: "/clients/block", kind: "latency", millis: 800 });
  await account.choose("alpha", "block");
  await account.confirm(words.question.block(1), "block");
  await panic(page);
  const screen = page.getByRole("alertdialog", { name: texts.en.panic });
  await expect(screen).toBeVisible();
  await expect.poll(() => server.audit("clients_blocked").length).toBe(1);
  await screen.getByRole("button", { name: texts.en.reload }).click();
  await expect(account.row("alpha")).toContainText(words.blocked);
});

test("a truncated WebAssembly file shows the start failure screen", async ({ page, account }) => {
  await page.route(/partner-account_bg-\w+\.wasm$/, async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, body: (await reply.body()).subarray(0, 50_000) });
  });
  await page.goto(account.address());
  await expect(page.getByRole("alertdialog", { name: "The account could not start" })).toBeVisible();
});

// Display settings and focus: text spacing and text size cut nothing off, reduced motion stops animations, focus is
// visible, and with forced colours, selected options look different from others.
import type { Page } from "@playwright/test";
import { Balance } from "./support/balance.js";
import { expect, test } from "./support/fixture.js";
import { cutOff, sideways, unseenStops } from "./support/measures.js";
import { screens } from "./support/screens.js";

const main = ["clients", "selection", "add-problems", "balance", "statement", "expenses", "contact-problems"] as const;

/** Adds style rules to the page, as browser extensions for users with low vision do. */
async function restyle(page: Page, rules: string): Promise<void> {
  await page.addStyleTag({ content: rules });
  // Wait two frames, because the list measures its rows after the change and then renders them again.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

const settings = {
  "wide spacing of letters, words and lines": "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }",
  "text of twice the size": "html { font-size: 200% !important; }",
};

for (const name of main) {
  const { reach, isSignedOut } = screens[name]!;

  for (const [setting, rules] of Object.entries(settings)) {
    for (const width of [390, 1280]) {
      test.describe(`${width} px`, () => {
        // Bypass the content security policy, because the policy does not apply to browser extensions either.
        test.use({ bypassCSP: true, viewport: { width, height: 844 }, isSignedIn: !isSignedOut });

        test(`${name}: ${setting} cuts nothing off`, async ({ page, account }) => {
          await reach(account);
          await restyle(page, rules);
          // Check the page width only on phones, because on desktops a table with many columns may be wider than the
          // screen.
          if (width === 390) expect.soft(await sideways(page), "wider than the screen").toEqual([]);
          expect.soft(await cutOff(page), "cut off").toEqual([]);
        });
      });
    }
  }

  test.describe("by keyboard", () => {
    test.use({ isSignedIn: !isSignedOut });

    test(`${name}: focus is visible at every Tab stop`, async ({ page, account }) => {
      await reach(account);
      const { stops, unseen } = await unseenStops(page, 40);
      expect(unseen).toEqual([]);
      expect(stops).toBeGreaterThan(5);
    });
  });
}

test("reduced motion turns animations off", async ({ page, account }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await screens.loading!.reach(account);
  expect(await page.evaluate(() => document.getAnimations().filter((it) => it.playState === "running").length)).toBe(0);
});

test("in forced colours, selected options look different from others", async ({ page, account }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const looks = (selector: string) =>
    page.locator(selector).evaluateAll((all) => all.map((it) => { const style = getComputedStyle(it); return `${style.backgroundColor} ${style.borderBlockEndColor} ${style.outlineStyle}`; }));
  await account.open();
  const filters = await looks(".filter");
  expect(new Set(filters.slice(1)).size).toBe(1);
  expect(filters[0]).not.toBe(filters[1]);
  const balance = new Balance(account);
  await balance.open("alpha");
  const [day, week] = await looks("fieldset:first-of-type .segment-words");
  expect(day).not.toBe(week);
  const [detail, expenses] = await looks(".tab");
  expect(detail).not.toBe(expenses);
});

// Pseudo-localisation: the tests replace the app's texts in a loaded page with longer, accented, right-to-left texts.
// The layout must have room for them, because future languages may need it. Data of users is not replaced.
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixture.js";
import { cutOff, sideways } from "./support/measures.js";
import { screens } from "./support/screens.js";

async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const accents: Record<string, string> = { a: "å", c: "ç", e: "é", i: "ï", n: "ñ", o: "ö", s: "š", u: "ü", y: "ÿ", A: "Å", E: "É", I: "Ï", O: "Ö", U: "Ü" };
    const pseudo = (text: string) =>
      text.replace(/\p{L}[\p{L} ]*\p{L}/gu, (words) => {
        const padding = "łōñĝ ".repeat(9).slice(0, Math.ceil(words.length * 0.4));
        return [...words].map((letter) => accents[letter] ?? letter).join("") + padding.trimEnd();
      });
    document.documentElement.dir = "rtl";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest("bdi, .amount, script, style, .who-under")) node.nodeValue = pseudo(node.nodeValue ?? "");
    }
    for (const field of document.querySelectorAll("[placeholder]")) field.setAttribute("placeholder", pseudo(field.getAttribute("placeholder")!));
  });
  // Wait two frames, because the list measures its rows after the change and then renders them again.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

const names = ["clients", "selection-hidden", "confirm-block", "add-problems", "add-many", "keys", "balance", "statement", "filters", "period", "expenses", "sign-in", "contact-problems", "contact-sent"];

for (const width of [320, 1280]) {
  for (const name of names) {
    const { reach, isSignedOut } = screens[name]!;
    test.describe(`${width} px`, () => {
      test.use({ viewport: { width, height: 800 }, isSignedIn: !isSignedOut });

      test(`${name} has room for a longer right-to-left language`, async ({ page, account }) => {
        await reach(account);
        await translate(page);
        expect.soft(await sideways(page), "wider than the screen").toEqual([]);
        expect.soft(await cutOff(page), "cut off").toEqual([]);
      });
    });
  }
}

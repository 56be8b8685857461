// Checks the accessibility of the component gallery (crates/gallery), and of each dialog, menu and toast that opens
// from it.
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixture.js";
import { sideways, tooSmall, violations } from "./support/measures.js";
import { Server, setting } from "./support/server.js";

const sizes = { 320: { width: 320, height: 640 }, 1280: { width: 1280, height: 800 } };

test.use({ isSignedIn: false });

/** Names of the buttons that open a dialog, a popover or a toast, in page order. */
async function openers(page: Page): Promise<string[]> {
  return page.locator("button[data-opens], [data-opens] > button").evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label") ?? button.textContent!.trim()));
}

for (const [width, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme, hasTouch: viewport.width < 600, isMobile: viewport.width < 600 });

      test("every widget passes in every state", async ({ page }) => {
        const server = await Server.start({ demo: false, bundle: setting("PARTNER_GALLERY") });
        try {
          await page.goto(`${server.address}/partner/app/`);
          await expect(page.getByRole("heading", { name: "Icons" })).toBeVisible();
          expect.soft(await violations(page), "at rest").toEqual([]);
          expect.soft(await sideways(page), "wider than the screen").toEqual([]);
          expect.soft(await tooSmall(page, viewport.width < 600 ? 44 : 24), "too small to hit").toEqual([]);

          const look = (button: Locator) => button.evaluate((element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).color]);
          for (const off of await page.getByRole("button", { disabled: true }).all()) {
            const atRest = await look(off);
            await off.hover();
            await expect.poll(() => look(off), "pointed at").toEqual(atRest);
          }

          const names = await openers(page);
          expect(names.length).toBeGreaterThan(10);
          for (const [at, name] of names.entries()) {
            const opener = page.locator("button[data-opens], [data-opens] > button").nth(at);
            await opener.click();
            const opened = page.locator("dialog[open], :popover-open, .toast").last();
            await expect(opened, name).toBeVisible();
            expect.soft(await violations(page), name).toEqual([]);
            // Use the button of the dialog or toast if there is one, because Esc does not close toasts and busy
            // dialogs.
            const closeButton = opened.getByRole("button", { name: /^(Done|Stop)$/ }).or(page.locator(".toast").getByRole("button", { name: "Close" }));
            if (await closeButton.count()) await closeButton.last().click();
            else await page.keyboard.press("Escape");
            await expect(opened.and(page.locator("dialog[open], :popover-open")), name).toHaveCount(0);
          }
        } finally {
          await server.discard();
        }
      });
    });
  }
}

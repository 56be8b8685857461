// Checks the pages in support/screens.ts in both themes, on phones, tablets and desktops. Each page must pass axe's
// WCAG 2.2 A and AA rules, must not scroll sideways, and must have large enough touch targets.
import { expect, test } from "./support/fixture.js";
import { sideways, tooSmall, violations } from "./support/measures.js";
import { screens } from "./support/screens.js";

const phone = { isMobile: true, hasTouch: true };
const sizes = {
  320: { viewport: { width: 320, height: 640 }, ...phone },
  768: { viewport: { width: 768, height: 1024 }, ...phone },
  1280: { viewport: { width: 1280, height: 800 } },
};

for (const [width, size] of Object.entries(sizes)) {
  for (const [name, { reach, allow, changes, isSignedOut, isTimeless }] of Object.entries(screens)) {
    if (isTimeless) continue;
    test.describe(`${width} px`, () => {
      test.use({ ...size, own: changes ? {} : null, isSignedIn: !isSignedOut });

      test(name, async ({ page, account, guard }) => {
        if (allow) guard.allow(allow);
        await reach(account);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await violations(page), colorScheme).toEqual([]);
        }
        expect.soft(await sideways(page), "wider than the screen").toEqual([]);
        expect.soft(await tooSmall(page, "hasTouch" in size ? 44 : 24), "too small to hit").toEqual([]);
      });
    });
  }
}

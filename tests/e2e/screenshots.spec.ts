// Takes screenshots of the pages in support/screens.ts. `cargo xtask screenshots` runs this test and writes into
// target/screenshots.
import { fileURLToPath } from "node:url";
import { languages, test } from "./support/fixture.js";
import { screens } from "./support/screens.js";

const folder = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));

for (const language of languages) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1280, 390]) {
      const isPhone = width === 390;
      const size = { viewport: { width, height: isPhone ? 844 : 800 }, isMobile: isPhone, hasTouch: isPhone };
      for (const [name, { reach, changes, isSignedOut, isWhole }] of Object.entries(screens)) {
        test.describe(`${width} ${language} ${colorScheme} @screenshots`, () => {
          test.use({ language, colorScheme, ...size, own: changes ? {} : null, isSignedIn: !isSignedOut });

          test(name, async ({ page, account, guard }) => {
            guard.allow(/./);
            await reach(account);
            const path = `${folder}${width}-${language}-${colorScheme}/${name}.png`;
            await page.screenshot({ path, fullPage: Boolean(isWhole), animations: "disabled" });
          });
        });
      }
    }
  }
}

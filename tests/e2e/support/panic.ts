// Makes the app panic.
import type { Page } from "@playwright/test";

/** Makes `window.history` throw, so that the app's next navigation panics. */
export async function takeHistory(page: Page): Promise<void> {
  await page.evaluate(take, null);
}

/** Makes the app panic. It clicks in the same step, because the app also navigates by itself soon after its start. */
export async function panic(page: Page): Promise<void> {
  await page.evaluate(take, "a[href*='status=blocked']");
}

/** Runs in the page. `selector` names the element to click. */
function take(selector: string | null): void {
  Object.defineProperty(window, "history", { configurable: true, get: () => { throw new Error("removed by a test"); } });
  if (selector) document.querySelector<HTMLElement>(selector)!.click();
}

// Makes the app panic, to test what happens after a crash.
import type { Page } from "@playwright/test";

/** Makes `window.history` throw, so that the app's next navigation panics. */
export async function takeHistory(page: Page): Promise<void> {
  await page.evaluate(take, null);
}

/**
 * Makes the app panic at once: breaks `window.history` and clicks a link in one step. With two steps, the app could
 * panic before the click, because it also updates the URL by itself soon after its start.
 */
export async function panic(page: Page): Promise<void> {
  await page.evaluate(take, "a[href*='status=blocked']");
}

/** Makes `window.history` throw, and clicks the element with this selector. This function runs in the page. */
function take(selector: string | null): void {
  Object.defineProperty(window, "history", { configurable: true, get: () => { throw new Error("removed by a test"); } });
  if (selector) document.querySelector<HTMLElement>(selector)!.click();
}

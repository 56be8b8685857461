// How a journey makes the program panic.
import type { Page } from "@playwright/test";

/** Takes something away from the program without which it cannot go on: whoever navigates next panics. */
export async function takeHistory(page: Page): Promise<void> {
  await page.evaluate(take, null);
}

/** Has it panic at once. The press is one step with the taking away: soon after its start it writes its address by itself. */
export async function panic(page: Page): Promise<void> {
  await page.evaluate(take, "a[href*='status=blocked']");
}

/** In the page. `press` is what is pressed then. */
function take(press: string | null): void {
  Object.defineProperty(window, "history", { configurable: true, get: () => { throw new Error("taken away by a test"); } });
  if (press) document.querySelector<HTMLElement>(press)!.click();
}

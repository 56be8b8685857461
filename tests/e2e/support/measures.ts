// Layout and accessibility measurements of a page.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Returns the violations of accessibility rules that axe finds, in the form `rule: element (problem)`. */
export async function violations(page: Page): Promise<string[]> {
  // Wait until colour transitions have ended, because axe would measure the contrast of intermediate colours.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((animation) => animation.effect?.getTiming().iterations !== Infinity).map((animation) => animation.finished.catch(() => {}))));
  // Disable axe's rule for target sizes, because `tooSmall` checks target sizes more strictly. The rule also reports
  // elements that are only partly scrolled into view.
  const axe = new AxeBuilder({ page }).withTags(tags).disableRules("target-size");
  // If a popover is open, check only the popover, because axe miscalculates colours below its backdrop.
  if (await page.locator(":popover-open").count()) axe.include(":popover-open");
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} (${node.failureSummary?.split("\n")[1]?.trim()})`));
}

/**
 * If the page scrolls sideways, returns the width of the page and up to five elements that reach beyond the right edge
 * of the screen.
 */
export async function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const isScrolled = (element: Element | null): boolean =>
      element !== null && element !== document.body && (getComputedStyle(element).overflowX !== "visible" || isScrolled(element.parentElement));
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > width && !isScrolled(element.parentElement),
    );
    return [`page: ${document.documentElement.scrollWidth} of ${width} px`, ...wide.slice(0, 5).map((element) => `${element.tagName}.${element.getAttribute("class")}`)];
  });
}

/**
 * Returns the controls whose clickable area is narrower or lower than `least` pixels. A label that wraps a control
 * counts as clickable. Links in running text are exempt (WCAG 2.5.8).
 */
export async function tooSmall(page: Page, least: number): Promise<string[]> {
  return page.evaluate((least) => {
    const modal = [...document.querySelectorAll("dialog:modal, :popover-open")].at(-1) ?? document.body;
    const targets = [...modal.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option], [role^=menuitem]")];
    return targets.flatMap((target) => {
      const style = getComputedStyle(target);
      if (!target.checkVisibility({ visibilityProperty: true }) || style.display === "inline" || style.pointerEvents === "none") return [];
      const label = target.closest("label") ?? target;
      let { width, height } = label.getBoundingClientRect();
      // Round the size, because edges are not at whole pixels if the scale of the page is fractional.
      if (Math.round(width) >= least && Math.round(height) >= least) return [];
      // Ignore visually hidden elements: controls for keyboard users, and the hidden field that catches bots.
      if (width <= 1 || height <= 1 || target.matches(".skip-link:not(:focus), [aria-hidden=true] *")) return [];
      // Measure the clickable area point by point, because it can be larger than the visible element.
      label.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const { left, top, width: drawnWidth, height: drawnHeight } = label.getBoundingClientRect();
      const isHit = (x: number, y: number) => label.contains(document.elementFromPoint(x, y));
      const extent = (at: (offset: number) => boolean) => {
        let [low, high] = [0, 0];
        while (low < least && at(-low - 1)) low += 1;
        while (high < least && at(high + 1)) high += 1;
        return low + high;
      };
      const [x, y] = [left + drawnWidth / 2, top + drawnHeight / 2];
      width = Math.max(width, extent((offset) => isHit(x + offset, y)));
      height = Math.max(height, extent((offset) => isHit(x, y + offset)));
      // Tolerate one missing pixel, because a pixel at the edge can belong to the neighbouring element.
      if (Math.round(width) >= least - 1 && Math.round(height) >= least - 1) return [];
      const name = target.getAttribute("aria-label") ?? target.textContent?.trim();
      return [`${target.tagName}.${target.className} “${name?.slice(0, 40)}”: ${Math.round(width)}×${Math.round(height)}`];
    });
  }, least);
}

/**
 * Presses Tab repeatedly. Counts the elements that get focus, and returns those without a focus ring or covered by
 * others.
 */
export async function unseenStops(page: Page, presses: number): Promise<{ stops: number; unseen: string[] }> {
  const unseen: string[] = [];
  const stops = new Set<string>();
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const active = document.activeElement;
      if (!active || active === document.body) return null;
      const name = active.getAttribute("aria-label") ?? active.textContent?.trim() ?? "";
      // A visually hidden checkbox has no focus ring of its own: its sibling or its label shows the ring instead.
      const drawn = [active, active.nextElementSibling, active.closest("label")].filter(
        (element) => element !== null && element.getBoundingClientRect().width > 1,
      ) as Element[];
      const ringed = drawn.find((element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      });
      const box = (ringed ?? active).getBoundingClientRect();
      const over = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
      // If the element ignores the pointer, `elementFromPoint` returns an element below it, such as its parent.
      const passes = getComputedStyle(active).pointerEvents === "none";
      const isOnTop = over !== null && ((passes ? active.parentElement : (ringed ?? active))?.contains(over) ?? false);
      return { name: `${active.tagName} “${name.slice(0, 40)}”`, hasRing: Boolean(ringed), isOnTop };
    });
    if (!stop) continue;
    stops.add(stop.name);
    if (!stop.hasRing) unseen.push(`no ring: ${stop.name}`);
    if (!stop.isOnTop) unseen.push(`covered: ${stop.name}`);
  }
  return { stops: stops.size, unseen };
}

/** Returns elements that cut off their text without an ellipsis. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("main *, dialog *")]
      .filter((element) => {
        const style = getComputedStyle(element);
        if (style.overflow === "visible" || /auto|scroll/.test(style.overflowX + style.overflowY) || style.position === "absolute") return false;
        const hasSign = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
        return element.checkVisibility() && !hasSign && (element.scrollHeight > element.clientHeight + 2 || element.scrollWidth > element.clientWidth + 2);
      })
      .map((element) => `${element.tagName}.${element.getAttribute("class")} “${element.textContent?.trim().slice(0, 40)}”`),
  );
}

// Layout and accessibility measurements of a page.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Violations found by axe, as `rule: element`. */
export async function violations(page: Page): Promise<string[]> {
  // Wait for colour transitions, which distort the contrast.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((animation) => animation.effect?.getTiming().iterations !== Infinity).map((animation) => animation.finished.catch(() => {}))));
  // `tooSmall` measures target sizes more strictly, and ignores partly scrolled elements.
  const axe = new AxeBuilder({ page }).withTags(tags).disableRules("target-size");
  // Exclude content below a backdrop, because axe miscalculates its colours.
  if (await page.locator(":popover-open").count()) axe.include(":popover-open");
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} (${node.failureSummary?.split("\n")[1]?.trim()})`));
}

/** Elements beyond the right edge of the screen that make the page scroll sideways. */
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
 * Controls smaller than a number of pixels in one direction, with their wrapping label included. Links in running text are
 * exempt (WCAG 2.5.8), and elements scrolled out of view are ignored.
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
      // Round, because edges are not whole pixels at fractional scales.
      if (Math.round(width) >= least && Math.round(height) >= least) return [];
      // Ignore visually hidden elements: keyboard-only controls and the honeypot.
      if (width <= 1 || height <= 1 || target.matches(".skip-link:not(:focus), [aria-hidden=true] *")) return [];
      // The clickable area can be larger than the visible element.
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
      // A pixel at the edge can belong to a neighbour.
      if (Math.round(width) >= least - 1 && Math.round(height) >= least - 1) return [];
      const name = target.getAttribute("aria-label") ?? target.textContent?.trim();
      return [`${target.tagName}.${target.className} “${name?.slice(0, 40)}”: ${Math.round(width)}×${Math.round(height)}`];
    });
  }, least);
}

/** Number of elements that get focus by pressing Tab, and those whose focus is invisible: without a ring, or covered. */
export async function unseenStops(page: Page, presses: number): Promise<{ stops: number; unseen: string[] }> {
  const unseen: string[] = [];
  const stops = new Set<string>();
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const active = document.activeElement;
      if (!active || active === document.body) return null;
      const name = active.getAttribute("aria-label") ?? active.textContent?.trim() ?? "";
      // A visually hidden checkbox is drawn by its sibling or parent.
      const drawn = [active, active.nextElementSibling, active.closest("label")].filter(
        (element) => element !== null && element.getBoundingClientRect().width > 1,
      ) as Element[];
      const ringed = drawn.find((element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      });
      const box = (ringed ?? active).getBoundingClientRect();
      const over = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
      // An element without pointer events is found by its parent.
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

/** Texts that are cut off without an ellipsis. */
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

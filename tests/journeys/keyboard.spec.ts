// Everything without a mouse, and the focus where one expects it.
import { expect, languages, test } from "./support/fixture.js";

test("Enter on … opens the menu, keys move in it, and Esc gives the focus back", async ({ page, account }) => {
  const { menu } = account.words;
  await account.open();
  await account.menuButton("alpha").focus();
  await page.keyboard.press("Enter");
  await expect(account.menuItem(menu.balance)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(account.menuItem(menu.identifier)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(account.menuItem(menu.block)).toBeFocused();
  await page.keyboard.press("End");
  await expect(account.menuItem(menu.delete)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(account.menuItem(menu.balance)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(account.menuItem(menu.delete)).toBeFocused();
  await page.keyboard.press("Home");
  await expect(account.menuItem(menu.balance)).toBeFocused();
  await page.keyboard.press("d");
  await expect(account.menuItem(menu.delete)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(account.menu).toBeHidden();
  await expect(account.menuButton("alpha")).toBeFocused();
});

for (const key of ["ContextMenu", "Shift+F10"]) {
  test(`${key} opens the menu of the row that has the focus`, async ({ page, account }) => {
    await account.open();
    await account.box("bravo").focus();
    await page.keyboard.press(key);
    await expect(page.getByRole("menu", { name: account.words.actionsFor("bravo@client.example") })).toBeVisible();
    await expect(account.menuItem(account.words.menu.balance)).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(account.menu).toBeHidden();
    await expect(account.box("bravo")).toBeFocused();
  });
}

test("a right click opens the same menu as …, at the pointer", async ({ page, account }) => {
  await account.open();
  await account.menuButton("alpha").click();
  const entries = await account.menu.getByRole("menuitem").allTextContents();
  await page.keyboard.press("Escape");
  await account.row("alpha").click({ button: "right", position: { x: 300, y: 20 } });
  expect(await account.menu.getByRole("menuitem").allTextContents()).toEqual(entries);
  const [menu, row] = [await account.menu.boundingBox(), await account.row("alpha").boundingBox()];
  expect(Math.abs(menu!.x - row!.x - 300)).toBeLessThan(8);
  await page.mouse.click(5, 5);
  await expect(account.menu).toBeHidden();
});

test("cancelling a confirmation gives the focus back to the … it came from", async ({ page, account }) => {
  await account.open();
  for (const leave of ["Escape", "Cancel"]) {
    await account.menuButton("charlie").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await expect(account.question.getByRole("button", { name: account.words.cancel })).toBeFocused();
    await page.keyboard.press(leave === "Escape" ? "Escape" : "Enter");
    await expect(account.question).toBeHidden();
    await expect(account.menuButton("charlie")).toBeFocused();
  }
});

test("cancelling a confirmation of the toolbar gives the focus back to its button", async ({ page, account }) => {
  await account.open();
  await account.select("alpha");
  await account.tool("block").focus();
  await page.keyboard.press("Enter");
  await expect(account.question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(account.question).toBeHidden();
  await expect(account.tool("block")).toBeFocused();
});

test.describe("on a server of its own", () => {
  test.use({ own: {} });

  for (const language of languages) {
    test.describe(language, () => {
      test.use({ language });

      test("a client is blocked without a mouse @core", async ({ page, account }) => {
        const { words } = account;
        await account.open();
        await account.menuButton("alpha").focus();
        await page.keyboard.press("Enter");
        await expect(account.menuItem(words.menu.balance)).toBeFocused();
        for (const _ of ["Copy PID", "Identifier", "Block"]) await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await expect(account.question.getByRole("button", { name: words.toolbar.block })).toBeFocused();
        await page.keyboard.press("Enter");
        await expect(account.message(words.done.block(1))).toBeVisible();
        await expect(account.question).toBeHidden();
        await expect(account.menuButton("alpha")).toBeFocused();
      });
    });
  }

  test("after deleting a client, the one that took its place has the focus", async ({ page, account }) => {
    await account.open();
    await account.menuButton("charlie").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await account.confirm(account.words.ask.delete(1), "delete");
    await expect(account.message(account.words.done.delete(1))).toBeVisible();
    await expect(account.row("charlie")).toBeHidden();
    await expect(account.menuButton("delta")).toBeFocused();
  });

  test("after deleting the last client of a view, the focus is not lost", async ({ page, account }) => {
    await account.open("?q=charlie%40client.example");
    await account.choose("charlie", "delete");
    await account.confirm(account.words.ask.delete(1), "delete");
    await expect(account.message(account.words.done.delete(1))).toBeVisible();
    await expect(account.question).toBeHidden();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
  });
});

test("a link before everything skips to the content", async ({ page, account }) => {
  await account.open();
  const skip = page.getByRole("link", { name: "Skip to content" });
  await skip.focus();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(account.heading).toBeFocused();
});

test("Space selects a row, and a menu closes when the focus leaves it by Tab", async ({ page, account }) => {
  await account.open();
  await account.box("alpha").focus();
  await page.keyboard.press("Space");
  await expect(account.box("alpha")).toBeChecked();
  await account.button(account.words.settings).focus();
  await page.keyboard.press("Enter");
  await expect(account.menu).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(account.menu).toBeHidden();
  await expect(account.button(account.words.settings)).toBeFocused();
});

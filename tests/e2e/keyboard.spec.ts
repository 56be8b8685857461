// Keyboard shortcuts and focus on the clients page.
import { expect, languages, test } from "./support/fixture.js";

test("Enter on … opens the menu, arrow keys move in it, and Esc returns focus", async ({ page, account }) => {
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

test("cancelling a confirmation returns focus to its … button", async ({ page, account }) => {
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

test("cancelling a confirmation from the toolbar returns focus to its button", async ({ page, account }) => {
  await account.open();
  await account.select("alpha");
  await account.tool("block").focus();
  await page.keyboard.press("Enter");
  await expect(account.question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(account.question).toBeHidden();
  await expect(account.tool("block")).toBeFocused();
});

test.describe("with its own server", () => {
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

  test("after deleting a client, the next row has focus", async ({ page, account }) => {
    await account.open();
    await account.menuButton("charlie").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await account.confirm(account.words.question.delete(1), "delete");
    await expect(account.message(account.words.done.delete(1))).toBeVisible();
    await expect(account.row("charlie")).toBeHidden();
    await expect(account.menuButton("delta")).toBeFocused();
  });

  test("after deleting the last client of a view, focus is not lost", async ({ page, account }) => {
    await account.open("?q=charlie%40client.example");
    await account.choose("charlie", "delete");
    await account.confirm(account.words.question.delete(1), "delete");
    await expect(account.message(account.words.done.delete(1))).toBeVisible();
    await expect(account.question).toBeHidden();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
  });
});

test("the first link skips to the content", async ({ page, account }) => {
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

test("arrow keys move between all rows, and Shift selects them", async ({ page, account }) => {
  await account.openWithKeys();
  const { keyboard } = page;
  const place = () => page.evaluate(() => Number(document.activeElement?.closest("[data-key]")?.getAttribute("aria-rowindex")) - 1);
  await page.getByRole("searchbox").focus();
  await keyboard.press("ArrowDown");
  await expect(account.box("alpha")).toBeFocused();
  await keyboard.press("ArrowDown");
  await expect(account.box("bravo")).toBeFocused();
  await keyboard.press("Space");
  await expect(account.selected(1)).toBeVisible();
  await keyboard.press("Shift+ArrowDown");
  await keyboard.press("Shift+ArrowDown");
  await expect(account.box("delta")).toBeFocused();
  await expect(account.selected(3)).toBeVisible();
  await keyboard.press("End");
  await expect.poll(place).toBe(500);
  await keyboard.press("PageUp");
  await expect.poll(place).toBe(490);
  await keyboard.press("ArrowUp");
  await expect.poll(place).toBe(489);
  // Scroll the focused row out of view. The row must keep the focus, so that the arrow keys continue from there.
  await page.evaluate(() => scrollTo(0, 0));
  await expect(account.row("alpha")).toBeVisible();
  await keyboard.press("ArrowDown");
  await expect.poll(place).toBe(490);
  await keyboard.press("Home");
  await expect.poll(place).toBe(1);
  await expect(account.box("alpha")).toBeFocused();
  // With focus on the menu button of a row, the arrow key moves focus to the menu button of the next row.
  await account.menuButton("alpha").focus();
  await keyboard.press("ArrowDown");
  await expect(account.menuButton("bravo")).toBeFocused();
  await expect(account.selected(3)).toBeVisible();
});

test("/ searches, ? lists the shortcuts, and single-character shortcuts can be switched off", async ({ page, account }) => {
  await account.openWithKeys();
  const { keyboard } = page;
  const search = page.getByRole("searchbox");
  const map = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await account.box("alpha").focus();
  await keyboard.press("/");
  await expect(search).toBeFocused();
  await keyboard.type("a/b?");
  await expect(search).toHaveValue("a/b?");
  await search.fill("");
  await account.box("alpha").focus();
  await keyboard.press("?");
  await expect(map).toBeVisible();
  await map.getByRole("checkbox").uncheck();
  await keyboard.press("Escape");
  await expect(map).toBeHidden();
  await expect(account.box("alpha")).toBeFocused();
  await keyboard.press("/");
  await expect(account.box("alpha")).toBeFocused();
  await page.reload();
  await expect(account.row("alpha")).toBeVisible();
  await account.box("alpha").focus();
  await keyboard.press("?");
  await expect(map).toBeHidden();
  await keyboard.press("Control+k");
  await page.getByRole("option", { name: "Keyboard shortcuts" }).click();
  await map.getByRole("checkbox").check();
  await keyboard.press("Escape");
  await account.box("alpha").focus();
  await keyboard.press("/");
  await expect(search).toBeFocused();
});

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("the palette finds clients by each of their texts, and finds actions", async ({ page, account }) => {
      const words = { en: { palette: "Find a client or an action", many: "Add many clients" }, ru: { palette: "Поиск клиента или действия", many: "Добавление списком" } }[language];
      await account.openWithKeys();
      await account.box("alpha").focus();
      const palette = page.getByRole("dialog", { name: words.palette });
      const field = palette.getByRole("combobox");
      for (const text of ["bravo@client", "Client bravo", "CRM-0002", "mcs4410000002"]) {
        await page.keyboard.press("Control+k");
        await expect(field).toBeFocused();
        await page.keyboard.type(text);
        await expect(palette.getByRole("option").first()).toContainText("bravo@client.example");
        await expect(palette.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
        await page.keyboard.press("Escape");
        await expect(palette).toBeHidden();
        await expect(account.box("alpha")).toBeFocused();
      }
      await page.keyboard.press("Control+k");
      await page.keyboard.type("nobody at all");
      await expect(palette.getByRole("status")).toHaveText(account.words.nothingFound);
      await field.fill("");
      await page.keyboard.press("ArrowUp");
      await expect(palette.getByRole("option").last()).toHaveAttribute("aria-selected", "true");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("dialog", { name: words.many })).toBeVisible();
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+k");
      await page.keyboard.type("charlie@");
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(/\/clients\/mcs4410000003\/balance/);
    });
  });
}

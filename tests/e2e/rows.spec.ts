// Long lists: the page contains only the rows near the visible area, and shows names that contain HTML as text.
import { expect, test } from "./support/fixture.js";

const last = "яна@пример.испытание";

test("only visible rows are in the page, and their total is shown", async ({ account, page }) => {
  await account.open();
  await expect(account.list).toHaveAttribute("aria-rowcount", "501");
  expect(await account.rows.count()).toBeLessThan(60);
  await expect(account.row("alpha")).toHaveAttribute("aria-rowindex", "2");

  await page.keyboard.press("End");
  await expect(account.row(last)).toBeInViewport();
  await expect(account.row(last)).toHaveAttribute("aria-rowindex", "501");
  expect(await account.rows.count()).toBeLessThan(60);
  await expect(account.row("alpha")).toHaveCount(0);
  await expect(page.getByRole("toolbar")).toBeInViewport();
  await expect(account.head("email")).toBeInViewport();
});

test("only visible cards are in the page, and scrolling reaches the last one @phone", async ({ account, page }) => {
  await account.open();
  expect(await account.rows.count()).toBeLessThan(60);
  await expect(async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expect(account.row(last)).toBeInViewport({ timeout: 200 });
  }).toPass();
  await expect(page.getByRole("toolbar")).toBeInViewport();
});

test("a selected row stays selected when scrolled out of view", async ({ account, page }) => {
  await account.open();
  await account.select("alpha");
  await page.keyboard.press("End");
  await expect(account.row(last)).toBeInViewport();
  await expect(account.selected(1)).toBeInViewport();
  await page.keyboard.press("Home");
  await expect(account.box("alpha")).toBeChecked();
});

test("filtering while scrolled down shows the matching rows", async ({ account, page }) => {
  await account.open();
  await page.keyboard.press("End");
  await expect(account.row(last)).toBeInViewport();
  await account.filter("invited").click();
  await expect(account.rows.first()).toBeAttached();
  await expect.poll(() => page.evaluate(() => {
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    return middle?.closest("[data-key]") !== null;
  })).toBe(true);
});

test("a name with a script tag is shown as text @phone @core", async ({ account, page }) => {
  page.on("dialog", () => { throw new Error("a name was run as a script"); });
  await account.open("?q=kilo");
  await expect(account.row("kilo").getByText("<img src=x onerror=alert(1)>", { exact: true })).toBeVisible();
  await expect(page.locator("img")).toHaveCount(0);
});

test("right-to-left and long names do not break their rows @phone", async ({ account, page }) => {
  await account.open();
  for (const client of ["lima", "juliett"]) {
    await account.search(`${client}@client.example`);
    await expect(account.row(client)).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${client} widens the page`).toBe(0);
  }
});

test.describe("with its own server", () => {
  test.use({ own: {} });

  test("hostile input is shown exactly as typed", async ({ account, page }) => {
    const hostile = `"><script>alert(1)</script>{{7*7}}'; DROP TABLE clients; --`;
    page.on("dialog", () => { throw new Error("a name was run as a script"); });
    await account.open();
    await account.openAdd();
    await account.field("email").fill("hostile@company.example");
    await account.field("name").fill(hostile);
    await account.field("identifier").fill("=cmd|' /C calc'!A0");
    await account.submitAdd();
    await expect(account.message("hostile@company.example")).toBeVisible();
    await account.search("hostile@company.example");
    await expect(account.row("hostile@company.example").getByText(hostile, { exact: true })).toBeVisible();
    await page.reload();
    await expect(account.row("hostile@company.example").getByText(hostile, { exact: true })).toBeVisible();
    await expect(account.row("hostile@company.example")).toContainText("=cmd|' /C calc'!A0");
  });
});

// The selection survives sorting, filtering and refreshing, because it consists of clients and not of rows. It also
// counts selected clients that a filter hides.
import { Account } from "./support/account.js";
import { expect, languages, test } from "./support/fixture.js";

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("selected clients hidden by the view are counted, listed and can be deselected @phone", async ({ page, account }) => {
      const { words } = account;
      await account.open();
      await account.select("alpha", "bravo", "charlie");
      await account.search("alpha@client.example");
      await expect(account.rows).toHaveCount(1);
      await expect(account.selected(3)).toBeVisible();
      await expect(page.getByText(words.notShown(2))).toBeVisible();

      await account.button(words.showThem).click();
      const list = page.getByRole("dialog", { name: words.notShownTitle });
      await expect(list.getByRole("checkbox")).toHaveCount(2);
      await list.getByRole("checkbox", { name: "bravo@client.example" }).uncheck();
      await list.getByRole("button", { name: words.close }).last().click();
      await expect(account.selected(2)).toBeVisible();
      await expect(page.getByText(words.notShown(1))).toBeVisible();
      await account.button(words.dropThem).click();
      await expect(account.selected(1)).toBeVisible();
      await expect(account.box("alpha")).toBeChecked();
      await account.button(words.clearSelection).click();
      await expect(account.box("alpha")).not.toBeChecked();
      await expect(account.button(words.clearSelection)).toBeHidden();
    });
  });
}

test("Shift-click selects the rows between, in the order shown", async ({ account }) => {
  await account.open();
  await account.select("alpha");
  await account.box("echo").click({ modifiers: ["Shift"] });
  await expect(account.selected(5)).toBeVisible();
  for (const client of ["alpha", "bravo", "charlie", "delta", "echo"]) await expect(account.box(client)).toBeChecked();
  await expect(account.box("foxtrot")).not.toBeChecked();
});

test("the header checkbox selects all matching rows, and only those", async ({ account }) => {
  await account.open("?status=blocked");
  await account.allBox.click();
  await expect(account.selected(55)).toBeVisible();
  await expect(account.allBox).toBeChecked();
  await account.filter("all").click();
  await expect(account.row("alpha")).toBeVisible();
  await expect(account.selected(55)).toBeVisible();
  await expect(account.allBox).toBeChecked({ indeterminate: true });
  await expect(account.box("bravo")).toBeChecked();
  await expect(account.box("alpha")).not.toBeChecked();
  await account.allBox.click();
  await expect(account.selected(500)).toBeVisible();
  await account.allBox.click();
  await expect(account.button(account.words.clearSelection)).toBeHidden();
});

test("the selection survives sorting and refreshing", async ({ account, page }) => {
  await account.open("?q=%40client.example");
  await account.select("alpha", "bravo");
  await account.head("name").getByRole("button").click();
  await account.head("name").getByRole("button").click();
  await expect(account.box("alpha")).toBeChecked();
  const refreshed = page.waitForResponse(/\/invites$/);
  await account.button(account.words.refresh).click();
  await refreshed;
  await expect(account.selected(2)).toBeVisible();
  await expect(account.box("bravo")).toBeChecked();
  await expect(account.box("charlie")).not.toBeChecked();
});

test.describe("with its own server", () => {
  test.use({ own: {} });

  test("a client that a colleague deleted leaves the selection on refreshing", async ({ account, browser, server }) => {
    await account.open();
    await account.select("alpha", "bravo");
    const colleague = await browser.newContext({ storageState: await server.signIn(), baseURL: server.address });
    const other = new Account(await colleague.newPage());
    await other.open();
    await other.choose("alpha", "delete");
    await other.confirm(other.words.question.delete(1), "delete");
    await expect(other.message(other.words.done.delete(1))).toBeVisible();
    await colleague.close();

    await account.button(account.words.refresh).click();
    await expect(account.row("alpha")).toBeHidden();
    await expect(account.selected(1, 499)).toBeVisible();
  });

  test("the request contains the clients named in the dialog, including hidden ones", async ({ account, page }) => {
    await account.open();
    await account.select("alpha", "charlie");
    await account.search("charlie@client.example");
    const sent = account.countRequests(/^POST .*\/clients\/block$/);
    await account.tool("block").click();
    await expect(account.question.getByRole("listitem")).toHaveText(["charlie@client.example", "alpha@client.example"]);
    await account.confirm(account.words.question.block(2), "block");
    await expect(account.message(account.words.done.block(2))).toBeVisible();
    expect(sent.bodies()).toEqual([{ pids: ["mcs4410000003", "mcs4410000001"] }]);
    await expect(page.getByText(/selected/)).toBeHidden();
  });
});

test("disabled buttons say why", async ({ account }) => {
  await account.open();
  const sent = account.countRequests(/^POST/);
  await expect(account.tool("block")).toHaveAttribute("aria-disabled", "true");
  await expect(account.tool("block")).toHaveAccessibleDescription("Select clients first");
  await account.select("bravo");
  await expect(account.tool("block")).toHaveAccessibleDescription("1 is already blocked");
  await account.tool("block").click({ force: true });
  await expect(account.question).toBeHidden();
  await expect(account.tool("unblock")).not.toHaveAttribute("aria-disabled");
  expect(sent.count()).toBe(0);
});

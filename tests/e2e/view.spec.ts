// Search, quick filters and sorting of the clients page.
import { expect, languages, test } from "./support/fixture.js";

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("search finds clients by each of their texts @core @phone", async ({ account }) => {
      await account.open();
      for (const text of ["alpha@client.example", "CLIENT ALPHA", "crm-0001", "mcs4410000001"]) {
        await account.search(text);
        await expect(account.rows).toHaveCount(1);
        await expect(account.row("alpha")).toBeVisible();
      }
    });

    test("an empty result shows a notice, and a button resets the view @phone", async ({ page, account }) => {
      await account.open("?status=blocked");
      await account.search("nobody is called that");
      await expect(page.getByRole("heading", { name: account.words.nothingFound })).toBeVisible();
      await account.button(account.words.clearFilters).click();
      await expect(account.row("alpha")).toBeVisible();
      await expect(page.getByRole("searchbox")).toHaveValue("");
      await expect(page).not.toHaveURL(/\?/);
    });
  });
}

test("quick filters show their rows and count @phone", async ({ account }) => {
  await account.open();
  const counts = { all: 500, active: 400, blocked: 55, invited: 45 } as const;
  for (const [name, count] of Object.entries(counts) as [keyof typeof counts, number][]) {
    await expect(account.filter(name)).toHaveAccessibleName(`${account.words.filters[name]} ${count}`);
  }
  await account.filter("blocked").click();
  await expect(account.filter("blocked")).toHaveAttribute("aria-current", "true");
  await expect(account.row("bravo")).toBeVisible();
  await expect(account.row("alpha")).toBeHidden();
  await account.filter("invited").click();
  await expect(account.row("invited")).toBeVisible();
  await expect(account.row("bravo")).toBeHidden();
});

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language });

    test("a quick filter shows clients whose money runs out within a week @phone", async ({ page, account }) => {
      await account.open("?q=%40client.example");
      // The filter shows delta, whose balance lasts four days, foxtrot, who is in debt, and golf, whose balance is
      // zero.
      await account.filter("runsOut").click();
      await expect(page).toHaveURL(/status=runs_out/);
      for (const client of ["delta", "foxtrot", "golf"]) await expect(account.row(client)).toBeVisible();
      // The filter hides alpha, whose balance lasts for weeks, and hotel, who has no expenses.
      for (const client of ["alpha", "hotel"]) await expect(account.row(client)).toBeHidden();
      const count = await account.rows.count();
      await expect(account.filter("runsOut")).toHaveAccessibleName(`${account.words.filters.runsOut} ${count}`);
      await page.reload();
      await expect(account.row("delta")).toBeVisible();
      await expect(account.row("alpha")).toBeHidden();
    });
  });
}

test("without balance forecasts in the API there is no filter for them", async ({ page, account }) => {
  await page.route(/\/clients\/\?/, async (route) => {
    const reply = await route.fetch();
    const text = (await reply.text()).replaceAll(/,"lasts_days":\d+/g, "");
    await route.fulfill({ response: reply, body: text });
  });
  await account.open();
  await expect(account.filter("invited")).toBeVisible();
  await expect(account.filter("runsOut")).toBeHidden();
});

test("filter counts follow the search", async ({ account }) => {
  await account.open();
  await account.search("@client.example");
  await expect(account.filter("all")).toHaveAccessibleName("All 19");
  await expect(account.filter("blocked")).toHaveAccessibleName("Blocked 2");
  await expect(account.filter("invited")).toHaveAccessibleName("Invited 2");
});

test("search accepts words in any order, formatted phone numbers, and ё for е", async ({ account }) => {
  await account.open();
  for (const text of ["example alpha", "+7 (495) 000-00-01", "8 495 000-00-01"]) {
    await account.search(text);
    await expect(account.rows).toHaveCount(1);
    await expect(account.row("alpha")).toBeVisible();
  }
  await account.search("семёнов");
  await expect(account.filter("all")).toHaveAccessibleName("All 20");
  await account.search("СЕМЕНОВ");
  await expect(account.filter("all")).toHaveAccessibleName("All 20");
});

test("each column header sorts, and a second click reverses the order", async ({ page, account }) => {
  await account.open();
  await expect(account.head("email")).toHaveAttribute("aria-sort", "ascending");
  for (const column of ["name", "identifier", "phone", "balance", "added"] as const) {
    const button = account.head(column).getByRole("button");
    await button.click();
    await expect(account.head(column)).toHaveAttribute("aria-sort", "ascending");
    await expect(account.head("email")).not.toHaveAttribute("aria-sort");
    await button.click();
    await expect(account.head(column)).toHaveAttribute("aria-sort", "descending");
    await expect(page).toHaveURL(/order=desc/);
  }
});

test("numbers are sorted by value", async ({ account }) => {
  await account.open("?q=%40client.example&sort=balance");
  await expect(account.rows.first()).toContainText("foxtrot@client.example");
  await account.head("balance").getByRole("button").click();
  await expect(account.rows.first()).not.toContainText("foxtrot@client.example");
  await account.head("identifier").getByRole("button").click();
  await expect(account.rows.first()).toContainText("CRM-0001");
});

test("the sort menu includes columns without a header @phone", async ({ page, account }) => {
  await account.open();
  await account.button(account.words.sortedBy("Email")).click();
  await account.menuItem(account.words.status).click();
  await expect(page).toHaveURL(/sort=state/);
  await account.button(account.words.sortedBy("Status")).click();
  await expect(account.menuItem(account.words.status)).toHaveAttribute("aria-checked", "true");
  await account.menuItem(account.words.descending).click();
  await expect(page).toHaveURL(/order=desc/);
  await expect(account.row("alpha")).toBeHidden();
});

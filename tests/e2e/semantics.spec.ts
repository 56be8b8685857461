// Accessibility trees of the main pages: the roles, names and states that screen readers get, and their order.
import { expect, test } from "./support/fixture.js";
import { screens } from "./support/screens.js";

test("the client list is a table with a caption, sortable column headers and row headers", async ({ page, account }) => {
  await screens.selection!.reach(account);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Clients" [level=1]
    - text: 500 clients
    - search:
      - searchbox "Search (email, name, identifier)"
    - toolbar "Actions":
      - checkbox "Select all" [checked=mixed]
      - button "Add"
      - button "Block"
      - button "Unblock"
      - button "Resend invitation"
      - button "Revoke invitation"
      - button "Delete"
      - button "Refresh"
      - 'button "Sort: Email"'
    - navigation "Show":
      - list:
        - listitem:
          - link "All 500"
    - status: 3 of 500 selected
    - button "Clear selection"
    - table "Clients of the partner":
      - rowgroup:
        - row:
          - columnheader "Email":
            - button "Email"
          - columnheader "Name"
          - columnheader "Identifier"
          - columnheader "Telephone"
          - columnheader "Balance"
          - columnheader "Added"
          - columnheader "Actions"
      - rowgroup:
        - row:
          - cell:
            - checkbox "Select alpha@client.example" [checked]
          - rowheader "alpha@client.example Active mcs4410000001":
            - link "alpha@client.example"
          - cell "Client alpha"
          - cell "CRM-0001"
          - cell "+7 495 000-00-01"
          - cell "₽1,390.50"
          - cell /\\w+ \\d+, \\d{4}/
          - cell:
            - button "Actions for alpha@client.example"
        - row:
          - cell:
            - checkbox "Select bravo@client.example" [checked]
          - rowheader "bravo@client.example Blocked mcs4410000002"
  `);
  const head = (name: string) => account.list.getByRole("columnheader", { name, exact: true });
  await expect(head("Email")).toHaveAttribute("aria-sort", "ascending");
  await expect(head("Name")).not.toHaveAttribute("aria-sort");
  // Screen readers get the total number of rows and the index of each row, because most rows are not rendered.
  await expect(account.list).toHaveAttribute("aria-rowcount", "501");
  await expect(account.row("alpha")).toHaveAttribute("aria-rowindex", "2");
  await expect(account.row("alpha")).toHaveAttribute("aria-selected", "true");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test("the client list is a list whose items have their position", async ({ page, account }) => {
    await account.open();
    await expect(page.getByRole("list", { name: "Clients of the partner" })).toMatchAriaSnapshot(`
      - listitem:
        - checkbox "Select alpha@client.example"
        - link "alpha@client.example"
        - text: /Active/
        - button "Actions for alpha@client.example"
        - text: /Client alpha ₽1,390\\.50/
    `);
    await expect(account.row("alpha")).toHaveAttribute("aria-posinset", "1");
    await expect(account.row("alpha")).toHaveAttribute("aria-setsize", "500");
  });
});

test("menus have the menu role, and disabled items say why", async ({ page, account }) => {
  await account.open();
  await account.menuButton("bravo").click();
  await expect(page.getByRole("menu")).toMatchAriaSnapshot(`
    - menu "Actions for bravo@client.example":
      - menuitem "Balance"
      - menuitem "Copy PID"
      - menuitem "Identifier…"
      - menuitem "Unblock…"
      - separator
      - menuitem "Delete…"
  `);
});

test("a confirmation is an alert dialog named by its question, and problems are linked to their fields", async ({ page, account }) => {
  await screens["confirm-block"]!.reach(account);
  await expect(page.getByRole("alertdialog")).toMatchAriaSnapshot(`
    - alertdialog "Block 2 of 3?":
      - heading "Block 2 of 3?" [level=2]
      - list:
        - listitem: alpha@client.example
        - listitem: charlie@client.example
      - button "Block"
      - button "Cancel"
  `);
  await page.keyboard.press("Escape");
  await account.openAdd();
  await account.field("email").fill("no address");
  await account.submitAdd();
  await expect(account.field("email")).toHaveAttribute("aria-invalid", "true");
  await expect(account.field("email")).toHaveAccessibleDescription(/Enter an email address/);
});

test("a balance has figures with labels, a navigation of reports, grouped filters and a table of movements", async ({ page, account }) => {
  await screens.balance!.reach(account);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Client balance alpha@client.example" [level=1]
    - region "Balance now":
      - heading "Balance now" [level=2]
      - term: Total
      - definition: ₽1,390.50
      - term: Personal balance
      - definition: ₽1,240.50
    - navigation "Reports":
      - list:
        - listitem:
          - link "Detail"
        - listitem:
          - link "Expenses on services"
    - button /Period/
    - group "Filters":
      - group "Granularity":
        - radio "By day" [checked]
        - radio "By week"
      - group "Movements":
        - radio "All" [checked]
      - combobox "Service"
      - group "View":
        - radio "By service" [checked]
        - radio "Statement"
    - button "Download"
    - table:
      - rowgroup:
        - row /Cloud Servers/:
          - rowheader /Cloud Servers/:
            - button "Cloud Servers" [expanded=false]
          - cell "−₽200.00"
          - cell "+₽20.00"
  `);
});

test("the expenses chart has a table with sortable column headers", async ({ page, account }) => {
  await screens.expenses!.reach(account);
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - slider "Column of the chart"
    - table "By service":
      - rowgroup:
        - row:
          - columnheader "Service":
            - button "Service"
          - columnheader "Sum"
          - columnheader "Share"
          - columnheader "Change"
          - columnheader "Change, %"
      - rowgroup:
        - row:
          - rowheader "Cloud Servers"
          - cell "₽200.00"
          - cell "64.5%"
  `);
});

// Page object of the clients page and of the elements that all pages share. It finds most elements by role and name, in
// both languages.
import { type Locator, type Page, expect } from "@playwright/test";
import { demo } from "./server.js";
import { type Language, type Words, words } from "./words.js";

/** Number of entries in the client list of the demonstration data: clients and pending invitations. */
export const total = 500;

/** Returns the email of a client in the demonstration data, such as alpha (crates/partner-demo/src/seed/known.rs). */
export const known = (name: string) => (name.includes("@") ? name : `${name}@client.example`);

type Action = keyof Words["toolbar"];

export class Account {
  readonly words: Words;

  constructor(
    readonly page: Page,
    readonly language: Language = "en",
  ) {
    this.words = words[language];
  }

  /** Opens the clients page and waits for the list. `view` is the query string with `?`. */
  async open(view = "", count = total): Promise<void> {
    await this.page.goto(this.address(view));
    await expect(this.page.getByText(this.words.clientCount(count), { exact: true })).toBeVisible();
  }

  /** Opens the clients page and waits for the list and the keyboard shortcuts, which are in a lazy chunk. */
  async openWithKeys(view = ""): Promise<void> {
    await this.open(view);
    const search = this.page.getByRole("searchbox");
    await expect(async () => {
      await this.page.keyboard.press("/");
      await expect(search).toBeFocused({ timeout: 100 });
    }).toPass();
    await search.blur();
  }

  address(view = ""): string {
    return `/partner/app/${this.language}/clients/${view}`;
  }

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1, name: this.words.clients });
  }

  async signIn(password = demo.password, email = demo.email): Promise<void> {
    await this.page.getByLabel(this.words.email).fill(email);
    await this.page.getByLabel(this.words.password).fill(password);
    await this.button(this.words.signIn).click();
  }

  async signOut(): Promise<void> {
    await this.button(this.words.accountOf(demo.email)).click();
    await this.menuItem(this.words.signOut).click();
  }

  get list(): Locator {
    return this.page.locator("#clients");
  }

  /** The rows that the list renders: only those near the visible area. On a phone, they are cards. */
  get rows(): Locator {
    return this.list.locator("[data-key]");
  }

  /** The row of a client or an invitation, by its short name or email. */
  row(client: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("checkbox", { name: this.words.select(known(client)), exact: true }) });
  }

  /** Emails of the rendered rows, from top to bottom. */
  async shownEmails(): Promise<string[]> {
    return this.rows.locator(".who-email").allInnerTexts();
  }

  box(client: string): Locator {
    return this.page.getByRole("checkbox", { name: this.words.select(known(client)), exact: true });
  }

  get allBox(): Locator {
    return this.page.getByRole("checkbox", { name: this.words.selectAll, exact: true });
  }

  async select(...clients: string[]): Promise<void> {
    for (const client of clients) await this.box(client).click();
  }

  /** The text that counts the selected clients, such as “3 of 500 selected”. */
  selected(count: number, of = total): Locator {
    return this.page.getByText(this.words.selectedOf(count, of), { exact: true });
  }

  async search(text: string): Promise<void> {
    await this.page.getByRole("searchbox", { name: this.words.search }).fill(text);
  }

  filter(name: keyof Words["filters"]): Locator {
    return this.page.getByRole("link", { name: new RegExp(`^${this.words.filters[name]} `) });
  }

  head(column: keyof Words["columns"]): Locator {
    return this.page.getByRole("columnheader", { name: this.words.columns[column], exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** The toolbar button for an action on the selected clients. */
  tool(action: Action): Locator {
    return this.page.getByRole("toolbar").getByRole("button", { name: this.words.toolbar[action], exact: true });
  }

  menuButton(client: string): Locator {
    return this.button(this.words.actionsFor(known(client)));
  }

  get menu(): Locator {
    return this.page.getByRole("menu");
  }

  menuItem(name: string): Locator {
    return this.menu.getByRole("menuitem", { name, exact: true }).or(this.menu.getByRole("menuitemradio", { name, exact: true }));
  }

  /** Chooses an item from the menu of a row. */
  async choose(client: string, action: keyof Words["menu"]): Promise<void> {
    await this.menuButton(client).click();
    await this.menuItem(this.words.menu[action]).click();
  }

  message(text: string | RegExp): Locator {
    return this.page.locator(".toast").filter({ hasText: text });
  }

  confirmation(title: string): Locator {
    return this.page.getByRole("alertdialog", { name: title, exact: true });
  }

  /** Presses the button of a confirmation that starts the action. The button has the name of the action. */
  async confirm(title: string, action: Action): Promise<void> {
    const verb = this.words.toolbar[action];
    await this.confirmation(title).getByRole("button", { name: verb, exact: true }).click();
  }

  /** The confirmation dialog that is open, whatever its title is. */
  get question(): Locator {
    return this.page.getByRole("alertdialog");
  }

  get signInAgain(): Locator {
    return this.page.getByRole("dialog", { name: this.words.signInAgain });
  }

  get addDialog(): Locator {
    return this.page.getByRole("dialog", { name: this.words.addTitle });
  }

  field(name: "email" | "name" | "phone" | "identifier"): Locator {
    return this.addDialog.getByRole("textbox", { name: new RegExp(`^${this.words[name]}`) });
  }

  async openAdd(): Promise<void> {
    await this.page.getByRole("toolbar").getByRole("button", { name: this.words.add, exact: true }).click();
    await expect(this.addDialog).toBeVisible();
  }

  async submitAdd(): Promise<void> {
    await this.addDialog.getByRole("button", { name: this.words.add, exact: true }).click();
  }

  /** Counts the requests sent from now on whose method and path match the pattern, such as `POST …/clients/block`. */
  countRequests(pattern: RegExp): { count: () => number; bodies: () => unknown[] } {
    const bodies: unknown[] = [];
    this.page.on("request", (request) => {
      const line = `${request.method()} ${new URL(request.url()).pathname}`;
      if (pattern.test(line)) bodies.push(request.postData() === null ? null : request.postDataJSON());
    });
    return { count: () => bodies.length, bodies: () => bodies };
  }
}

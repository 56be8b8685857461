// Adding many clients: the app validates all lines first, invites valid lines, and keeps invalid lines in the dialog.
import type { Locator } from "@playwright/test";
import type { Account } from "./support/account.js";
import { expect, languages, test } from "./support/fixture.js";
import type { Language } from "./support/words.js";

const texts = {
  en: {
    open: "Add many…",
    title: "Add many clients",
    field: "Clients, one per line",
    invite: (n: number) => (n === 1 ? "Invite 1 client" : `Invite ${n} clients`),
    ready: "2 lines are ready.",
    wrong: "4 lines need fixing and stay here.",
    repeated: "The same email as in line 2",
    already: "This address belongs to one of your clients",
    alreadyInvited: /^Line 4 invited@client\.example This address has already been invited/,
    done: (n: number) => (n === 1 ? "1 client invited" : `${n} clients invited`),
    empty: "Enter or paste at least one line",
    none: "No line is ready to be sent",
    file: "Choose a file",
    notRead: /The file cannot be read/,
  },
  ru: {
    open: "Добавить списком…",
    title: "Добавление списком",
    field: "Клиенты, по одному в строке",
    invite: (n: number) => (n === 1 ? "Пригласить 1 клиента" : `Пригласить ${n} клиентов`),
    ready: "Готово строк: 2.",
    wrong: "4 строки нужно исправить, они останутся здесь.",
    repeated: "Тот же email, что в строке 2",
    already: "Этот адрес принадлежит одному из ваших клиентов",
    alreadyInvited: /^Строка 4 invited@client\.example /,
    done: (n: number) => (n === 1 ? "Приглашен 1 клиент" : `Приглашено ${n} клиента`),
    empty: "Введите или вставьте хотя бы одну строку",
    none: "Нет строк, готовых к отправке",
    file: "Выбрать файл",
    notRead: /Не удалось прочитать файл/,
  },
} satisfies Record<Language, unknown>;

class Many {
  readonly words: (typeof texts)["en"] | (typeof texts)["ru"];
  readonly dialog: Locator;
  readonly field: Locator;
  readonly lines: Locator;

  constructor(readonly account: Account) {
    this.words = texts[account.language];
    this.dialog = account.page.getByRole("dialog", { name: this.words.title });
    this.field = this.dialog.getByRole("textbox", { name: this.words.field });
    this.lines = this.dialog.getByRole("listitem");
  }

  async open(): Promise<void> {
    await this.account.openAdd();
    await this.account.addDialog.getByRole("button", { name: this.words.open }).click();
    await expect(this.field).toBeVisible();
  }

  invite(n: number): Locator {
    return this.dialog.getByRole("button", { name: this.words.invite(n), exact: true });
  }
}

const pasted = [
  "email;name;telephone;identifier",
  "new.one@client.example;Anna;8 926 123-45-67;CRM-1",
  "nobody;Boris",
  "invited@client.example",
  "NEW.ONE@client.example",
  "alpha@client.example",
  "new.two@client.example",
].join("\n");

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language, own: {} });

    test("valid lines are invited, and invalid ones stay until they are fixed @phone", async ({ account, server }) => {
      const many = new Many(account);
      const { words } = many;
      await account.open();
      const sent = account.countRequests(/^POST .*\/invites$/);
      await many.open();
      await many.field.fill(pasted);
      await expect(many.dialog.getByText(words.ready)).toBeVisible();
      await expect(many.dialog.getByText(words.wrong)).toBeVisible();
      await expect(many.lines).toHaveCount(6);
      await expect(many.lines.filter({ hasText: /nobody/ })).toContainText(account.words.noEmail);
      await expect(many.lines.filter({ hasText: /NEW\.ONE/ })).toContainText(words.repeated);
      await expect(many.lines.filter({ hasText: "alpha@" })).toContainText(words.already);
      expect(sent.count()).toBe(0);

      await many.invite(2).click();
      await expect(many.dialog.getByText(words.done(2))).toBeVisible();
      await expect(many.field).toBeFocused();
      await expect(many.field).toHaveValue(
        ["email;name;telephone;identifier", "nobody;Boris", "invited@client.example", "NEW.ONE@client.example", "alpha@client.example", ""].join("\n"),
      );
      expect(sent.bodies()).toEqual([
        { email: "new.one@client.example", name: "Anna", phone: "+79261234567", client_id: "CRM-1" },
        { email: "new.two@client.example" },
      ]);

      await many.field.fill("boris@client.example;Boris\n");
      await many.invite(1).click();
      await expect(many.dialog).toBeHidden();
      await expect(account.message(words.done(1))).toBeVisible();
      await account.search("new.one");
      await expect(account.row("new.one@client.example")).toContainText("Anna");
      await expect.poll(async () => (await server.emails()).length).toBe(3);
      await account.open("?q=new.one", 503);
      await expect(account.row("new.one@client.example")).toContainText("Anna");
    });
  });
}

test.describe("with its own server", () => {
  test.use({ own: {} });

  test("a CSV file from Russian Excel is added to the typed lines", async ({ account }) => {
    const many = new Many(account);
    await account.open();
    await many.open();
    await many.invite(0).or(many.dialog.getByRole("button", { name: "Invite", exact: true })).click();
    await expect(many.dialog.getByText(many.words.empty)).toBeVisible();
    await many.field.fill("typed@client.example");
    // The file contains `first@client.example;"Анна";;` in code page 1251, the encoding that Russian Excel writes.
    const anna = [0xc0, 0xed, 0xed, 0xe0];
    const buffer = Buffer.concat([Buffer.from('first@client.example;"'), Buffer.from(anna), Buffer.from('";;\r\n')]);
    await many.dialog.getByLabel(many.words.file).setInputFiles({ name: "clients.csv", mimeType: "text/csv", buffer });
    await expect(many.field).toHaveValue('typed@client.example\nfirst@client.example;"Анна";;\n');
    await expect(many.invite(2)).toBeVisible();
    const large = { name: "large.csv", mimeType: "text/csv", buffer: Buffer.alloc(1_100_000, "a") };
    await many.dialog.getByLabel(many.words.file).setInputFiles(large);
    await expect(many.dialog.getByText(many.words.notRead)).toBeVisible();
    await expect(many.invite(2)).toBeVisible();
  });

  test("typed lines survive closing, a reload and a lost reply", async ({ page, account, guard, server }) => {
    const many = new Many(account);
    await account.open();
    await many.open();
    await many.field.fill("one@client.example\ntwo@client.example\nthree@client.example");
    await many.dialog.getByRole("button", { name: account.words.cancel }).click();
    await page.reload();
    await many.open();
    await expect(many.invite(3)).toBeVisible();

    let attempts = 0;
    guard.allow(/ERR_CONNECTION_RESET/);
    await page.route("**/invites", async (route) => {
      if (route.request().method() !== "POST" || ++attempts < 2) return route.fallback();
      // Let the first POST request pass. Drop the replies to all later POST requests, after the server has applied the
      // changes.
      await route.fetch();
      await route.abort("connectionreset");
    });
    await many.invite(3).click();
    await expect(many.dialog.getByText(many.words.done(1))).toBeVisible();
    await expect(many.field).toHaveValue("two@client.example\nthree@client.example");
    await expect(many.dialog.getByRole("alert")).toContainText("You can safely try again");
    // The app sent the first line once and the second line four times, because it retries three times. It did not send
    // the third line.
    expect(attempts).toBe(5);
    await page.unrouteAll();
    // The list already includes the second client, because the server created the invitation although the reply was
    // lost.
    await expect(page.getByText(account.words.clientCount(502), { exact: true })).toBeAttached();
    await many.invite(2).click();
    await expect(many.dialog).toBeHidden();
    expect(server.audit("invitation_created")).toHaveLength(3);
  });
});

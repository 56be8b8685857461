// Contact sales: a stranger becomes a lead, and nothing that was typed is lost on the way.
import { Contact, anna } from "./support/contact.js";
import { expect, languages, test } from "./support/fixture.js";
import { demo } from "./support/server.js";

const post = "**/api/v1/contact-requests";

test.use({ isSignedIn: false });

for (const language of languages) {
  test.describe(language, () => {
    test.use({ language, own: {} });

    test("a stranger sends a request, and is told what happens next @core @phone", async ({ page, account, server }) => {
      const contact = new Contact(account);
      const { words } = contact;
      await page.goto(account.address());
      await expect(page.getByText(words.notYet)).toBeVisible();
      await page.getByRole("link", { name: words.title }).click();
      await expect(page).toHaveTitle(new RegExp(words.title));
      await expect(page.getByRole("link", { name: words.consent })).toHaveAttribute("href", /^https:/);
      await contact.fill(anna);
      await contact.button.click();
      const number = await contact.number();
      await expect(page.getByRole("heading", { name: words.sent })).toBeFocused();
      await expect(page.getByRole("listitem")).toHaveText(words.next);
      await expect(page.getByRole("link", { name: "support@partner.example" })).toHaveAttribute("href", "mailto:support@partner.example");
      await expect(page.getByText(words.letter(anna.email))).toBeVisible();

      expect(server.contactRequests()).toMatchObject([
        { reference: number, ...anna, phone: "+79261234567", locale: language, partner: null, overdue: false },
      ]);
      await expect.poll(async () => (await server.letters()).length).toBe(2);
      const letters = await server.letters();
      expect(letters.filter((letter) => letter.includes("To: sales@partner.example"))).toHaveLength(1);
      expect(letters.filter((letter) => letter.includes(`To: ${anna.email}`))).toHaveLength(1);
      expect(server.undelivered()).toEqual([]);
    });

    test("every problem is named above the form and at its field, and leads there @phone", async ({ account, server }) => {
      const contact = new Contact(account);
      const { words } = contact;
      await contact.open();
      await contact.button.click();
      await expect(contact.summary).toBeFocused();
      await expect(contact.summary.getByRole("link")).toHaveText([words.needsName, account.words.needsEmail, words.needsPhone, words.needsCompany]);

      const max = language === "ru" ? ["255", "4 000"] : ["255", "4,000"];
      await contact.fill({ name: "over\u202eride", email: "anna", phone: "call me", company: "x".repeat(256), message: "x".repeat(4001) });
      await contact.button.click();
      const problems = [words.invisible, account.words.noEmail, account.words.noPhone, words.tooLong(max[0]!), words.tooLong(max[1]!)];
      await expect(contact.summary.getByRole("link")).toHaveText(problems);
      for (const [at, name] of (["name", "email", "phone", "company", "message"] as const).entries()) {
        await expect(contact.field(name)).toHaveAttribute("aria-invalid", "true");
        await contact.summary.getByRole("link").nth(at).click();
        await expect(contact.field(name)).toBeFocused();
      }
      await contact.fill({ message: "bell\u0007" });
      await expect(contact.summary.getByRole("link", { name: words.invisibleInMessage })).toBeVisible();

      await contact.fill(anna);
      await expect(contact.summary).toBeHidden();
      await contact.button.click();
      await contact.number();
      expect(server.contactRequests()).toHaveLength(1);
    });

    test("whoever is refused for the crowd is told when to try again, and keeps what is typed", async ({ page, account, server, guard }) => {
      guard.allow(/429/);
      const contact = new Contact(account);
      for (let n = 0; n < 3; n++) await server.contact({ ...anna, phone: `+7926000000${n}` });
      await contact.open();
      await contact.fill(anna);
      await contact.button.click();
      await expect(page.getByRole("alert")).toHaveText(contact.words.wait);
      await expect(page.getByRole("alert")).toContainText(contact.words.kept);
      expect(await contact.typed()).toEqual(anna);
      expect(server.contactRequests()).toHaveLength(3);
    });
  });
}

test("a likely slip of the domain is hinted at, and does not stand in the way", async ({ page, account }) => {
  const contact = new Contact(account);
  await contact.open();
  await contact.fill({ email: "anna@gmial.com" });
  await page.getByRole("button", { name: account.words.didYouMean("anna@gmail.com") }).click();
  await expect(contact.field("email")).toHaveValue("anna@gmail.com");
  await expect(page.getByRole("button", { name: /Did you mean/ })).toBeHidden();
});

test("what is typed stays through a reload and another language @phone", async ({ page, account }) => {
  const contact = new Contact(account);
  await contact.open();
  await contact.fill(anna);
  await page.reload();
  await expect(contact.field("company")).toHaveValue(anna.company);
  expect(await contact.typed()).toEqual(anna);
  await page.getByRole("button", { name: account.words.settings }).click();
  await account.menuItem(account.words.otherLanguage).click();
  await expect(page).toHaveURL(/\/ru\/contact$/);
  await expect(page.getByRole("textbox", { name: "Название компании" })).toHaveValue(anna.company);
});

test.describe("on a server of its own", () => {
  test.use({ own: {} });

  test("pressed twice, and pressed by whom the browser helped within a second, it is sent once", async ({ page, account, server }) => {
    const contact = new Contact(account);
    const sent = account.countRequests(/POST .*contact-requests$/);
    await contact.open();
    await contact.fill(anna);
    await contact.button.dblclick();
    await page.keyboard.press("Enter");
    await contact.number();
    expect(sent.count()).toBe(1);
    expect(server.contactRequests()).toHaveLength(1);
  });

  test("a lost reply loses nothing, and trying again, even after a reload, has one effect", async ({ page, account, server, guard }) => {
    guard.allow(/ERR_CONNECTION_RESET|ERR_FAILED/);
    const contact = new Contact(account);
    await contact.open();
    await contact.fill(anna);
    // The request arrives, and its reply is lost on the way back, however often the account asks again.
    await page.route(post, async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    });
    await contact.button.click();
    await expect(page.getByRole("alert")).toContainText("The server cannot be reached");
    expect(await contact.typed()).toEqual(anna);
    await page.unrouteAll();
    await page.reload();
    expect(await contact.typed()).toEqual(anna);
    await contact.button.click();
    const number = await contact.number();
    expect(server.contactRequests().map(({ reference }) => reference)).toEqual([number]);
  });

  test("after sending, the draft is gone, and the number stays until another request is begun", async ({ page, account }) => {
    const contact = new Contact(account);
    await contact.open();
    await contact.fill(anna);
    await contact.button.click();
    const number = await contact.number();
    await page.reload();
    await expect(page.getByText(number)).toBeVisible();
    await page.getByRole("button", { name: account.words.settings }).click();
    await account.menuItem(account.words.otherLanguage).click();
    await expect(page.getByRole("heading", { name: "Заявка отправлена" })).toBeVisible();
    await expect(page.getByText(number)).toBeVisible();
    await page.getByRole("button", { name: "Отправить еще одну заявку" }).click();
    await expect(page.getByRole("textbox", { name: "Название компании" })).toHaveValue("");
  });

  test("a program that fills in everything is answered, and nothing is stored", async ({ page, account, server }) => {
    const contact = new Contact(account);
    await contact.open();
    await contact.fill(anna);
    await page.locator("[name=website]").fill("https://spam.example", { force: true });
    await contact.button.click();
    await contact.number();
    expect(server.contactRequests()).toEqual([]);
    expect(await server.letters()).toEqual([]);
  });

  test.describe("signed in", () => {
    test.use({ isSignedIn: true });

    for (const language of languages) {
      test.describe(language, () => {
        test.use({ language });

        test("whoever is known is asked for the message alone @phone", async ({ page, account, server }) => {
          const contact = new Contact(account);
          await contact.open();
          const known = page.getByRole("region", { name: contact.words.known });
          for (const fact of ["Анна Смирнова", demo.email, "+7 495 123-45-67", "Северный ветер"]) await expect(known).toContainText(fact);
          await expect(page.locator("form").getByRole("textbox")).toHaveCount(1);
          await contact.fill({ message: "More, please." });
          await contact.button.click();
          const number = await contact.number();
          const facts = { email: demo.email, phone: "+74951234567", company: "Северный ветер", message: "More, please.", partner: demo.pid };
          expect(server.contactRequests()).toMatchObject([{ reference: number, ...facts }]);
        });
      });
    }
  });
});

test("nothing on the page hides from the keyboard, and the trap is no stop on the way", async ({ page, account }) => {
  const contact = new Contact(account);
  await contact.open();
  await contact.field("message").focus();
  await page.keyboard.press("Tab");
  await expect(contact.button).toBeFocused();
});

// Page object of *Contact sales*. It finds most elements by role and name, in both languages.
import { type FrameLocator, type Locator, type Page, expect } from "@playwright/test";
import type { Account } from "./account.js";

const en = {
  title: "Contact sales",
  fields: { name: "Name", email: "Email", phone: "Phone number", company: "Company", message: "Message" },
  send: "Send",
  sending: "Sending…",
  consent: "processing of personal data",
  known: "From your account",
  partnerAlready: "Already a partner?",
  notYet: "Not a partner yet?",
  needsName: "Enter the name of the person to contact",
  needsPhone: "Enter a phone number",
  needsCompany: "Enter the name of the company",
  invisible: "Remove line breaks and invisible characters",
  invisibleInMessage: "Remove invisible characters",
  tooLong: (max: string) => `Too long: at most ${max} characters`,
  wait: /There were too many requests for this address or from your network\. Try again in 60 minutes\./,
  inputStays: "Everything you have entered stays here.",
  sent: "Your request has been sent",
  next: ["A manager will contact you within 48 hours.", /^Your personal account will be at http:\/\/127\.0\.0\.1:\d+\/partner\/app\/$/, "If nobody has contacted you within 48 hours, write to support@partner.example and give the request number."],
  copySent: (email: string) => `We have emailed a copy to ${email}.`,
  again: "Send another request",
};

type ContactWords = typeof en;

const ru: ContactWords = {
  title: "Стать партнером",
  fields: { name: "Контактное лицо", email: "Email", phone: "Телефон", company: "Название компании", message: "Сообщение" },
  send: "Отправить",
  sending: "Отправляем…",
  consent: "обработку персональных данных",
  known: "Из вашего кабинета",
  partnerAlready: "Уже партнер?",
  notYet: "Еще не партнер?",
  needsName: "Введите имя контактного лица",
  needsPhone: "Введите номер телефона",
  needsCompany: "Введите название компании",
  invisible: "Уберите переносы строк и невидимые символы",
  invisibleInMessage: "Уберите невидимые символы",
  tooLong: (max) => `Слишком длинно: не более ${max} символов`,
  wait: /Слишком много заявок с этого адреса или из вашей сети\. Попробуйте снова через 60 минут\./,
  inputStays: "Все, что вы ввели, останется здесь.",
  sent: "Заявка отправлена",
  next: ["Менеджер свяжется с вами в течение 48 часов.", /^Ваш личный кабинет будет доступен по адресу http:\/\/127\.0\.0\.1:\d+\/partner\/app\/$/, "Если в течение 48 часов с вами никто не связался, напишите на support@partner.example и укажите номер заявки."],
  copySent: (email) => `Копию заявки мы отправили на ${email}.`,
  again: "Отправить еще одну заявку",
};

type Field = keyof ContactWords["fields"];

/** Valid input for every field of the form. */
export const anna: Record<Field, string> = {
  name: "Анна Петрова",
  email: "anna@company.example",
  phone: "8 (926) 123-45-67",
  company: "Öl & Söhne",
  message: "We resell.\nCall us.",
};

export class Contact {
  readonly words: ContactWords;

  /** `page` contains the form: the page of `account`, or a frame on the page of another site. */
  constructor(
    readonly account: Account,
    readonly page: Page | FrameLocator = account.page,
  ) {
    this.words = { en, ru }[account.language];
  }

  get address(): string {
    return `/partner/app/${this.account.language}/contact`;
  }

  /** Opens the app's own page with the form. */
  async open(): Promise<void> {
    await this.account.page.goto(this.address);
    await expect(this.button).toBeVisible();
  }

  field(name: Field): Locator {
    return this.page.getByRole("textbox", { name: new RegExp(`^${this.words.fields[name]}`) });
  }

  async fill(typed: Partial<Record<Field, string>>): Promise<void> {
    for (const [name, text] of Object.entries(typed)) await this.field(name as Field).fill(text);
  }

  /** Returns the current value of each field, by the name of the field. */
  async typed(): Promise<Record<string, string>> {
    const values: Record<string, string> = {};
    for (const name of Object.keys(anna)) values[name] = await this.field(name as Field).inputValue();
    return values;
  }

  get button(): Locator {
    return this.page.getByRole("button", { name: this.words.send, exact: true });
  }

  get summary(): Locator {
    return this.page.getByRole("main").getByRole("alert");
  }

  /** Waits until the request is sent, and returns the request number that the page shows. */
  async number(): Promise<string> {
    await expect(this.page.getByRole("heading", { level: 1, name: this.words.sent })).toBeVisible();
    const number = await this.page.getByText(/^C-\d{8}$/).innerText();
    return number;
  }
}

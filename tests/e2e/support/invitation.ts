// Page object of the invitation page. It finds elements by role and name, in both languages.
import { type Locator, type Page, expect } from "@playwright/test";
import type { Language } from "./words.js";

const en = {
  subject: "Северный ветер invites you to the cloud",
  offer: "Северный ветер invites you to the cloud",
  means: "You pay for the cloud through the partner.",
  confirm: "Confirm",
  accepted: "You are now a client of Северный ветер",
  refused: "This link does not work",
  askAgain: "If there is no newer letter, ask the partner for a new invitation.",
  noLink: "Open the link in your invitation letter",
  tryAgain: "Try again",
  mayBeDone: /It is not known whether the change was made\. You can safely try again/,
};

export type InvitationWords = typeof en;

const ru: InvitationWords = {
  subject: "«Северный ветер» приглашает вас в облако",
  offer: "«Северный ветер» приглашает вас в облако",
  means: "Вы оплачиваете облако через партнера.",
  confirm: "Подтвердить",
  accepted: "Теперь вы клиент партнера «Северный ветер»",
  refused: "Эта ссылка не работает",
  askAgain: "Если такого письма нет, попросите партнера отправить новое приглашение.",
  noLink: "Откройте ссылку из письма",
  tryAgain: "Повторить",
  mayBeDone: /Неизвестно, выполнено ли изменение\. Можно смело повторить/,
};

export class InvitationPage {
  readonly words: InvitationWords;

  constructor(
    readonly page: Page,
    readonly language: Language = "en",
  ) {
    this.words = { en, ru }[language];
  }

  get address(): string {
    return `/partner/app/${this.language}/invitation`;
  }

  heading(name: string): Locator {
    return this.page.getByRole("heading", { level: 1, name, exact: true });
  }

  /** Opens the link from an invitation email, and waits until the page offers to accept the invitation. */
  async open(link: string): Promise<void> {
    await this.page.goto(link);
    await expect(this.heading(this.words.offer)).toBeVisible();
  }

  get button(): Locator {
    return this.page.getByRole("button", { name: this.words.confirm, exact: true });
  }

  async confirm(): Promise<void> {
    await this.button.click();
    await expect(this.heading(this.words.accepted)).toBeVisible();
  }
}

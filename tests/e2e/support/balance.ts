// Page object of the balance page. It finds most elements by role and name, in both languages.
import { type Locator, type Page, expect } from "@playwright/test";
import type { Account } from "./account.js";

/** PIDs of clients with fixed figures in the demonstration data (crates/partner-demo/src/seed/known.rs). */
export const pids = {
  alpha: "mcs4410000001",
  charlie: "mcs4410000003",
  delta: "mcs4410000004",
  foxtrot: "mcs4410000006",
  golf: "mcs4410000007",
  hotel: "mcs4410000013",
  india: "mcs4410000014",
  kilo: "mcs4410000016",
};

const en = {
  detail: "Detail",
  expenses: "Expenses on services",
  moscow: "Moscow time, UTC+3",
  yourClock: /^Your local time/,
  panel: "Balance now",
  total: "Total",
  personal: "Personal balance",
  bonus: "Bonus balance",
  daily: /^Average daily debit/,
  lasts: (days: number, until: string) => `Lasts ${days} days, until ${until}`,
  debt: "Debt: ₽15,320.45",
  zero: "Nothing is left: the balance is zero.",
  idle: "Nothing was spent in the last 30 days.",
  refresh: "Refresh",
  period: /^Period: /,
  firstDay: "First day",
  lastDay: "Last day",
  apply: "Apply",
  lastMonth: "Last month",
  yesterday: "Yesterday",
  by: { day: "By day", week: "By week", month: "By month", year: "By year" },
  both: "All",
  debits: "Debits",
  deposits: "Deposits",
  service: "Service",
  allServices: "All services",
  noService: "Without a service",
  grouped: "By service",
  statement: "Statement",
  opening: "Opening balance",
  closing: "Closing balance",
  addsUp: "It adds up: opening + deposits − debits = closing",
  hides: (n: number, debits: string, deposits: string) => `Filters hide ${n} movement${n === 1 ? "" : "s"}: ${debits} and ${deposits}`,
  nothing: "No movements in the chosen period",
  showAll: "Show all movements",
  cannotShow: "The address of this page asks for data that cannot be shown.",
  future: "This day has not started yet in Moscow",
  reversed: "The last day is before the first",
  noGranularity: "The granularity must be day, week, month or year",
  noSuchService: "This client has no such service",
  tooLong: "Too long: at most 1,096 days",
  usual: "Show the last 7 days",
  oldFigures: /^The figures could not be refreshed\. You see the earlier ones/,
  countedAs: "₽0.004 counted as ₽0.01",
  download: "Download",
  done: "Done",
  saved: (file: string) => `Saved as ${file}`,
  notSaved: "The file could not be downloaded.",
  money: { total: "₽1,390.50", personal: "₽1,240.50", bonus: "₽150.00", opening: "₽1,569.99", deposits: "₽130.53", debits: "₽310.02" },
  moved: { servers: "−₽200.00", refund: "+₽20.00", dns: "−₽0.02", payment: "+₽110.53", debits: "−₽310.02", deposits: "+₽130.53" },
};

export type BalanceWords = typeof en;

const ru: BalanceWords = {
  detail: "Детализация",
  expenses: "Расходы на сервисы",
  moscow: "Московское время, UTC+3",
  yourClock: /^По вашему времени/,
  panel: "Баланс сейчас",
  total: "Всего",
  personal: "Лицевой счет",
  bonus: "Бонусный счет",
  daily: /^В среднем за день/,
  lasts: (days, until) => `Хватит на ${days} ${new Intl.PluralRules("ru").select(days) === "few" ? "дня" : "дней"}, до ${until}`,
  debt: "Задолженность: 15 320,45 ₽",
  zero: "Средств нет: баланс нулевой.",
  idle: "За последние 30 дней расходов не было.",
  refresh: "Обновить",
  period: /^Период: /,
  firstDay: "Первый день",
  lastDay: "Последний день",
  apply: "Применить",
  lastMonth: "Прошлый месяц",
  yesterday: "Вчера",
  by: { day: "За день", week: "За неделю", month: "За месяц", year: "За год" },
  both: "Все",
  debits: "Списания",
  deposits: "Поступления",
  service: "Сервис",
  allServices: "Все сервисы",
  noService: "Без сервиса",
  grouped: "По сервисам",
  statement: "Выписка",
  opening: "Баланс на начало",
  closing: "Баланс на конец",
  addsUp: "Сходится: начало + поступления − списания = конец",
  hides: (n, debits, deposits) =>
    `Фильтры скрывают ${n} ${{ one: "движение", few: "движения" }[new Intl.PluralRules("ru").select(n) as string] ?? "движений"}: ${debits} и ${deposits}`,
  nothing: "За указанный период выписки отсутствуют",
  showAll: "Показать все движения",
  cannotShow: "В адресе страницы запрошены данные, которые нельзя показать.",
  future: "Этот день в Москве еще не наступил",
  reversed: "Последний день раньше первого",
  noGranularity: "Детализация может быть за день, неделю, месяц или год",
  noSuchService: "У клиента нет такого сервиса",
  tooLong: "Слишком длинный период: не более 1 096 дней",
  usual: "Показать последние 7 дней",
  oldFigures: /^Не удалось обновить данные\. Показаны прежние/,
  countedAs: "0,004 ₽ учтено как 0,01 ₽",
  download: "Скачать",
  done: "Готово",
  saved: (file) => `Файл сохранен: ${file}`,
  notSaved: "Файл не удалось скачать.",
  money: { total: "1 390,50 ₽", personal: "1 240,50 ₽", bonus: "150,00 ₽", opening: "1 569,99 ₽", deposits: "130,53 ₽", debits: "310,02 ₽" },
  moved: { servers: "−200,00 ₽", refund: "+20,00 ₽", dns: "−0,02 ₽", payment: "+110,53 ₽", debits: "−310,02 ₽", deposits: "+130,53 ₽" },
};

/** Returns the date in Moscow `ago` days before today, such as `2026-11-25`. */
export function moscowDay(ago = 0): string {
  return new Date(Date.now() + 3 * 3_600_000 - ago * 86_400_000).toISOString().slice(0, 10);
}

/** Returns the first and the last day of the previous month, in Moscow time. */
export function lastMonth(): [string, string] {
  const [year, month] = moscowDay().split("-").map(Number) as [number, number];
  const iso = (at: number) => new Date(at).toISOString().slice(0, 10);
  return [iso(Date.UTC(year, month - 2, 1)), iso(Date.UTC(year, month - 1, 0))];
}

/** Matches requests for the movements grouped by service, which the tab *Detail* shows first. */
export const summary = /\/movements\/summary\?/;

/**
 * Parses a displayed amount into hundredths, which are exact as whole numbers; sums of decimal fractions would not be
 * exact.
 */
export function hundredths(text: string): number {
  const digits = Number(text.replaceAll(/[^\d]/g, ""));
  return text.includes("−") ? -digits : digits;
}

/** Delays requests that match the pattern until the test calls the returned function. */
export async function hold(page: Page, pattern: RegExp): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => { release = resolve; });
  await page.route(pattern, async (route) => {
    await released;
    await route.continue().catch(() => {});
  });
  return release;
}

export class Balance {
  readonly words: BalanceWords;
  readonly page: Page;

  constructor(readonly account: Account) {
    this.words = { en, ru }[account.language];
    this.page = account.page;
  }

  address(client: keyof typeof pids, view = "", tab = "detail"): string {
    return `/partner/app/${this.account.language}/clients/${pids[client]}/balance/${tab}${view}`;
  }

  /** Opens the tab *Detail* of a client's balance page, and waits until the page shows the figures. */
  async open(client: keyof typeof pids, view = ""): Promise<void> {
    await this.page.goto(this.address(client, view));
    await expect(this.page.getByText(this.words.addsUp)).toBeVisible();
  }

  get panel(): Locator {
    return this.page.getByRole("region", { name: this.words.panel });
  }

  /** A figure in the summary panel or in the totals of the period, by its label. */
  figure(label: string | RegExp, where: Locator = this.page.locator("main")): Locator {
    return where.locator("dt").filter({ hasText: label }).locator("xpath=following-sibling::dd");
  }

  get sums(): Locator {
    return this.page.locator(".strip");
  }

  get grouped(): Locator {
    return this.page.getByRole("table").filter({ has: this.page.locator("caption") }).and(this.page.locator("#grouped"));
  }

  /** A row of the table grouped by service, by the service name. */
  row(name: string): Locator {
    return this.grouped.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name }) });
  }

  disclosure(name: string | RegExp): Locator {
    return this.grouped.getByRole("button", { name, exact: true });
  }

  get statement(): Locator {
    return this.page.locator("#statement");
  }

  get lines(): Locator {
    return this.statement.locator("[data-level=line]");
  }

  get periodButton(): Locator {
    return this.page.getByRole("button", { name: this.words.period });
  }

  choice(name: string): Locator {
    return this.page.getByRole("radio", { name, exact: true });
  }

  /** Opens the filter sheet on phones. Does nothing on desktops, because the filters are always visible there. */
  async openFilters(): Promise<void> {
    const button = this.page.locator("[popovertarget=filter-more]:not([popovertargetaction])");
    if (await button.isVisible()) await button.click();
  }

  async closeFilters(): Promise<void> {
    const button = this.page.getByRole("button", { name: this.words.done, exact: true });
    if (await button.isVisible()) await button.click();
  }

  /** Chooses an option of a filter, by the name of the option. */
  async choose(name: string): Promise<void> {
    await this.openFilters();
    await this.page.locator("label").filter({ has: this.choice(name) }).click();
    await expect(this.choice(name)).toBeChecked();
    await this.closeFilters();
  }

  /** Waits until the page shows the figures from the reply to the latest request. */
  async settled(): Promise<void> {
    await expect(this.page.locator(".refreshed[aria-busy=true]")).toHaveCount(0);
  }

  get service(): Locator {
    return this.page.getByRole("combobox", { name: this.words.service });
  }

  tab(name: string): Locator {
    return this.page.getByRole("link", { name, exact: true });
  }

  /** Downloads the report in this format, and returns the name and the content of the file. */
  async save(format: "CSV" | "XLSX"): Promise<{ name: string; content: Buffer }> {
    const started = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: this.words.download, exact: true }).click();
    await this.page.getByRole("menuitem", { name: format }).click();
    const download = await started;
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return { name: download.suggestedFilename(), content: Buffer.concat(chunks) };
  }
}

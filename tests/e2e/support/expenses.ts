// Page object of the tab *Expenses on services*. It finds most elements by role and name, in both languages.
import { pids } from "./balance.js";
import { type Locator, type Page, expect } from "@playwright/test";
import type { Account } from "./account.js";

const en = {
  byService: "By service",
  total: "Total",
  isNew: "New",
  vanished: "No longer used",
  equal: "Equal to the debits in Detail for the same period",
  why: "Why did it change?",
  because: /^₽130\.01 more than in the preceding period \(.+\), mostly for Cloud Storage \(\+\u2060?₽70\.00\) and Cloud Servers \(\+\u2060?₽50\.00\)\.$/,
  columns: { service: "Service", sum: "Sum", share: "Share", change: "Change", percent: "Change, %" },
  slider: "Column of the chart",
  next: "Next column",
  whole: "Whole period",
  allOff: "All services are switched off.",
  showAll: "Show all",
  nothing: "No expenses in the chosen period",
  rows: {
    servers: ["Cloud Servers", "₽200.00", "64.5%", "+₽50.00", "+33.3%"],
    storage: ["Cloud Storage New", "₽70.00", "22.6%", "+₽70.00", "–"],
    backup: ["Backup No longer used", "₽0.00", "0.0%", "−₽30.00", "−100.0%"],
    total: ["Total", "₽310.02", "100.0%", "+₽130.01", "+72.2%"],
  },
  sums: { all: "₽310.02", without: "₽110.02", servers: "₽200.00", nothing: "₽0.00" },
};

export type ExpensesWords = typeof en;

const ru: ExpensesWords = {
  byService: "По сервисам",
  total: "Итого",
  isNew: "Новый",
  vanished: "Больше не используется",
  equal: "Равно списаниям в детализации за тот же период",
  why: "Почему изменилось?",
  because: /^На 130,01\s₽ больше, чем за предыдущий период \(.+\): в основном Cloud Storage \(\+\u2060?70,00\s₽\) и Cloud Servers \(\+\u2060?50,00\s₽\)\.$/,
  columns: { service: "Сервис", sum: "Сумма", share: "Доля", change: "Изменение", percent: "Изменение, %" },
  slider: "Столбец диаграммы",
  next: "Следующий столбец",
  whole: "Весь период",
  allOff: "Все сервисы отключены.",
  showAll: "Показать все",
  nothing: "За указанный период расходы отсутствуют",
  rows: {
    servers: ["Cloud Servers", "200,00 ₽", "64,5 %", "+50,00 ₽", "+33,3 %"],
    storage: ["Cloud Storage Новый", "70,00 ₽", "22,6 %", "+70,00 ₽", "–"],
    backup: ["Backup Больше не используется", "0,00 ₽", "0,0 %", "−30,00 ₽", "−100,0 %"],
    total: ["Итого", "310,02 ₽", "100,0 %", "+130,01 ₽", "+72,2 %"],
  },
  sums: { all: "310,02 ₽", without: "110,02 ₽", servers: "200,00 ₽", nothing: "0,00 ₽" },
};

export class Expenses {
  readonly words: ExpensesWords;
  readonly page: Page;

  constructor(readonly account: Account) {
    this.words = { en, ru }[account.language];
    this.page = account.page;
  }

  address(client: keyof typeof pids, view = "", tab = "expenses"): string {
    return `/partner/app/${this.account.language}/clients/${pids[client]}/balance/${tab}${view}`;
  }

  /**
   * Opens the tab *Expenses* of a client's balance page, and waits for the figures. `view` is the query string with
   * `?`.
   */
  async open(client: keyof typeof pids, view = ""): Promise<void> {
    await this.page.goto(this.address(client, view));
    await expect(this.table).toBeVisible();
  }

  get table(): Locator {
    return this.page.getByRole("table", { name: this.words.byService, exact: true });
  }

  row(name: string | RegExp): Locator {
    return this.table.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name }) });
  }

  /** Expects a table row with these cell texts. The first one is the name of the service. */
  async expectRow(cells: string[]): Promise<void> {
    const row = this.row(new RegExp(`^${cells[0]}$`));
    await expect(row.getByRole("rowheader").or(row.getByRole("cell"))).toHaveText(cells.map((cell) => new RegExp(`^${cell.replaceAll(/[+.]/g, "\\$&").replaceAll(" ", "\\s?")}$`)));
  }

  /** Returns the names of the services, in the order of the table. */
  async order(): Promise<string[]> {
    return this.table.locator("tbody bdi").allInnerTexts();
  }

  head(column: keyof ExpensesWords["columns"]): Locator {
    return this.table.getByRole("columnheader", { name: this.words.columns[column], exact: true });
  }

  async sort(column: keyof ExpensesWords["columns"]): Promise<void> {
    await this.head(column).getByRole("button").click();
  }

  get slider(): Locator {
    return this.page.getByRole("slider", { name: this.words.slider });
  }

  get plot(): Locator {
    return this.page.locator(".chart-plot");
  }

  /** The total next to the chart: that of the highlighted column, or else that of the whole period. */
  get sum(): Locator {
    return this.page.locator(".chart-readout b");
  }

  /** The legend entry of a service. A click shows or hides the service in the chart. */
  key(service: string): Locator {
    return this.page.locator(".chart-legend").getByRole("button", { name: service });
  }

  /** Returns a point inside one of the seven columns of the chart, for the mouse. `before` 0 is the last column. */
  async point(before: number): Promise<{ x: number; y: number }> {
    const box = await this.plot.boundingBox();
    if (!box) throw new Error("the chart is not visible");
    return { x: box.x + (box.width * (2 * (6 - before) + 1)) / 14, y: box.y + box.height / 2 };
  }
}

// Replies that do not come intact from the server, because a proxy or login portal replaced, truncated or delayed them.
// For each, the app shows a message.
import type { Page, Route } from "@playwright/test";
import { expect, test } from "./support/fixture.js";
import { type Fault, demo } from "./support/server.js";

test.use({ own: {} });
test.beforeEach(({ guard }) => guard.allow(/ERR_|429|500|502/));

/** Path of the client list in the API. Unlike the path of the clients page, it contains the PID of the partner. */
const list = `/${demo.pid}/clients/`;
const reads: [Fault, RegExp][] = [
  [{ path: list, kind: "drop_before" }, /The server cannot be reached/],
  [{ path: list, kind: "internal" }, /The server reported an error \(code 500\)/],
  [{ path: list, kind: "html" }, /The server reported an error \(code 502\)/],
  [{ path: list, kind: "truncate" }, /The server cannot be reached/],
  [{ path: list, kind: "cut" }, /The server’s reply could not be read/],
  [{ path: list, kind: "empty" }, /The server’s reply could not be read/],
  [{ path: list, kind: "garbage" }, /The server’s reply could not be read/],
  [{ path: list, kind: "huge", bytes: 32 * 1024 * 1024 }, /The server’s reply could not be read/],
  [{ path: list, kind: "too_many", secs: 3600 }, /Too many/],
];

for (const [fault, words] of reads) {
  test(`a list whose reply is “${fault.kind}” shows a message, and loads on retry`, async ({ page, account, server }) => {
    await server.faults(fault);
    await page.goto(account.address());
    await expect(page.getByRole("heading", { name: account.words.notLoaded })).toBeVisible();
    await expect(page.getByRole("alert").getByText(words)).toBeVisible();
    await server.faults();
    await account.button(account.words.tryAgain).click();
    await expect(page.getByText(account.words.clientCount(500), { exact: true })).toBeVisible();
  });
}

for (const fault of [{ kind: "latency", millis: 1500 }, { kind: "drip", millis: 60 }, { kind: "wrong_type" }] as const) {
  test(`a list with “${fault.kind}” loads`, async ({ account, server }) => {
    await server.faults({ path: list, ...fault });
    await account.open();
    await expect(account.row("alpha")).toBeVisible();
  });
}

test("a list that fails once loads by itself", async ({ account, server }) => {
  await server.faults({ path: list, kind: "html", times: 1 }, { path: "/invites", kind: "drop_before", times: 2 });
  await account.open();
  await expect(account.row("alpha")).toBeVisible();
  expect((await server.applied())[0]).toBe(1);
});

for (const fault of [{ kind: "html" }, { kind: "truncate" }, { kind: "cut" }, { kind: "empty" }, { kind: "garbage" }, { kind: "huge", bytes: 1024 * 1024 }] as const) {
  test(`the outcome of a change whose reply is “${fault.kind}” is found out, and the change is made once`, async ({ account, server }) => {
    const { words } = account;
    await account.open();
    await server.faults({ path: "/clients/block", times: 1, ...fault });
    await account.choose("alpha", "block");
    await account.confirm(words.question.block(1), "block");
    await expect(account.message(words.done.block(1))).toBeVisible();
    await expect(account.row("alpha")).toContainText(words.blocked);
    expect(server.audit("clients_blocked")).toHaveLength(1);
  });
}

test("the app waits for Retry-After, and then makes the change", async ({ page, account, server }) => {
  const { words } = account;
  await account.open();
  await server.faults({ path: "/clients/block", kind: "too_many", secs: 2, times: 1 });
  const sent: number[] = [];
  page.on("request", (request) => void (request.url().endsWith("/clients/block") && sent.push(Date.now())));
  await account.choose("alpha", "block");
  await account.confirm(words.question.block(1), "block");
  await expect(account.message(words.done.block(1))).toBeVisible();
  expect(sent).toHaveLength(2);
  expect(sent[1]! - sent[0]!).toBeGreaterThanOrEqual(1_950);
  expect(server.audit("clients_blocked")).toHaveLength(1);
});

test("a long Retry-After is shown, and no change is made", async ({ account, server }) => {
  const { words } = account;
  await account.open();
  await server.faults({ path: "/clients/block", kind: "too_many", secs: 300 });
  await account.choose("alpha", "block");
  await account.confirm(words.question.block(1), "block");
  await expect(account.question.getByRole("listitem")).toContainText("300 seconds");
  await expect(account.question.getByRole("listitem")).not.toContainText("not known");
  expect((await server.applied())[0]).toBe(1);
  expect(server.audit("clients_blocked")).toHaveLength(0);
});

test("a captive portal that answers all requests with its page shows a message", async ({ page, account }) => {
  await page.route("**/api/**", (route) => route.fulfill({ contentType: "text/html", body: "<html><body>Welcome to the hotel</body></html>" }));
  await page.goto(account.address());
  await expect(page.getByRole("alert").getByText(/A proxy or a filter on your network may have changed it/)).toBeVisible();
});

test("unknown values from a newer API are shown as unknown, and the list still loads", async ({ page, account }) => {
  await page.route(/\/clients\/\?limit=/, async (route: Route) => {
    const reply = await route.fetch();
    const page = await reply.json();
    page.data = page.data.map((client: { owner: { email: string }; [field: string]: unknown }) => {
      switch (client.owner.email) {
        case "alpha@client.example": return { ...client, enabled: "frozen", quarantine: { since: 1 } };
        case "charlie@client.example": return { ...client, enabled: null, owner: { ...client.owner, roles: ["new"] } };
        case "delta@client.example": return null;
        default: return client;
      }
    });
    page.paging = { cursor: "new" };
    await route.fulfill({ response: reply, json: page });
  });
  await page.goto(account.address());
  await expect(account.row("golf")).toBeVisible();
  for (const client of ["alpha", "charlie"]) await expect(account.row(client)).toContainText("Status unknown");
  await account.menuButton("alpha").click();
  await expect(account.menu.getByRole("menuitem").first()).toBeVisible();
});

/**
 * Fetches the next reply to a request for the client list immediately, but delivers the reply only when `release` is
 * called. `done` resolves when the reply was delivered, or the app had aborted the request before.
 */
async function holdNext(page: Page): Promise<{ taken: Promise<void>; release: () => void; done: Promise<void> }> {
  const [taken, take] = signal();
  const [released, release] = signal();
  const [done, finish] = signal();
  await page.route(/\/clients\/\?limit=/, async (route) => {
    const reply = await route.fetch();
    take();
    await released;
    await route.fulfill({ response: reply }).catch(() => {});
    finish();
  }, { times: 1 });
  return { taken, release, done };
}

/** A promise, and the function that resolves it. */
function signal(): [Promise<void>, () => void] {
  let resolve = () => {};
  const promise = new Promise<void>((done) => { resolve = done; });
  return [promise, resolve];
}

test("a list requested before a client was blocked does not restore the old state", async ({ page, account }) => {
  const { words } = account;
  await account.open();
  const { taken, release, done } = await holdNext(page);
  await account.button(words.refresh).click();
  await taken;
  await account.choose("alpha", "block");
  await account.confirm(words.question.block(1), "block");
  await expect(account.row("alpha")).toContainText(words.blocked);
  release();
  await done;
  await page.waitForLoadState("networkidle");
  await expect(account.row("alpha")).toContainText(words.blocked);
});

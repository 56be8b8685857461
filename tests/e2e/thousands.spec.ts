// Actions on thousands of clients: the app sends them in chunks of 1,000. The user can stop and continue them, even if
// other users change clients or the session expires in the meantime.
import { request } from "@playwright/test";
import { expect, test } from "./support/fixture.js";
import type { Server } from "./support/server.js";

const partner = { email: "many@partner.example", password: "a long new password" };
const total = 2500;

test.use({ own: { demo: false }, isSignedIn: false });
test.setTimeout(180_000);

test.beforeEach(async ({ page, account, server }) => {
  server.createPartner(partner.email, partner.password);
  server.seed(partner.email, total);
  await page.goto(account.address());
  await account.signIn(partner.password, partner.email);
  await expect(page.getByText("2,500 clients", { exact: true })).toBeVisible();
});

/** A user of the same partner in another session, who deletes clients without the app. */
async function colleague(server: Server) {
  const storageState = await server.signIn(partner);
  const context = await request.newContext({ baseURL: server.address, storageState, extraHTTPHeaders: { origin: server.address } });
  const session = await (await context.get("/api/v1/auth/session")).json();
  const clients = `/api/v1/partners/${session.partner.pid}/clients`;
  const headers = { "x-csrf-token": session.csrf_token };
  return {
    delete: async (pids: string[]) => {
      const reply = await context.post(`${clients}/detach`, { data: { pids }, headers: { ...headers, "idempotency-key": crypto.randomUUID() } });
      expect(reply.ok(), await reply.text()).toBe(true);
    },
    states: async () => {
      const all: { pid: string; enabled: boolean }[] = await (await context.get(`${clients}/`, { headers })).json();
      return new Map(all.map((client) => [client.pid, client.enabled]));
    },
  };
}

test("an action paused between chunks, while a colleague deletes clients, reports the exact outcome", async ({ page, account, server }) => {
  const { words } = account;
  const other = await colleague(server);
  const all = [...(await other.states()).keys()];
  const blockedBefore = [...(await other.states()).values()].filter((enabled) => !enabled).length;
  await account.allBox.click();
  await account.tool("block").click();
  const sent: string[][] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => { release = resolve; });
  await page.route("**/clients/block", async (route) => {
    sent.push(route.request().postDataJSON().pids);
    if (sent.length === 2) await released;
    await route.continue();
  });
  await account.question.getByRole("button", { name: words.toolbar.block, exact: true }).click();
  // Stop the action while the second chunk is being sent. The app finishes this chunk, but does not send the third one.
  await expect.poll(() => sent.length).toBe(2);
  await expect(account.question.getByRole("status")).toContainText("1,000 of");
  await account.question.getByRole("button", { name: "Stop" }).click();
  release();
  const alert = account.question.getByRole("alert");
  await expect(alert).toContainText("2,000 clients blocked");
  const left = total - blockedBefore - 2000;
  await expect(alert).toContainText(words.notDone(left));
  await expect(account.question.getByRole("listitem").first()).toContainText("Not attempted: the run was stopped");
  // The dialog shows at most 101 entries instead of one for each client, because nobody can read a list of thousands.
  expect(await account.question.getByRole("listitem").count()).toBeLessThanOrEqual(101);
  expect(server.audit("clients_blocked")).toHaveLength(2000);

  // Delete 50 clients that the app has not blocked yet, and 50 that it has. Only the first 50 must fail when the user
  // continues.
  const isSent = new Set(sent.flat());
  const rest = all.filter((pid) => !isSent.has(pid));
  const active = new Set([...(await other.states())].filter(([, enabled]) => enabled).map(([pid]) => pid));
  const gone = rest.filter((pid) => active.has(pid)).slice(0, 50);
  await other.delete([...gone, ...sent[0]!.slice(0, 50)]);

  await account.question.getByRole("button", { name: words.retryFailed }).click();
  await expect(alert).toContainText(words.notDone(50));
  await expect(account.question.getByRole("listitem").first()).toContainText("No longer one of your clients");
  const done = server.audit("clients_blocked").filter((entry) => entry.result === "done");
  expect(new Set(done.map((entry) => entry.subject)).size).toBe(total - blockedBefore - 50);
  expect(done).toHaveLength(total - blockedBefore - 50);
  expect([...(await other.states()).values()].every((enabled) => !enabled)).toBe(true);

  await account.question.getByRole("button", { name: words.close }).last().click();
  await account.button(words.refresh).click();
  await expect(page.getByText("2,400 clients", { exact: true })).toBeVisible();
});

test("after a session expires midway, signing in continues the action, and each client is changed once", async ({ page, account, server, guard }) => {
  guard.allow(/401/);
  const { words } = account;
  await account.allBox.click();
  await account.tool("delete").click();
  let calls = 0;
  await page.route("**/clients/detach", async (route) => {
    if (++calls === 2) await server.expireSessions();
    await route.continue();
  });
  await account.question.getByRole("button", { name: words.toolbar.delete, exact: true }).click();
  await expect(account.signInAgain).toBeVisible();
  await account.signInAgain.getByLabel(words.password).fill(partner.password);
  await page.keyboard.press("Enter");
  await expect(account.message("2,500 clients deleted")).toBeVisible();
  const done = server.audit("clients_detached");
  expect(done.map((entry) => entry.result)).toEqual(Array(total).fill("done"));
  expect(new Set(done.map((entry) => entry.subject)).size).toBe(total);
});

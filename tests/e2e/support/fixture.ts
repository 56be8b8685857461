// What every journey starts from: a server, a browser that is signed in to it, and a guard over the page.
import { test as base } from "@playwright/test";
import { Account } from "./account.js";
import { Guard } from "./guard.js";
import { Server, type ServerOptions, type SignedIn } from "./server.js";
import type { Language } from "./words.js";

export { expect } from "@playwright/test";

interface Options {
  /** Language of the account. */
  language: Language;
  /** A server for this test alone, which may then change data; `null`: the worker's, for looking only. */
  own: ServerOptions | null;
  /** Whether the journey starts signed in. */
  isSignedIn: boolean;
}

interface Fixtures {
  server: Server;
  guard: Guard;
  account: Account;
}

interface WorkerFixtures {
  /** A data folder with the demonstration and one session in it, to be copied. */
  template: { data: string; signedIn: SignedIn };
  /** The worker's server, for tests that only look. */
  shared: Server;
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  language: ["en", { option: true }],
  own: [null, { option: true }],
  isSignedIn: [true, { option: true }],

  template: [
    async ({}, use) => {
      const server = await Server.start();
      const signedIn = await server.signIn();
      await server.stop();
      await use({ data: server.data, signedIn });
      await server.discard();
    },
    { scope: "worker" },
  ],
  shared: [
    async ({ template }, use) => {
      const server = await Server.start({}, template.data);
      await use(server);
      await server.discard();
    },
    { scope: "worker" },
  ],

  server: async ({ own, shared, template }, use) => {
    if (!own) return use(shared);
    const server = await Server.start(own, own.demo === false ? undefined : template.data);
    await use(server);
    await server.discard();
  },
  baseURL: async ({ server }, use) => use(server.address),
  storageState: async ({ isSignedIn, template }, use) => use(isSignedIn ? template.signedIn : undefined),

  guard: [
    async ({ context, server }, use) => {
      const guard = new Guard(context);
      await guard.prepare();
      server.wasDown = false;
      await use(guard);
      // A part that is fetched ahead while the server is down is fetched again when it is needed. How far the fetching had
      // come by then depends on the machine.
      if (server.wasDown) guard.allow(/ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)[^]*\.wasm/, /Failed to fetch[^]*\.wasm/);
      guard.verify();
    },
    { auto: true },
  ],
  account: async ({ page, language, guard: _ }, use) => use(new Account(page, language)),
});

/** Both languages, for the main flow: `for (const language of languages) test.describe(language, …)`. */
export const languages: Language[] = ["en", "ru"];

// A mail server for journeys, and letters as a mail program reads them.
import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import type { Server } from "./server.js";

/** Keeps what it gets. */
export class MailServer {
  /** How many letters it has refused. */
  refused = 0;
  private readonly letters: Email[] = [];

  private constructor(private readonly server: SMTPServer) {}

  /** Starts one that has a mailbox for every address for which `has` says so. */
  static async start(has: (email: string) => boolean = () => true): Promise<MailServer> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onRcptTo: ({ address }, _session, done) => {
        if (has(address)) return done();
        mail.refused++;
        done(Object.assign(new Error("no such mailbox"), { responseCode: 550 }));
      },
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", async () => {
          mail.letters.push(await PostalMime.parse(Buffer.concat(chunks)));
          done();
        });
      },
    });
    const mail = new MailServer(server);
    server.listen(0, "127.0.0.1");
    await once(server.server, "listening");
    return mail;
  }

  get port(): number {
    return (this.server.server.address() as { port: number }).port;
  }

  /** The letters to an address, oldest first. */
  to(email: string): Email[] {
    return this.letters.filter((letter) => letter.to?.some((to) => to.address === email));
  }

  async stop(): Promise<void> {
    await new Promise<void>((stopped) => this.server.close(() => stopped()));
  }
}

/** The letters to an address that a server has written as files, in no order. */
export async function writtenLetters(server: Server, email: string): Promise<Email[]> {
  const folder = join(server.data, "emails");
  const names = await readdir(folder).catch(() => []);
  const letters = await Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))));
  return letters.filter((letter) => letter.to?.some((to) => to.address === email));
}

/** The link that a letter is about: the same in its text and under the button of its HTML. */
export function linkOf(letter: Email): string {
  const link = /http\S+#token=[\w-]+/.exec(letter.text ?? "")?.[0];
  if (!link || !letter.html?.includes(`href="${link}"`)) throw new Error(`no link in ${letter.text}`);
  return link;
}

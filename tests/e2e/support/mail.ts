// A mail server for tests, and functions that read the emails that a server has sent.
import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import type { Server } from "./server.js";

/** A mail server that stores received emails instead of delivering them. */
export class MailServer {
  /** Number of emails that the mail server has refused, because the recipient has no mailbox. */
  refused = 0;
  private readonly emails: Email[] = [];

  private constructor(private readonly server: SMTPServer) {}

  /** Starts a mail server that accepts recipients for which `hasMailbox` is true. */
  static async start(hasMailbox: (email: string) => boolean = () => true): Promise<MailServer> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onRcptTo: ({ address }, _session, done) => {
        if (hasMailbox(address)) return done();
        mail.refused++;
        done(Object.assign(new Error("no such mailbox"), { responseCode: 550 }));
      },
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", async () => {
          mail.emails.push(await PostalMime.parse(Buffer.concat(chunks)));
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

  /** Returns the received emails to an address, oldest first. */
  to(address: string): Email[] {
    return this.emails.filter((email) => email.to?.some((to) => to.address === address));
  }

  async stop(): Promise<void> {
    await new Promise<void>((stopped) => this.server.close(() => stopped()));
  }
}

/** Returns the emails to an address that a server has written to files, in no particular order. */
export async function writtenEmails(server: Server, address: string): Promise<Email[]> {
  const folder = join(server.data, "emails");
  const names = await readdir(folder).catch(() => []);
  const emails = await Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))));
  return emails.filter((email) => email.to?.some((to) => to.address === address));
}

/** Returns the link in an email. The plain text and the HTML of the email must contain the same link. */
export function linkOf(email: Email): string {
  const link = /http\S+#token=[\w-]+/.exec(email.text ?? "")?.[0];
  if (!link || !email.html?.includes(`href="${link}"`)) throw new Error(`no link in ${email.text}`);
  return link;
}

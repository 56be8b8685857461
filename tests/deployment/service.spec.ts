// deploy/partner-server.service, as systemd reads it. It is not started: that takes a machine that systemd runs.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";

const analyze = (...args: string[]) => spawnSync("systemd-analyze", args, { encoding: "utf8" });

test("systemd finds no fault in the unit, and little that it leaves open", async () => {
  test.skip(analyze("--version").status !== 0, "systemd-analyze is not here");
  const folder = await mkdtemp(join(tmpdir(), "unit-"));
  const text = await readFile(join(import.meta.dirname, "../../deploy/partner-server.service"), "utf8");
  expect(text).toContain("ExecStart=/usr/local/bin/partner-server ");
  const unit = join(folder, "partner-server.service");
  await writeFile(unit, text.replace("/usr/local/bin/partner-server", process.env.PARTNER_SERVER!));
  const { status, stdout, stderr } = analyze("verify", unit);
  // Faults of other units of the machine are not ours.
  const ours = (stdout + stderr).split("\n").filter((line) => line.includes("partner-server.service"));
  expect([status, ours]).toEqual([0, []]);
  // Ten is a service without any protection, nought one that can do nothing at all.
  const exposure = analyze("security", "--offline=true", "--threshold=15", unit);
  expect(exposure.status, exposure.stdout).toBe(0);
  await rm(folder, { recursive: true });
});

test("the flags of the unit and of the container are flags that the server has", async () => {
  const help = execFileSync(process.env.PARTNER_SERVER!, ["serve", "--help"], { encoding: "utf8" });
  for (const file of ["partner-server.service", "Containerfile"]) {
    const text = await readFile(join(import.meta.dirname, "../../deploy", file), "utf8");
    const line = text.split("\n").find((line) => /^(ExecStart|ENTRYPOINT)/.test(line))!;
    const flags = line.match(/--[a-z-]+/g)!;
    expect(flags).toContain("--listen");
    for (const flag of flags) expect(help, `${file} ${flag}`).toContain(`${flag}`);
  }
});

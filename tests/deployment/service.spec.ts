// Checks deploy/partner-server.service with systemd's tools. The tests do not start the unit, because that needs a
// machine that runs systemd.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";

const analyze = (...args: string[]) => spawnSync("systemd-analyze", args, { encoding: "utf8" });

test("systemd-analyze accepts the unit and rates its exposure as low", async () => {
  test.skip(analyze("--version").status !== 0, "systemd-analyze is not here");
  const folder = await mkdtemp(join(tmpdir(), "unit-"));
  const text = await readFile(join(import.meta.dirname, "../../deploy/partner-server.service"), "utf8");
  expect(text).toContain("ExecStart=/usr/local/bin/partner-server ");
  const unit = join(folder, "partner-server.service");
  await writeFile(unit, text.replace("/usr/local/bin/partner-server", process.env.PARTNER_SERVER!));
  const { status, stdout, stderr } = analyze("verify", unit);
  // Ignore messages about other units, because they depend on the machine.
  const ours = (stdout + stderr).split("\n").filter((line) => line.includes("partner-server.service"));
  expect([status, ours]).toEqual([0, []]);
  // systemd rates exposure from 0 (no access) to 10 (no protection). The threshold is in tenths, so 15 means 1.5.
  const exposure = analyze("security", "--offline=true", "--threshold=15", unit);
  expect(exposure.status, exposure.stdout).toBe(0);
  await rm(folder, { recursive: true });
});

test("the server accepts the flags of the unit and of the container", async () => {
  const help = execFileSync(process.env.PARTNER_SERVER!, ["serve", "--help"], { encoding: "utf8" });
  for (const file of ["partner-server.service", "Containerfile"]) {
    const text = await readFile(join(import.meta.dirname, "../../deploy", file), "utf8");
    const line = text.split("\n").find((line) => /^(ExecStart|ENTRYPOINT)/.test(line))!;
    const flags = line.match(/--[a-z-]+/g)!;
    expect(flags).toContain("--listen");
    for (const flag of flags) expect(help, `${file} ${flag}`).toContain(`${flag}`);
  }
});

import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, PROJECT } from "../../playground/app-process.ts";
import { PEOPLE, startCompany, type Company, type CompanyOptions } from "../../playground/company.ts";
import { SETUP_SCOPES } from "../../playground/zoom/scopes.ts";
import { examine, type Examination, type Machine } from "../../src/cli/examine.ts";

/** A set-up as docs/setup.md leaves it, and what is in it to be broken. */
export interface SoundSetup {
  company: Company;
  environment: Record<string, string>;
  machine: Machine;
  /** Where the policy is written. */
  policyFile: string;
  /** Changes the text of the policy. */
  editPolicy(from: string | RegExp, to: string): Promise<void>;
  examine(): Promise<Examination>;
  close(): Promise<void>;
}

/** Starts the pretend vendors and sets a Deadbolt up with them: its policy is the one of the repository. */
export async function startSoundSetup(options: CompanyOptions = {}): Promise<SoundSetup> {
  const company = await startCompany({ rateLimits: false, zoomScopes: SETUP_SCOPES, ...options });
  const folder = await mkdtemp(join(tmpdir(), "deadbolt-doctor-"));
  const file = join(folder, "policy.yml");
  await copyFile(join(PROJECT, "policy.yml"), file);
  const channel = company.slack.channels.get(company.environment["DEADBOLT_CHANNEL"] ?? "");
  if (channel === undefined) throw new Error("The company has no channel for requests.");
  channel.kind = "private";
  // Three: whoever of them asks, two are left to approve for the protected.
  company.slack.usergroups.get("S0SEC")?.members.add(PEOPLE.administrator.id);
  const environment: Record<string, string> = {
    ...company.environment,
    POLICY_FILE: file,
    DATA_DIR: join(folder, "data"),
    PORT: String(await freePort()),
    VENDOR_TIMEOUT_SECONDS: "2",
  };
  const machine: Machine = {
    folder,
    free: () => Promise.resolve(50 * 1024 ** 3),
    now: Date.now,
    nodeVersion: "24.21.0",
  };
  return {
    company,
    environment,
    machine,
    policyFile: file,
    async editPolicy(from, to) {
      const text = await readFile(file, "utf8");
      const edited = text.replace(from, to);
      if (edited === text) throw new Error(`The policy has nothing like ${String(from)}.`);
      await writeFile(file, edited);
    },
    examine: () => examine(environment, machine),
    async close() {
      await company.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

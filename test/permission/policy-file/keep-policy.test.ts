import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { KNOWN_PLAYBOOKS } from "../../../src/workflow/judge/known-playbooks.ts";
import {
  keepPolicy,
  type PolicyKeeper,
  type PolicyWatch,
} from "../../../src/permission/policy-file/keep-policy.ts";
import { GOOD } from "../sample-policy.ts";

const PACE = { poll: 40, settle: 30 };
/** Only the system's word about changes, and no look in between. */
const NEVER_POLLED = { poll: 3_600_000, settle: 30 };
const FAULTY = GOOD.replace("approvers: [security]", "approvers: [securty]");

let folder: string;
let file: string;
let lines: { level: number; msg: string }[];
let watching: PolicyWatch | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "policy-"));
  file = join(folder, "policy.yml");
  lines = [];
  watching = undefined;
  await writeFile(file, GOOD);
});
afterEach(async () => {
  await watching?.stop();
  await rm(folder, { recursive: true });
});

/** The good policy, told apart by how long approvals wait. */
function expiring(hours: number): string {
  return GOOD.replace("expires: 24h", `expires: ${hours}h`);
}

async function keep(): Promise<PolicyKeeper> {
  const write = (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]);
  return keepPolicy(file, KNOWN_PLAYBOOKS, pino({ level: "info" }, { write }));
}

const expiry = (policy: PolicyKeeper) => policy.current().policy.approvals[0]?.expires;
/** Waits until the policy with this expiry is in force. */
const expectInForce = (policy: PolicyKeeper, expires: string) =>
  vi.waitFor(() => expect(expiry(policy)).toBe(expires), { timeout: 60_000, interval: 5 });
const readings = () => lines.filter(({ msg }) => msg === "the policy was read again").length;

test.each([
  ["told by the system", NEVER_POLLED],
  ["found by looking", { poll: 20, settle: 10 }],
])("a file that is written anew comes into force, %s", async (_, pace) => {
  const policy = await keep();
  watching = policy.watch(pace);
  await writeFile(file, expiring(12));
  await expectInForce(policy, "12h");
});

test("a file that takes the place of another by its name comes into force, again and again", async () => {
  const policy = await keep();
  watching = policy.watch(NEVER_POLLED);
  for (const hours of [11, 12, 13]) {
    await writeFile(join(folder, ".new"), expiring(hours));
    await rename(join(folder, ".new"), file);
    await expectInForce(policy, `${hours}h`);
  }
});

test("a file behind links comes into force when a folder on the way is swapped, as Kubernetes does", async () => {
  await rm(file);
  for (const [version, hours] of [
    ["..1", 11],
    ["..2", 12],
  ] as const) {
    await mkdir(join(folder, version));
    await writeFile(join(folder, version, "policy.yml"), expiring(hours));
  }
  await symlink("..1", join(folder, "..data"));
  await symlink("..data/policy.yml", file);
  const policy = await keep();
  watching = policy.watch(NEVER_POLLED);
  expect(expiry(policy)).toBe("11h");
  await symlink("..2", join(folder, "..data_tmp"));
  await rename(join(folder, "..data_tmp"), join(folder, "..data"));
  await expectInForce(policy, "12h");
});

test("a burst of changes is one reading", async () => {
  const policy = await keep();
  watching = policy.watch({ poll: 3_600_000, settle: 200 });
  for (let hours = 2; hours <= 12; hours++) await writeFile(file, expiring(hours));
  await expectInForce(policy, "12h");
  await watching.stop();
  expect(readings()).toBe(1);
});

test("a faulty, a half-written and a missing file leave the last good policy in force, until it is mended", async () => {
  const policy = await keep();
  const { version } = policy.current();
  watching = policy.watch(PACE);
  const faults = () =>
    lines.filter(({ msg }) => msg.startsWith("the last good policy stays in force.")).length;
  const changes = [
    () => writeFile(file, FAULTY),
    () => writeFile(file, GOOD.slice(0, GOOD.length / 3)),
    () => rm(file),
  ];
  for (const [index, change] of changes.entries()) {
    await change();
    await vi.waitFor(() => expect(faults()).toBe(index + 1), { timeout: 60_000, interval: 5 });
    expect(policy.current().version).toBe(version);
  }
  expect(lines[0]?.msg).toContain("Did you mean `security`?");
  await writeFile(file, expiring(12));
  await expectInForce(policy, "12h");
});

test("what was written between loading and watching is seen", async () => {
  const policy = await keep();
  await writeFile(file, expiring(12));
  watching = policy.watch(NEVER_POLLED);
  await expectInForce(policy, "12h");
});

test("nothing is read after it was stopped, but by being asked to", async () => {
  const policy = await keep();
  await policy.watch(PACE).stop();
  await writeFile(file, expiring(12));
  expect(expiry(policy)).toBe("24h");
  await policy.reload();
  expect(expiry(policy)).toBe("12h");
});

test("two readings at once end with what is in the file", async () => {
  const policy = await keep();
  const first = policy.reload();
  await writeFile(file, expiring(12));
  await Promise.all([first, policy.reload()]);
  expect(expiry(policy)).toBe("12h");
});

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadPolicy } from "../../../src/permission/policy-file/load-policy.ts";
import { parsePolicy } from "../../../src/permission/policy-file/policy.ts";
import { KNOWN_PLAYBOOKS } from "../../../src/workflow/judge/known-playbooks.ts";
import type { KnownPlaybook } from "../../../src/permission/policy-file/references.ts";
import { changed, faultsOf, GOOD, playbooks } from "../sample-policy.ts";

describe("a policy", () => {
  test("is read as it is written, and its version is the hash of the text", () => {
    const { policy, version } = parsePolicy(GOOD, "policy.yml", playbooks);
    expect(policy.roles["it-admins"]?.members.workspace).toEqual(["owner"]);
    expect(policy.approvals[1]).toEqual({
      for: { risk: "irreversible" },
      approvers: ["security"],
      count: 2,
      expires: "8h",
    });
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(parsePolicy(`${GOOD}# a remark\n`, "policy.yml", playbooks).version).not.toBe(version);
  });

  test("of the repository is one that can be used", async () => {
    const text = await readFile(new URL("../../../policy.yml", import.meta.url), "utf8");
    expect(faultsOf(text, [...KNOWN_PLAYBOOKS])).toEqual([]);
  });

  test("must cover every playbook with an approval rule that can apply to it", () => {
    const others: KnownPlaybook[] = [...playbooks, { name: "lockout", risks: ["reversible"] }];
    expect(faultsOf(GOOD, others)).toEqual([
      expect.stringContaining("policy.yml:9:1: approvals: No approval rule covers the playbook `lockout`"),
    ]);
    expect(faultsOf(GOOD.replace("{ risk: irreversible }", "{ risk: reversible }"), others)).toEqual([]);
  });

  test("without roles is refused", () => {
    const text =
      "version: 1\nroles: {}\napprovals:\n  - { for: { playbook: zoom-offboard }, approvers: [], count: 0 }\n";
    expect(faultsOf(text)).toEqual([
      "policy.yml:2:1: roles: A policy needs at least one role; without one nobody may do anything.",
    ]);
  });

  test("with members that name nobody is accepted, and the role is nobody's", () => {
    expect(faultsOf(changed("members: { usergroups: [S0SEC] }", "members: {}"))).toEqual([]);
  });

  test("that is empty, a list or plain text is refused", () => {
    for (const text of ["", "# nothing\n", "- 1\n", "hello", "\0"]) expect(faultsOf(text)).not.toEqual([]);
  });

  test("cannot exhaust memory with aliases or length", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (let level = 0; level < 12; level++) {
      const [own, below] = [String.fromCodePoint(98 + level), String.fromCodePoint(97 + level)];
      bomb.push(`${own}: &${own} [${Array.from({ length: 9 }, () => `*${below}`).join(", ")}]`);
    }
    expect(faultsOf(bomb.join("\n"))[0]).toMatch(/aliases/);
    expect(faultsOf(bomb.slice(0, 6).join("\n"))[0]).toMatch(/alias/i);
    expect(faultsOf(`${GOOD}#${"x".repeat(300_000)}`)).toEqual([
      "policy.yml: The file is longer than 256 KiB.",
    ]);
  });

  test("may use a few anchors, and faults are found behind them", () => {
    expect(faultsOf(GOOD.replace("[S0IT]", "&it [S0IT]").replace("[S0SEC]", "*it"))).toEqual([]);
    expect(
      faultsOf(GOOD.replace("[S0IT]", "&it [sec]").replace("[S0SEC]", "*it")).map(
        (line) => line.split(" ")[1],
      ),
    ).toEqual(["roles.it-admins.members.usergroups[0]:", "roles.security.members.usergroups[0]:"]);
  });

  test("is read or refused with places, never anything else, whatever is done to the text", () => {
    const lines = GOOD.split("\n");
    const damage = fc.record({
      line: fc.nat(lines.length - 1),
      column: fc.nat(40),
      cut: fc.nat(12),
      put: fc.string({ maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const copy = [...lines];
        for (const { line, column, cut, put } of damages) {
          const text = copy[line] ?? "";
          copy[line] = text.slice(0, column) + put + text.slice(column + cut);
        }
        const faults = faultsOf(copy.join("\n"));
        for (const fault of faults) expect(fault).toMatch(/^policy\.yml:\d+:\d+: ./);
      }),
      { numRuns: 400 },
    );
  });
});

describe("loading a policy", () => {
  test("reads the file, and tells plainly when it is missing, a folder or not text", async () => {
    const folder = await mkdtemp(join(tmpdir(), "deadbolt-policy-"));
    try {
      const file = join(folder, "policy.yml");
      await expect(loadPolicy(file, playbooks)).rejects.toThrow(/There is no such file.*POLICY_FILE/);
      await expect(loadPolicy(folder, playbooks)).rejects.toThrow(/a folder/);
      await writeFile(file, GOOD);
      expect((await loadPolicy(file, playbooks)).version).toBe(parsePolicy(GOOD, file, playbooks).version);
      await writeFile(file, Buffer.from([0xff, 0xfe, 0x00]));
      await expect(loadPolicy(file, playbooks)).rejects.toThrow(/not UTF-8/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

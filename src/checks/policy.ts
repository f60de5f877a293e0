import { readFile } from "node:fs/promises";
import { readTestedPolicy, type TestablePlaybook } from "../permission/policy-file/keep-policy.ts";
import { PolicyError, type PolicyFault } from "../permission/policy-file/policy-error.ts";
import { warningsOf } from "../permission/policy-file/warnings.ts";
import type { Policy } from "../permission/schema.ts";
import { findingsOf, type Finding } from "./finding.ts";

/** A policy file as it was read: unusable where there is no policy. */
interface ReadPolicy {
  policy?: Policy;
  findings: Finding[];
}

/** Reads the policy and runs its tests; what is legal and surely not meant is a warning. */
export async function readPolicyFile(
  file: string,
  playbooks: readonly TestablePlaybook[],
): Promise<ReadPolicy> {
  const finding = (severity: "fault" | "warning", { line, column, path, message, suggestion }: PolicyFault) =>
    findingsOf("policy", severity)(
      [line === undefined ? file : `${file}:${line}:${column ?? 1}`, path].filter(Boolean).join(", "),
      message,
      suggestion === undefined
        ? "Correct the file; docs/policy.md explains every part."
        : `Write \`${suggestion}\`, if that is what was meant.`,
    );
  try {
    const { policy } = await readTestedPolicy(file, playbooks);
    const warnings = warningsOf(await readFile(file, "utf8"), playbooks);
    return { policy, findings: warnings.map((warning) => finding("warning", warning)) };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return { findings: error.faults.map((one) => finding("fault", one)) };
  }
}

import { answerText, isNoAnswer } from "../connectors/vendor-error.ts";
import type { CredentialFinding } from "../credentials/finding.ts";

/** What was looked at. */
export type Part =
  | "node"
  | "files"
  | "settings"
  | "policy"
  | "slack"
  | "channel"
  | "user groups"
  | "on call"
  | "zoom"
  | "cloudflare"
  | "database"
  | "clock"
  | "port";

/**
 * How much it matters: a `fault` fails in the hour of need, a `warning` is legal and surely not meant, and what is
 * `unchecked` could not be checked with what the app may see.
 */
export type Severity = "fault" | "warning" | "unchecked";

/** One thing that is wrong with a set-up, or could not be checked. It never holds a secret. */
export interface Finding {
  severity: Severity;
  part: Part;
  /** The setting, file or place in the policy where it is mended. */
  where: string;
  /** One sentence: what is wrong. */
  fault: string;
  /** What to do about it, in the imperative. */
  mend: string;
}

/** The findings about one part, from the same part and severity. */
export function findingsOf(part: Part, severity: Severity) {
  return (where: string, fault: string, mend: string): Finding => ({ severity, part, where, fault, mend });
}

/** Settings of a credential that says itself what it may do; a permission is mended there. */
const CREDENTIAL_OF: Partial<Record<Part, string>> = { cloudflare: "CLOUDFLARE_API_TOKEN" };

/** A finding about credentials, with the vendor's answer apart from what is to be done. */
export function credentialFinding(
  part: Part,
  { settings, sentence, facts }: CredentialFinding,
  mend: string,
): Finding {
  const named = settings.join(", ");
  const what = sentence.slice(named.length + 2);
  if (facts === undefined) return { severity: "fault", part, where: named, fault: what, mend };
  const isPermission = facts.kind === "missing_scope";
  const answer = answerText(facts) || facts.kind;
  return {
    severity: "fault",
    part,
    where: (isPermission ? CREDENTIAL_OF[part] : undefined) ?? named,
    fault: `${named} ${isNoAnswer(facts) ? "could not be checked" : "was refused"}: ${answer}.`,
    mend: facts.advice,
  };
}

import type { Policy } from "../schema.ts";

/** An id or an e-mail as names are compared: NFKC, trimmed, lower-case. */
export function comparable(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

/**
 * Every id and e-mail that the policy says belongs to the same person as one of these, also by a chain of lists.
 * The names themselves come first, as they were given.
 */
export function linkedNames(policy: Pick<Policy, "identities">, names: readonly string[]): string[] {
  const known = new Map(names.map((name) => [comparable(name), name]));
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false;
    for (const person of policy.identities ?? []) {
      if (!person.some((name) => known.has(comparable(name)))) continue;
      for (const name of person) {
        if (known.has(comparable(name))) continue;
        known.set(comparable(name), name);
        isGrowing = true;
      }
    }
  }
  return [...known.values()];
}

/** Whether a linked name is a Slack user id, and no e-mail. */
export function isSlackId(name: string): boolean {
  return !name.includes("@");
}

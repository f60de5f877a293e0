import type { Policy } from "../schema.ts";

/** The part of the policy that says which names belong to one person. */
type Linked = Pick<Policy, "identities">;

/** An id or an e-mail as names are compared: NFKC, trimmed, lower-case. */
export function comparable(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

/**
 * Every id and e-mail that the policy says belongs to the same person as one of these, also by a chain of lists.
 * The names themselves come first, as they were given.
 */
export function linkedNames(policy: Linked, names: readonly string[]): string[] {
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

/** The linked names of a person as the permission check takes them: Slack ids and e-mails, as they were given. */
export function linkedAccounts(
  policy: Linked,
  names: readonly string[],
): { slackIds: string[]; emails: string[] } {
  const linked = linkedNames(policy, names);
  return { slackIds: linked.filter(isSlackId), emails: linked.filter((name) => !isSlackId(name)) };
}

/**
 * Every id and e-mail of a person under the policy, in the form in which names are compared.
 * @param known the ids and e-mails by which they are known; what is missing or empty is no name
 */
export function namesOfPerson(policy: Linked, known: readonly (string | undefined)[]): string[] {
  const names = known.filter((name) => name !== undefined).filter((name) => comparable(name) !== "");
  return linkedNames(policy, names).map(comparable);
}

/**
 * Nobody decides about themselves: whether two people are one under the policy. With no Slack id on one side and no
 * e-mail on the other, nothing shows that they are two: then it is `unknown`, which has to be refused like `same`.
 */
export function comparePeople(
  policy: Linked,
  known: readonly (string | undefined)[],
  otherKnown: readonly (string | undefined)[],
): "same" | "different" | "unknown" {
  const [names, otherNames] = [namesOfPerson(policy, known), namesOfPerson(policy, otherKnown)];
  if (names.some((name) => otherNames.includes(name))) return "same";
  const areUnlike = (left: string[], right: string[]) => !left.some(isSlackId) && right.every(isSlackId);
  return areUnlike(names, otherNames) || areUnlike(otherNames, names) ? "unknown" : "different";
}

/** Whether two people are known to be one under the policy, where each has an id or e-mail of the same kind. */
export function isSamePerson(
  policy: Linked,
  known: readonly (string | undefined)[],
  otherKnown: readonly (string | undefined)[],
): boolean {
  return comparePeople(policy, known, otherKnown) === "same";
}

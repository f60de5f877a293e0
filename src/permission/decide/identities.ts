import { keysOf, personKey } from "../../target/person-key.ts";
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
 * @param formOf in which form names are compared
 */
export function linkedNames(
  policy: Linked,
  names: readonly string[],
  formOf: (name: string) => string = comparable,
): string[] {
  const known = new Map(names.map((name) => [formOf(name), name]));
  const people = (policy.identities ?? []).map((person) =>
    person.map((name) => [formOf(name), name] as const),
  );
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false;
    for (const person of people) {
      if (!person.some(([form]) => known.has(form))) continue;
      for (const [form, name] of person) {
        if (known.has(form)) continue;
        known.set(form, name);
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

/**
 * The linked names of a person as the permission check takes them: Slack ids and e-mails, as they were given, also those
 * of whom they may be.
 */
export function linkedAccounts(
  policy: Linked,
  names: readonly string[],
): { slackIds: string[]; emails: string[] } {
  const linked = linkedNames(policy, [
    ...linkedNames(policy, names),
    ...linkedNames(policy, names, personKey),
  ]);
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

/** The keys of every name that a person may have under the policy; only ever to keep them from something. */
export function keysOfPerson(policy: Linked, known: readonly (string | undefined)[]): string[] {
  const names = known.filter((name) => name !== undefined).filter((name) => comparable(name) !== "");
  return keysOf(linkedNames(policy, names, personKey));
}

/** The same names in both forms, for rows that hold what a person is kept from. */
export function barredNames(policy: Linked, known: readonly (string | undefined)[]): string[] {
  return [...new Set([...namesOfPerson(policy, known), ...keysOfPerson(policy, known)])];
}

/** All that is known of someone whom Slack was asked about: their id, their e-mail, and those that they had before. */
export function namesKnownOf({
  id,
  email,
  formerEmails = [],
}: {
  id: string;
  email?: string;
  formerEmails?: readonly string[];
}): string[] {
  return [id, ...(email === undefined ? [] : [email]), ...formerEmails];
}

/**
 * Nobody decides about themselves: whether two people are one under the policy. In doubt they are: names that only look
 * alike are the same. With no Slack id on one side and no e-mail on the other, nothing shows that they are two: then it
 * is `unknown`, which has to be refused like `same`.
 */
export function comparePeople(
  policy: Linked,
  known: readonly (string | undefined)[],
  otherKnown: readonly (string | undefined)[],
): "same" | "different" | "unknown" {
  const [names, otherNames] = [keysOfPerson(policy, known), keysOfPerson(policy, otherKnown)];
  if (names.some((name) => otherNames.includes(name))) return "same";
  const areUnlike = (left: string[], right: string[]) => !left.some(isSlackId) && right.every(isSlackId);
  return areUnlike(names, otherNames) || areUnlike(otherNames, names) ? "unknown" : "different";
}

/** The first name of a person, their own or a linked one, that may be another person's too. */
export function sharedName(
  policy: Linked,
  names: readonly string[],
  otherNames: readonly string[],
): string | undefined {
  const keys = keysOfPerson(policy, otherNames);
  return linkedNames(policy, names, personKey).find((name) => keys.includes(personKey(name)));
}

/** Whether two people may be one, where each has an id or e-mail of the same kind; to keep someone from something. */
export function isSamePerson(
  policy: Linked,
  known: readonly (string | undefined)[],
  otherKnown: readonly (string | undefined)[],
): boolean {
  return comparePeople(policy, known, otherKnown) === "same";
}

/** Whether two people are certainly one: they share a name as it is written. For what only its owner may do. */
export function isCertainlySamePerson(
  policy: Linked,
  known: readonly (string | undefined)[],
  otherKnown: readonly (string | undefined)[],
): boolean {
  const names = namesOfPerson(policy, known);
  return namesOfPerson(policy, otherKnown).some((name) => names.includes(name));
}

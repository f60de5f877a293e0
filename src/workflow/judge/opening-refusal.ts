import type { DatabaseClient } from "../../database/connect.ts";
import type { Refusal } from "../../deps/refusal.ts";
import { keysOfPerson } from "../../permission/decide/identities.ts";
import type { Policy } from "../../permission/schema.ts";
import { lockout } from "../../playbook/lockout.ts";
import { release } from "../../playbook/release.ts";
import { opensDoor } from "../../playbook/takes-access.ts";
import { lockoutsInForce } from "../../request/lockout-store.ts";
import { keysOf } from "../../target/person-key.ts";
import { namesOfTarget, type Target } from "../../target/target.ts";

/** What is to be sent, and about whom. */
export interface AskedCalls {
  playbook: string;
  /** Undefined where it is about no person. */
  target: Target | undefined;
  steps: readonly { operation: string; input: Readonly<Record<string, unknown>> }[];
}

/**
 * Why calls must not be sent that could open a way in for someone who is locked out: only a release ends a lockout. They
 * are about whoever the request is about, and everyone whom their input names. Undefined where nothing speaks against
 * them.
 */
export async function openingRefusal(
  client: DatabaseClient,
  policy: Pick<Policy, "identities">,
  { playbook, target, steps }: AskedCalls,
): Promise<Refusal | undefined> {
  if (playbook === lockout.name || playbook === release.name) return undefined;
  const opening = steps.filter(({ operation, input }) => opensDoor(operation, input));
  if (opening.length === 0) return undefined;
  const inForce = await lockoutsInForce(client);
  if (inForce.length === 0) return undefined;
  const named = opening.flatMap(({ input }) => [...textsIn(input)]);
  const keys = new Set([...(target === undefined ? [] : keysOfTarget(policy, target)), ...keysOf(named)]);
  for (const name of named.filter((text) => text.includes("@")))
    for (const key of keysOfPerson(policy, [name])) keys.add(key);
  const found = inForce.find((one) => keysOfTarget(policy, one.target).some((key) => keys.has(key)));
  if (found === undefined) return undefined;
  const theirs = keysOfTarget(policy, found.target);
  const isTheirs = target !== undefined && keysOfTarget(policy, target).some((key) => theirs.includes(key));
  return {
    rule: "only a release ends a lockout",
    reason: `${isTheirs ? "This person is" : "Somebody whom this names is"} locked out. It could open what the lockout closed. Nothing was changed.`,
    next: "Ask for a release with /lockout release.",
  };
}

/** Every name of a person by which a request can be about them, at vendors too. */
function keysOfTarget(policy: Pick<Policy, "identities">, target: Target): string[] {
  const { zoomUserId, cloudflareUserId } = target;
  return [...keysOfPerson(policy, namesOfTarget(target)), ...keysOf([zoomUserId, cloudflareUserId])];
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) yield* textsIn(part);
}

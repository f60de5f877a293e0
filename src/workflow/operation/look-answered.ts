import type { FoundPerson } from "../../deps/person.ts";
import type { Operation } from "../../catalogue/operation.ts";
import type { Target } from "../../target/target.ts";
import type { OperationContext } from "./operation-context.ts";

/** What the audit log keeps of a look: who, at what, by which rule; never what they saw. */
export function lookAnswered(
  context: OperationContext,
  personId: string,
  operation: Operation,
  rule: string,
  target: Target | undefined,
): Parameters<OperationContext["audit"]>[0] {
  const at = context.now();
  const person = target === undefined ? undefined : foundPerson(target);
  return {
    id: `look:${operation.name}:${personId}:${context.uniqueId()}`,
    requestId: null,
    type: "look.answered",
    actor: personId,
    at,
    data: {
      operation: operation.name,
      ...(person === undefined ? {} : { target: person }),
      rule,
      revealedSecret: (operation.secrets ?? []).length > 0,
    },
  };
}

/** A person as forms show them; undefined where it is about nobody. */
export function foundPerson({ name, email, slackId }: Target): FoundPerson | undefined {
  return email === undefined ? undefined : { name, email, ...(slackId === undefined ? {} : { slackId }) };
}

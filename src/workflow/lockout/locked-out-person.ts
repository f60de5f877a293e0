import type { EnteredTarget } from "../../deps/person.ts";
import type { Refusal } from "../../deps/refusal.ts";
import { lockoutFields, type LockoutPart } from "../../playbook/lockout-fields.ts";
import type { ActContext } from "../waiting/act-context.ts";
import { mayTend } from "./may-tend.ts";

/** Whom a lockout is about and what was chosen. @throws DirectoryError */
export async function lockedOutPerson(
  context: ActContext,
  requestId: string,
  personId: string,
): Promise<{ target: EnteredTarget; parts: LockoutPart[]; reason: string } | { refusal: Refusal }> {
  const answer = await mayTend(context, requestId, personId);
  if ("refusal" in answer) return answer;
  const { target, fields } = answer.request.plan;
  const parsed = lockoutFields.safeParse(fields);
  const { slackId, email } = target;
  return {
    // The e-mail is what the lockout went by.
    target: email === undefined ? (slackId === undefined ? {} : { slackId }) : { email },
    parts: parsed.success ? parsed.data.parts : [],
    reason: parsed.success ? parsed.data.reason : "",
  };
}

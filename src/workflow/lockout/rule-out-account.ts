import type { ActResult } from "../../deps/decision.ts";
import type { Refusal } from "../../deps/refusal.ts";
import { judgement } from "../../lockout/judge.ts";
import { vendorsWithoutAccount } from "../../lockout/no-account-words.ts";
import { verdictOf } from "../../lockout/verdict.ts";
import { findRequest } from "../../request/store.ts";
import { ACCOUNT_NAMES, type AccountVendor } from "../../target/account.ts";
import { openRefused } from "../events/refusal-events.ts";
import { UNKNOWN_REQUEST } from "../waiting/closed-refusal.ts";
import { mayTend, type TendContext } from "./may-tend.ts";

/**
 * Records that someone confirms that the person has no account at a vendor, which knows nobody under the addresses that
 * were tried. The verdict that follows from it is written with it.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function ruleOutAccount(
  context: TendContext,
  requestId: string,
  personId: string,
  vendor: AccountVendor,
): Promise<ActResult> {
  const answer = await mayTend(context, requestId, personId);
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const refusal = await context.database.transaction(async (client): Promise<Refusal | undefined> => {
    const request = await findRequest(client, requestId, "lock");
    if (request === undefined) return UNKNOWN_REQUEST;
    const { plan } = request;
    const events = await context.events(requestId, client);
    const missing = vendorsWithoutAccount(verdictOf(plan, events).doors).find((one) => one.vendor === vendor);
    if (missing === undefined)
      return {
        rule: "only an account that was not found can be ruled out",
        reason: `This lockout found a ${ACCOUNT_NAMES[vendor]}. Nothing was changed.`,
      };
    if (missing.confirmedBy !== undefined) return undefined;
    const at = context.now();
    const ruledOut = {
      id: `${requestId}:ruled-out:${vendor}`,
      requestId,
      type: "account.ruled_out" as const,
      actor: personId,
      at,
      data: { vendor, addresses: missing.addresses },
    };
    await context.audit(ruledOut, client);
    const judged = judgement(requestId, plan, [...events, ruledOut], at);
    if (judged !== undefined) await context.audit(judged, client);
    return undefined;
  });
  if (refusal !== undefined) {
    await context.audit(openRefused(personId, "rule out", refusal, context.now()));
    return { kind: "refused", refusal };
  }
  context.publish(requestId);
  return { kind: "done", sentence: `Recorded: they have no ${ACCOUNT_NAMES[vendor]}.` };
}

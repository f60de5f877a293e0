import type { ActionsBlock, Button } from "@slack/types";
import type { AuditEvent } from "../../src/audit/event.ts";
import { stepsToRetry } from "../../src/lockout/steps-to-retry.ts";
import { vendorsWithoutAccount } from "../../src/lockout/no-account-words.ts";
import { verdictOf } from "../../src/lockout/verdict.ts";
import { ACCOUNT_NAMES, type AccountVendor } from "../../src/target/account.ts";
import type { RequestSummary } from "../request/summary.ts";
import { plain } from "../blocks/text.ts";

/** What can be done to a lockout from its message. */
export const TENDING = {
  retry: "lockout_retry",
  release: "lockout_release",
  more: "lockout_more",
  handOver: "lockout_hand_over",
  watch: "lockout_watch",
  summary: "lockout_summary",
  noZoom: "lockout_no_zoom",
  noCloudflare: "lockout_no_cloudflare",
  noSlack: "lockout_no_slack",
  bindSlack: "lockout_bind_slack",
} as const;

const RULING_OUT: Readonly<Record<AccountVendor, string>> = {
  zoom: TENDING.noZoom,
  cloudflare: TENDING.noCloudflare,
  slack: TENDING.noSlack,
};

function button(actionId: string, label: string, requestId: string, style?: "danger" | "primary"): Button {
  return { type: "button", action_id: actionId, text: plain(label, 75), value: requestId, style };
}

const ENDED: ReadonlySet<string> = new Set(["done", "partly_done", "failed"]);

/** Whether nobody was suspended in Slack, because no account was known, and nobody has said since whose it is. */
function lacksSlackAccount({ plan }: RequestSummary, events: readonly AuditEvent[]): boolean {
  if (plan.target.slackId !== undefined || !events.some(({ type }) => type === "power.suspended"))
    return false;
  return !events.some(
    (event) =>
      event.type === "account.bound" || (event.type === "account.ruled_out" && event.data.vendor === "slack"),
  );
}

/** The buttons for a lockout in its state, and the retry of whatever else failed; none while it waits for approval. */
export function tendingButtons(request: RequestSummary, events: readonly AuditEvent[]): ActionsBlock[] {
  const { id, state, plan } = request;
  const isEnded = ENDED.has(state);
  if (!isEnded && state !== "running" && state !== "approved") return [];
  const isReleased = events.some(({ type }) => type === "lockout.released");
  const canRetry = isEnded && !isReleased && stepsToRetry(plan, events).length > 0;
  const retry = canRetry ? [button(TENDING.retry, "Retry what failed", id, "primary")] : [];
  if (plan.playbook !== "lockout")
    return retry.length === 0 ? [] : [{ type: "actions", block_id: "retrying", elements: retry }];
  const missing = isReleased
    ? []
    : vendorsWithoutAccount(verdictOf(plan, events).doors).filter(
        ({ confirmedBy }) => confirmedBy === undefined,
      );
  const wantsSlack = !isReleased && lacksSlackAccount(request, events);
  return [
    {
      type: "actions",
      block_id: "lockout_tending",
      elements: [
        ...retry,
        ...missing.map(({ vendor }) =>
          button(RULING_OUT[vendor], `They have no ${ACCOUNT_NAMES[vendor]}`, id),
        ),
        ...(wantsSlack ? [button(TENDING.bindSlack, "Choose their Slack account", id)] : []),
        ...(isEnded ? [] : [button(TENDING.watch, "Watch it", id)]),
        button(TENDING.more, "Lock out more people", id),
        button(TENDING.handOver, "Hand over", id),
        ...(isEnded ? [button(TENDING.summary, "Post-incident summary", id)] : []),
        ...(isEnded && !isReleased ? [button(TENDING.release, "Release", id, "danger")] : []),
      ],
    },
  ];
}

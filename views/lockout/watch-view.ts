import type { ModalView } from "@slack/types";
import type { AuditEvent } from "../../src/audit/event.ts";
import { clockTime, spanOf } from "../../src/lockout/timeline.ts";
import { doorLines, lockoutStateLine } from "./doors.ts";
import { momentsOf } from "./line.ts";
import type { RequestSummary } from "../request/summary.ts";
import { escapeText, mrkdwn, plain } from "../blocks/text.ts";
import { sections } from "../blocks/sections.ts";

export const WATCH_VIEW = "lockout_watch";

/** The newest moments that fit into a modal that someone looks at. */
const SHOWN_MOMENTS = 25;

/** A lockout as it goes, for one person's eyes; nothing in it can be pressed. */
export function watchView(request: RequestSummary, events: readonly AuditEvent[]): ModalView {
  const moments = momentsOf(request, events);
  const left = moments.length - SHOWN_MOMENTS;
  const lines = moments
    .slice(-SHOWN_MOMENTS)
    .map(({ at, after, what }) => `\`${clockTime(at)}\` +${spanOf(after)} ${escapeText(what)}`);
  return {
    type: "modal",
    callback_id: WATCH_VIEW,
    title: plain(`Lockout: ${request.plan.target.name}`, 24),
    close: plain("Close", 24),
    notify_on_close: true,
    private_metadata: request.id,
    blocks: [
      { type: "section", text: mrkdwn(lockoutStateLine(request, events)) },
      ...sections(doorLines(request, events)),
      { type: "divider" },
      ...sections([...(left > 0 ? [`… ${left} earlier`] : []), ...lines]),
      {
        type: "context",
        elements: [
          mrkdwn(`This window follows along. The same is reported in <#${request.channel}>. Times are UTC.`),
        ],
      },
    ],
  };
}

import { ApiFailure } from "./api-failure.ts";
import { findMessage, type SlackState } from "./state.ts";

/** The parent of a thread, also when one of its replies was named. @throws ApiFailure `thread_not_found` */
export function threadRoot(state: SlackState, channel: string, ts: string | undefined): string | undefined {
  if (ts === undefined || ts === "") return undefined;
  const parent = findMessage(state, channel, ts);
  if (parent === undefined || parent.ephemeralTo !== undefined) throw new ApiFailure("thread_not_found");
  return parent.threadTs ?? parent.ts;
}

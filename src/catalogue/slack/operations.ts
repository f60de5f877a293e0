import type { Operation } from "../operation.ts";
import { listSlackSessions } from "./session/list.ts";
import { resetSlackSessions } from "./session/reset.ts";

/** Every call to Slack's administration that Deadbolt can make. */
export const slackOperations: readonly Operation[] = [listSlackSessions, resetSlackSessions];

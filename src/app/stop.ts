import { atMost } from "../concurrency/timeout.ts";
import type { Background } from "./start-background.ts";
import type { Ground, Reporting } from "./start-reporting.ts";
import type { Runs } from "./start-runs.ts";
import type { SlackSide } from "./start-slack.ts";

/** The storyteller may use so much of the time that is left. */
const LONGEST_REPORTING_MILLISECONDS = 10_000;

/**
 * Stops every part, waiting for work in flight as long as the settings allow; what is left then is resumed at the next
 * start.
 * @returns the exit code
 */
export async function stopDeadbolt(
  { config, log, opened, stopping }: Ground,
  { database, storyDatabase, storyteller }: Reporting,
  runs: Runs,
  background: Background,
  { slack, http, inFlight, credentials }: SlackSide,
): Promise<number> {
  const end = Date.now() + config.STOP_SECONDS * 1_000;
  const left = () => Math.max(0, end - Date.now());
  stopping.abort();
  log.info("stopping: no new requests, waiting for work in flight");
  await slack.socket?.disconnect();
  await atMost(left(), Promise.all([http.close(), inFlight.idle()]));
  await Promise.all([background.stop(), credentials.stop()]);
  const { finished } = await runs.stop(left());
  const told = await storyteller.stop(Math.min(left(), LONGEST_REPORTING_MILLISECONDS));
  // What is still at work holds its connections and would keep the pools from closing; it ends with the process.
  if (finished && told) await Promise.all([database.close(), storyDatabase.close()]);
  else log.warn({ finished, told }, "not everything is finished; the rest is resumed at the next start");
  await opened.close();
  log.info("stopped");
  return 0;
}

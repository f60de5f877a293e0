import { pino } from "pino";
import { createAuditLog } from "../audit/log.ts";
import { removeEnrolment } from "../second-factor/second-factor.ts";
import { OPERATOR } from "../audit/event.ts";
import { UsageError } from "./command.ts";
import { withDatabase } from "./with-database.ts";

/**
 * `second-factor remove PERSON`: takes a one-time password away; the audit log keeps it.
 * @throws UsageError unless PERSON is a Slack id; ConfigError when there is no database
 */
export async function removeSecondFactor(
  environment: NodeJS.ProcessEnv,
  words: readonly string[],
): Promise<{ text: string; code: number }> {
  const [personId = "", ...others] = words;
  if (!/^[UW][A-Z0-9]+$/.test(personId) || others.length > 0)
    throw new UsageError("Name one person by their Slack id: second-factor remove U0SAM");
  const log = pino({ level: "silent" });
  return withDatabase(environment, { log, lacking: "no one-time password" }, async (database) => {
    // Nothing is sealed or opened here.
    const context = {
      database,
      now: () => new Date(),
      seal: (text: string) => text,
      unseal: () => undefined,
    };
    if (!(await removeEnrolment(context, personId)))
      return { text: `${personId} has no one-time password. Nothing was changed.`, code: 0 };
    const at = new Date();
    await createAuditLog(database, []).append({
      id: `factor:${personId}:removed:${at.getTime()}`,
      requestId: null,
      type: "factor.removed",
      actor: OPERATOR,
      at,
      data: { personId },
    });
    return { text: `${personId} has no one-time password any more, and can set up another one.`, code: 0 };
  });
}

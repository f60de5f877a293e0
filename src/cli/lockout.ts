import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createAuditLog } from "../audit/log.ts";
import { loadConfig, secretsOf } from "../config.ts";
import type { Database } from "../database/connect.ts";
import { createLog } from "../log.ts";
import { loadPolicy } from "../permission/policy-file/load-policy.ts";
import { findRequest } from "../request/store.ts";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { UsageError, type Command } from "./command.ts";
import { judgeForOperator } from "./lockout-judge.ts";
import { openMachine } from "./lockout-machine.ts";
import { writeOperatorsLockout } from "./lockout-write.ts";
import { readOptions } from "./options.ts";
import { withDatabase } from "./with-database.ts";

const SLACK_ID = /^[UW][A-Z0-9]+$/;
const PERSON = /^([UW][A-Z0-9]+|[^\s@]+@[^\s@]+)$/;
/** How long the run may take before this command says so and ends. */
const LONGEST_MILLISECONDS = 5 * 60_000;
/** A running app looks for what is approved every five seconds. */
const START_MILLISECONDS = 20_000;
const LOOK_MILLISECONDS = 250;

/**
 * `lockout PERSON --reason TEXT [--by SLACK-ID] [--even-if-last]`: locks someone out from the machine that runs Deadbolt,
 * also while Slack does not answer. The running app does the work; the audit log keeps it as an act on the machine.
 * @throws UsageError unless PERSON is a Slack id or an e-mail and there is a reason; ConfigError without a database
 */
export const lockOutPerson: Command = async (environment, words) => {
  const { positionals, values } = readOptions(words, {
    reason: { type: "string" },
    by: { type: "string" },
    "even-if-last": { type: "boolean" },
  });
  const [person = "", ...others] = positionals;
  const reason = values.reason?.trim() ?? "";
  const { by } = values;
  const isNamed = PERSON.test(person) && others.length === 0 && (by === undefined || SLACK_ID.test(by));
  if (!isNamed || reason === "" || reason.length > 1_000)
    throw new UsageError(
      'Name one person by their Slack id or e-mail, and say why: lockout U0SAM --reason "Stolen laptop"',
    );
  const config = loadConfig(environment);
  const log = createLog("fatal", secretsOf(config));
  return withDatabase(environment, { log, lacking: "no lockout" }, async (database) => {
    const loaded = await loadPolicy(config.POLICY_FILE, KNOWN_PLAYBOOKS);
    const machine = await openMachine({ config, log, database }, loaded.policy);
    const evenIfLast = values["even-if-last"] === true;
    const judged = await judgeForOperator(machine, loaded, { person, reason, by, evenIfLast });
    if ("fault" in judged) return { text: `NOT locked. ${judged.fault} Nothing was done.`, code: 2 };
    const id = `operator-${randomUUID()}`;
    const channel = config.INCIDENT_CHANNEL ?? config.DEADBOLT_CHANNEL;
    const secrets = secretsOf(config);
    await writeOperatorsLockout(database, judged, {
      id,
      by,
      channel,
      policyVersion: loaded.version,
      secrets,
    });
    return ended(database, id, secrets);
  });
};

async function ended(
  database: Database,
  id: string,
  secrets: readonly string[],
): Promise<{ text: string; code: number }> {
  const begun = performance.now();
  for (;;) {
    const request = await findRequest(database, id);
    const passed = performance.now() - begun;
    if (request !== undefined && request.finishedAt !== null) {
      const events = await createAuditLog(database, secrets).list({ requestId: id });
      const finished = events.findLast((event) => event.type === "run.finished");
      return {
        text: finished?.data.sentence ?? `It ended: ${request.state}.`,
        code: request.state === "done" ? 0 : 2,
      };
    }
    if (request?.state === "approved" && passed > START_MILLISECONDS)
      return {
        text: "NOT locked yet: no running app has begun it. It is written down: start Deadbolt, and it runs at once.",
        code: 2,
      };
    if (passed > LONGEST_MILLISECONDS)
      return { text: "It is still running. Its thread in Slack and the audit log say how it ends.", code: 2 };
    await sleep(LOOK_MILLISECONDS);
  }
}

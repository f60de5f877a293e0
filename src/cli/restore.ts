import { pino } from "pino";
import { createAuditLog } from "../audit/log.ts";
import { barredNames } from "../permission/decide/identities.ts";
import { loadPolicy } from "../permission/policy-file/load-policy.ts";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { OPERATOR } from "../audit/event.ts";
import { liftSuspensions } from "../request/suspension-store.ts";
import { policyFile, UsageError, type Command } from "./command.ts";
import { readOptions } from "./options.ts";
import { withDatabase } from "./with-database.ts";

/**
 * `restore PERSON --reason TEXT`: gives someone back the power to ask and to approve, when nobody in Slack can. It works
 * without Slack, and the audit log keeps it.
 * @throws UsageError unless PERSON is a Slack id or an e-mail and there is a reason; ConfigError without a database
 */
export const restorePerson: Command = async (environment, words) => {
  const { positionals, values } = readOptions(words, { reason: { type: "string" } });
  const [person = "", ...others] = positionals;
  const reason = values.reason?.trim() ?? "";
  if (!/^([UW][A-Z0-9]+|[^\s@]+@[^\s@]+)$/.test(person) || others.length > 0 || reason === "")
    throw new UsageError(
      'Name one person by their Slack id or e-mail, and say why: restore U0SAM --reason "False alarm"',
    );
  const names = barredNames(await identitiesOf(environment), [person]);
  const log = pino({ level: "silent" });
  return withDatabase(environment, { log, lacking: "nobody to restore" }, async (database) => {
    const audit = createAuditLog(database, []);
    const at = new Date();
    const lifted = await database.transaction(async (client) => {
      const requestIds = await liftSuspensions(client, names, { by: OPERATOR, at });
      for (const requestId of requestIds)
        audit.appendAtCommit(
          {
            id: `${requestId}:restored:${at.getTime()}`,
            requestId,
            type: "power.restored",
            actor: OPERATOR,
            at,
            data: { person, reason },
          },
          client,
        );
      return requestIds;
    });
    return lifted.length === 0
      ? { text: `${person} has not lost the power to ask and approve. Nothing was changed.`, code: 0 }
      : { text: `${person} can ask and approve again, as far as their roles go.`, code: 0 };
  });
};

/** The links between names; none where the policy cannot be read, which must not keep anybody from being restored. */
async function identitiesOf(environment: NodeJS.ProcessEnv): Promise<{ identities?: string[][] }> {
  try {
    const { policy } = await loadPolicy(policyFile(environment), KNOWN_PLAYBOOKS);
    return policy.identities === undefined ? {} : { identities: policy.identities };
  } catch {
    return {};
  }
}

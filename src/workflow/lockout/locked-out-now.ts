import type { AuditEvent } from "../../audit/event.ts";
import type { DatabaseClient } from "../../database/connect.ts";
import type { LockedOutLine } from "../../deps/lockout.ts";
import { lockoutState } from "../../lockout/lockout-state.ts";
import { lockoutsInForce } from "../../request/lockout-store.ts";
import { findRequest } from "../../request/store.ts";

export interface LockedOutContext {
  database: DatabaseClient;
  events: (requestId: string) => Promise<readonly AuditEvent[]>;
  /** Where the message of each of these requests is in Slack, as a link, as far as it is posted. */
  linksTo: (requestIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** As many as one answer of Slack's shows, with a button each. */
const SHOWN = 20;

/** Everyone who is locked out now, whoever was locked out last first; several lockouts of one person are one line. */
export async function lockedOutNow({
  database,
  events,
  linksTo,
}: LockedOutContext): Promise<{ people: LockedOutLine[]; more: number }> {
  const byPerson = new Map<string, { requestId: string; since: Date }>();
  for (const { requestId, since, target } of await lockoutsInForce(database)) {
    const key = target.email ?? target.slackId ?? target.name;
    byPerson.set(key, { requestId: byPerson.get(key)?.requestId ?? requestId, since });
  }
  const shown = [...byPerson.values()].slice(0, SHOWN);
  const links = await linksTo(shown.map(({ requestId }) => requestId));
  const people = await Promise.all(
    shown.map(async ({ requestId, since }): Promise<LockedOutLine[]> => {
      const request = await findRequest(database, requestId);
      if (request === undefined) return [];
      const { name, email, slackId } = request.plan.target;
      const { sentence } = lockoutState(request, await events(requestId));
      return [
        {
          requestId,
          person: { name, email: email ?? "", slackId },
          since,
          sentence,
          link: links.get(requestId),
        },
      ];
    }),
  );
  return { people: people.flat(), more: byPerson.size - shown.length };
}

import type { DatabaseClient } from "../../database/connect.ts";
import type { Statement } from "../../database/statement.ts";
import { lockout } from "../../playbook/lockout.ts";
import { lockoutInsert, setNextWatch } from "../../request/lockout-store.ts";
import type { Request } from "../../request/request.ts";

/** From now on a lockout is in force, whatever becomes of its steps: a release and the watch find it. */
export async function lockoutBegan(client: DatabaseClient, request: Request, at: Date): Promise<void> {
  for (const { text, values } of lockoutInserts(request, at)) await client.query(text, values);
}

/** The statement that does so; none for what is no lockout. */
export function lockoutInserts(request: Request, at: Date): Statement[] {
  const { target } = request.plan;
  if (request.playbook !== lockout.name || target.email === undefined) return [];
  return [lockoutInsert({ requestId: request.id, targetKey: target.email, since: at })];
}

/** What ended is looked at again and again from now on. */
export async function lockoutEnded(
  client: DatabaseClient,
  request: Request,
  nextWatchAt: Date,
): Promise<void> {
  if (request.playbook === lockout.name) await setNextWatch(client, request.id, nextWatchAt);
}

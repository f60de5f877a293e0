import type { DatabaseClient } from "../database/connect.ts";

/** What the database says of a run that is about to send something. */
export interface RunProgress {
  /** The request is running, in this round. */
  isRunning: boolean;
  /** The step has ended, or ended in another process. */
  isStepEnded: boolean;
  /** The lockout that it belongs to was released, or is being released. */
  isReleased: boolean;
}

/**
 * Looks whether a run may still send a step.
 * @param endedId the id of the event that says that the step has ended
 */
export async function runProgress(
  client: Pick<DatabaseClient, "query">,
  { requestId, round, endedId }: { requestId: string; round: number; endedId: string },
): Promise<RunProgress> {
  const { rows } = await client.query<{ running: boolean; ended: boolean; released: boolean }>(
    `select
       exists (select from deadbolt.request where id = $1 and state = 'running' and round = $2) as running,
       exists (select from deadbolt.audit_event where id = $3) as ended,
       exists (select from deadbolt.lockout where request_id = $1 and released_at is not null)
         or exists (select from deadbolt.request
                    where playbook = 'release' and state = 'running' and fields -> 'lockouts' ? $1) as released`,
    [requestId, round, endedId],
  );
  const [row] = rows;
  return {
    isRunning: row?.running === true,
    isStepEnded: row?.ended !== false,
    isReleased: row?.released !== false,
  };
}

import type { DatabaseClient } from "../database/connect.ts";

/** An enrolment that waits for its first right code. */
export interface BegunEnrolment {
  sealed: string;
  begunAt: Date;
}

/** Writes an enrolment, in place of the person's former one: what was shown before is worth nothing then. */
export async function putEnrolment(
  client: DatabaseClient,
  personId: string,
  enrolment: BegunEnrolment,
): Promise<void> {
  await client.query(
    `insert into deadbolt.second_factor_enrolment (person_id, sealed, begun_at) values ($1, $2, $3)
     on conflict (person_id) do update set sealed = excluded.sealed, begun_at = excluded.begun_at`,
    [personId, enrolment.sealed, enrolment.begunAt],
  );
}

/** The person's enrolment, its row locked until the transaction ends. */
export async function takeEnrolment(
  client: DatabaseClient,
  personId: string,
): Promise<BegunEnrolment | undefined> {
  const { rows } = await client.query<{ sealed: string; begun_at: Date }>(
    "select sealed, begun_at from deadbolt.second_factor_enrolment where person_id = $1 for update",
    [personId],
  );
  const [row] = rows;
  return row === undefined ? undefined : { sealed: row.sealed, begunAt: row.begun_at };
}

/** Takes a begun enrolment away, if there is one. */
export async function deleteEnrolment(client: DatabaseClient, personId: string): Promise<void> {
  await client.query("delete from deadbolt.second_factor_enrolment where person_id = $1", [personId]);
}

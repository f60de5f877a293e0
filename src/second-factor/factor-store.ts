import type { DatabaseClient } from "../database/connect.ts";
import type { CodeHistory } from "./judge-code.ts";

/** One person's second factor as its row has it. */
export interface Factor extends CodeHistory {
  personId: string;
  sealed: string;
}

interface FactorRow {
  person_id: string;
  sealed: string;
  enrolled_at: Date;
  last_step: number;
  failures: number;
  locked_until: Date | null;
}

/**
 * Lets nobody else touch this person's rows until the transaction ends. Rows alone cannot do that: of someone who is
 * not enrolled there is none yet.
 */
export async function lockPerson(client: DatabaseClient, personId: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
    `deadbolt.second_factor ${personId}`,
  ]);
}

/** The person's factor, its row locked until the transaction ends. */
export async function takeFactor(client: DatabaseClient, personId: string): Promise<Factor | undefined> {
  const { rows } = await client.query<FactorRow>(
    "select * from deadbolt.second_factor where person_id = $1 for update",
    [personId],
  );
  const [row] = rows;
  return row === undefined
    ? undefined
    : {
        personId: row.person_id,
        sealed: row.sealed,
        enrolledAt: row.enrolled_at,
        lastStep: row.last_step,
        failures: row.failures,
        lockedUntil: row.locked_until,
      };
}

/** Writes a factor, in place of the person's former one. */
export async function putFactor(client: DatabaseClient, factor: Factor): Promise<void> {
  await client.query(
    `insert into deadbolt.second_factor (person_id, sealed, enrolled_at, last_step, failures, locked_until)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (person_id) do update set sealed = excluded.sealed, enrolled_at = excluded.enrolled_at,
       last_step = excluded.last_step, failures = excluded.failures, locked_until = excluded.locked_until`,
    [factor.personId, factor.sealed, factor.enrolledAt, factor.lastStep, factor.failures, factor.lockedUntil],
  );
}

/** Since when the person is enrolled. */
export async function findEnrolledAt(client: DatabaseClient, personId: string): Promise<Date | undefined> {
  const { rows } = await client.query<{ enrolled_at: Date }>(
    "select enrolled_at from deadbolt.second_factor where person_id = $1",
    [personId],
  );
  return rows[0]?.enrolled_at;
}

/** Takes a factor away; whether there was one. */
export async function deleteFactor(client: DatabaseClient, personId: string): Promise<boolean> {
  const { rowCount } = await client.query("delete from deadbolt.second_factor where person_id = $1", [
    personId,
  ]);
  return rowCount === 1;
}

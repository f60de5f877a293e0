import type { DatabaseClient } from "../database/connect.ts";

/** A role that someone held, through what, and the last time that they were judged holding it. */
export interface HeldRoleBefore {
  role: string;
  through: string;
  at: Date;
}

/** Every role that a person was ever judged holding, each with the last time, by the role's name. */
export async function lastHeldRoles(client: DatabaseClient, personId: string): Promise<HeldRoleBefore[]> {
  const { rows } = await client.query<HeldRoleBefore>(
    `select distinct on (held ->> 'role') held ->> 'role' as role, held ->> 'through' as through, at
     from deadbolt.judgement, jsonb_array_elements(question -> 'roles') as held
     where question -> 'requester' ->> 'id' = $1
     order by held ->> 'role', at desc, id desc`,
    [personId],
  );
  return rows;
}

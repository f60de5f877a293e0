import type { DatabaseClient } from "../database/connect.ts";

/** A secret or a file of one step's input, sealed. */
export interface SealedInput {
  stepId: string;
  /** Where it belongs in the step's input. */
  path: string;
  /** Ciphertext. */
  sealed: string;
}

/** Keeps what belongs to a request that is about to be written in the same transaction. */
export async function insertSealedInputs(
  client: DatabaseClient,
  requestId: string,
  kept: readonly SealedInput[],
): Promise<void> {
  for (const { stepId, path, sealed } of kept)
    await client.query(
      "insert into deadbolt.kept_input (request_id, step_id, path, sealed) values ($1, $2, $3, $4)",
      [requestId, stepId, path, sealed],
    );
}

export async function sealedInputsOf(
  client: DatabaseClient,
  requestId: string,
  stepId: string,
): Promise<SealedInput[]> {
  const { rows } = await client.query<{ step_id: string; path: string; sealed: string }>(
    "select step_id, path, sealed from deadbolt.kept_input where request_id = $1 and step_id = $2",
    [requestId, stepId],
  );
  return rows.map(({ step_id: id, path, sealed }) => ({ stepId: id, path, sealed }));
}

/** Forgets what a request kept, once it has ended and nothing will be sent any more. */
export async function forgetSealedInputs(client: DatabaseClient, requestId: string): Promise<void> {
  await client.query("delete from deadbolt.kept_input where request_id = $1", [requestId]);
}

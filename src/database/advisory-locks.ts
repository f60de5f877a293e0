/** The first half of every advisory lock of ours, so that none meets a lock of someone else in the same database. */
const DEADBOLT = 0x0d_ea_db_01;

/** Held while migrations are applied. */
export const MIGRATION_LOCK: readonly [number, number] = [DEADBOLT, 1];
/** Held by the one app that uses an embedded database. */
export const OWNERSHIP_LOCK: readonly [number, number] = [DEADBOLT, 2];
/** Held while a row is added to the audit chain, so that the chain cannot fork. */
export const AUDIT_LOCK: readonly [number, number] = [DEADBOLT, 3];
/** First half of the lock that an instance holds while it lives; the second half is its executor id, hashed. */
export const EXECUTOR_LOCK_SPACE = DEADBOLT + 1;
/** First half of the lock held while a request's story is told; the second half is the request's id, hashed. */
export const STORY_LOCK_SPACE = DEADBOLT + 2;
/** Held while a request is counted against the policy's limits and written, so that two cannot take the last place. */
export const LIMIT_LOCK: readonly [number, number] = [DEADBOLT, 4];
/** Taken at the start to prove that a connection keeps its locks; shared. */
export const SESSION_LOCK: readonly [number, number] = [DEADBOLT, 5];

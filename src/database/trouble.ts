/**
 * Of SQLSTATE: connection lost, resources used up, stopped by an operator or a restart, a deadlock; silent for too long in
 * a transaction, as a frozen instance is; a lock that was not free in time.
 */
const TROUBLE = /^(?:08|53|57|40|25P03|55P03)/;

/** Whether a failure of the database goes away by itself: a connection lost, a server that restarts. */
export function isDatabaseTrouble(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== "string")
    return error instanceof Error && /connection|timeout exceeded/i.test(error.message);
  return TROUBLE.test(code) || code.startsWith("ECONN") || code === "EPIPE";
}

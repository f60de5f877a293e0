import { randomUUID } from "node:crypto";

/** This process, among all that run the app on one database. */
export const INSTANCE_ID = randomUUID();

/** What Postgres calls the connections of an instance. */
export function connectionsOf(instanceId: string): string {
  return `deadbolt ${instanceId}`;
}

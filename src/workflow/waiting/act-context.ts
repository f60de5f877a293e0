import type { AuditEvent } from "../../audit/event.ts";
import type { Database, DatabaseClient } from "../../database/connect.ts";
import type { LoadedPolicy } from "../../permission/policy-file/policy.ts";
import type { Standing } from "../../permission/decide/roles.ts";

/** What acting on a request reaches. Roles are asked afresh every time. */
export interface ActContext {
  database: Database;
  loadedPolicy(): LoadedPolicy;
  /** Someone's roles now; only these roles are looked at, all without names. @throws DirectoryError */
  standing(personId: string, roleNames?: readonly string[]): Promise<Standing>;
  audit(event: AuditEvent, within?: DatabaseClient): Promise<unknown>;
  /** A request has news to tell, safely written. */
  publish(requestId: string): void;
  now(): Date;
}

import type { RequestDeps } from "./decision.ts";
import type { DeadboltDeps } from "./explanation.ts";
import type { LockoutDeps } from "./lockout.ts";
import type { OperationDeps } from "./operation.ts";
import type { ReleaseDeps } from "./release.ts";
import type { OffboardDeps } from "./submission.ts";
import type { SurfaceDeps } from "./surface.ts";

/**
 * What listeners may reach, as plain functions, by surface. Every one of them that decides asks Slack again; where
 * Slack cannot be asked, the answer is a refusal.
 */
export interface Deps
  extends DeadboltDeps, LockoutDeps, OffboardDeps, OperationDeps, ReleaseDeps, RequestDeps, SurfaceDeps {}

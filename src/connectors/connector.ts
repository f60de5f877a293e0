import type { Operation } from "../catalogue/operation.ts";
import type { Vendor } from "../catalogue/vendor.ts";
import type { AttemptReport } from "./http.ts";

/** What a caller may say about one call. */
export interface ExecuteContext {
  signal?: AbortSignal;
  /** 0 goes before everything that waits for the rate limit, higher numbers later; 1 by default. */
  priority?: number;
  /** Waited for right before each attempt, when the rate limit has let it through: `signal` can still stop it then. */
  beforeAttempt?: () => Promise<void>;
  onAttempt?: (report: AttemptReport) => void;
}

/** Makes the calls that the catalogue declares. */
export interface Connector {
  /**
   * Makes one call.
   * @returns what the operation's output schema makes of the answer
   * @throws TypeError for input that the operation does not take
   * @throws VendorError for every other failure
   * @throws the reason of `signal`, when it aborts before anything is left open
   */
  execute(operation: Operation, input: unknown, context?: ExecuteContext): Promise<unknown>;
}

export type Execute = Connector["execute"];

/**
 * One connector for all vendors that are configured.
 * @throws Error, from `execute`, for an operation of a vendor that is not
 */
export function createConnectors(connectors: Partial<Record<Vendor, Connector>>): Connector {
  return {
    async execute(operation, input, context) {
      const connector = connectors[operation.vendor];
      if (connector === undefined)
        throw new Error(`${operation.name} cannot be called: ${operation.vendor} is not configured.`);
      return connector.execute(operation, input, context);
    },
  };
}

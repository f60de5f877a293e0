import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseTrouble } from "../../database/trouble.ts";
import type { Durable } from "./run-request.ts";

/** How often work is attempted while the database is away. */
export const DATABASE_ATTEMPTS = 10;
/** The pause after the first attempt; it grows with each. */
export const DATABASE_PAUSE_MILLISECONDS = 500;

/**
 * All of a run is one step of the engine's: what is done of it is in the audit log, so that a resumed run goes on
 * where the one before ended, and nothing is written down twice.
 */
export const withRetries: Durable = {
  async step(_name, work) {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await work();
      } catch (error) {
        if (attempt >= DATABASE_ATTEMPTS || !isDatabaseTrouble(error)) throw error;
        await sleep(DATABASE_PAUSE_MILLISECONDS * attempt);
      }
  },
};

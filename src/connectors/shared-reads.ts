import type { Connector } from "./connector.ts";
import { createSharedQuestion } from "../concurrency/shared-question.ts";

/** Reads whose answer is about everyone, and which every lockout asks for. */
const ABOUT_EVERYBODY: ReadonlySet<string> = new Set(["cloudflare.gateway.listItems"]);

/**
 * Lets lockouts that ask for one and the same list at one moment share the answer: the vendor takes so many calls and no
 * more, and what is spared goes to those that close doors. No answer is older than what each would have got alone.
 */
export function shareReads(connector: Connector): Connector {
  const questions = new Map<string, () => Promise<unknown>>();
  return {
    async execute(operation, input, context = {}) {
      const { priority = 1, signal, onAttempt } = context;
      const isShared = ABOUT_EVERYBODY.has(operation.name) && priority < 1;
      if (!isShared || signal !== undefined || onAttempt !== undefined)
        return connector.execute(operation, input, context);
      const key = JSON.stringify([operation.name, input]);
      const ask =
        questions.get(key) ??
        createSharedQuestion(() => connector.execute(operation, input, { priority: 0 }));
      questions.set(key, ask);
      return ask();
    },
  };
}

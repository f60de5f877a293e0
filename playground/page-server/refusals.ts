import type { PageRefusal } from "../page-api.ts";
import type { Call } from "../simulator.ts";
import type { SlackSimulator } from "../slack/server.ts";
import { slackError } from "./journal.ts";
import { isAppsFault, refusalWords } from "./refusal-words.ts";

const KEPT = 50;
const INJECTED = "internal_error";

/** What Slack refused, and what of the app's answers it could not use. */
export interface Refusals {
  /** The newest last. */
  list(): PageRefusal[];
  /** Looks for what was not told yet: Slack's simulator keeps deliveries and mistakes, and says nothing. */
  look(): void;
  close(): void;
}

/**
 * What Slack would show for a delivery, in plain words.
 * @param shown `operation_timeout`, `dispatch_failed`, or what was wrong with the app's answer
 */
export function shownWords(shown: string): { code: string; words: string } {
  if (/^[a-z_]+$/.test(shown)) return { code: shown, words: refusalWords(shown) };
  const refused = /^(.*) is refused: ([a-z_]+)(?:; (.*))?$/s.exec(shown);
  if (refused === null) return { code: "invalid_acknowledgement", words: shown };
  const [, what, code = "", details] = refused;
  return { code, words: `${what} is refused. ${refusalWords(code, details?.split("; "))}` };
}

function detailsOf({ outcome }: Call): string[] {
  if ("fault" in outcome || typeof outcome.body !== "object" || outcome.body === null) return [];
  const body = outcome.body as { errors?: unknown; needed?: unknown };
  if (typeof body.needed === "string") return [`needed ${body.needed}`];
  return Array.isArray(body.errors) ? body.errors.map(String) : [];
}

/** Follows Slack's refusals from now on. */
export function followRefusals(slack: SlackSimulator): Refusals {
  const kept: PageRefusal[] = [];
  let number = 0;
  let deliveries = slack.deliveries.length;
  let mistakes = slack.mistakes.length;
  function add(code: string, words: string, at: Date): void {
    number += 1;
    // The time keeps keys apart across restarts of this server, which a page lives through.
    kept.push({ key: `${at.toISOString()} ${number}`, at: at.toISOString(), code, words });
    if (kept.length > KEPT) kept.shift();
  }
  const onCall = (call: Call) => {
    const code = slackError(call);
    if (code !== undefined && code !== INJECTED && isAppsFault(code))
      add(code, refusalWords(code, detailsOf(call)), call.at);
  };
  slack.events.on("call", onCall);
  return {
    list: () => [...kept],
    look() {
      const told = new Set<string>();
      for (const { shown } of slack.deliveries.slice(deliveries)) {
        if (shown === undefined) continue;
        told.add(shown);
        const { code, words } = shownWords(shown);
        add(code, words, new Date());
      }
      for (const mistake of slack.mistakes.slice(mistakes)) {
        // A delivery's own mistake stands on the delivery as well.
        if (told.has(mistake)) continue;
        const { code, words } = shownWords(mistake);
        add(code, words, new Date());
      }
      deliveries = slack.deliveries.length;
      mistakes = slack.mistakes.length;
    },
    close: () => void slack.events.off("call", onCall),
  };
}

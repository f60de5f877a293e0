import type { AuditEvent } from "../../src/audit/event.ts";
import type { Finished } from "../../src/lockout/ended-steps.ts";
import {
  firstOf,
  tellsZonesTogether,
  titleOfAllZones,
  zoneNameOf,
  zoneOf,
} from "../../src/lockout/zone-steps.ts";
import { factsText, outcomeWord } from "../request/outcome.ts";
import type { RequestSummary } from "../request/summary.ts";
import { escapeText, escapeWithin } from "../blocks/text.ts";

/** How many zones are named where they ended alike, and so many ways in which they ended are told. */
const NAMED = 6;
const WAYS = 4;
/** What a vendor says can be long, and each way must fit beside the others. */
const LONGEST_WORDS = 300;
const GOOD: ReadonlySet<string> = new Set(["verified", "accepted"]);

/** One line of a thread about what went wrong with zones in one try; it follows the try. */
export interface ZonesLine {
  /** The event with which it begins. */
  begins: AuditEvent;
  id: string;
  lines: string[];
}

/** What went wrong with the zones of a lockout, try by try, where there are too many to be told one by one. */
export function zonesLines(request: RequestSummary, events: readonly AuditEvent[]): ZonesLine[] {
  if (!tellsZonesTogether(request.plan)) return [];
  const tries: Finished[][] = [[]];
  for (const event of events) {
    if (event.type === "run.retried") tries.push([]);
    if (event.type !== "step.finished" || zoneOf(event.data.stepId) === undefined) continue;
    if (!GOOD.has(event.data.outcome)) tries.at(-1)?.push(event);
  }
  return tries.flatMap((bad, round): ZonesLine[] => {
    const [begins] = bad;
    return begins === undefined
      ? []
      : [{ begins, id: `${request.id}:zones:${round}`, lines: linesOf(request, bad) }];
  });
}

function linesOf(request: RequestSummary, bad: readonly Finished[]): string[] {
  const ways = new Map<string, { title: string; of: Finished[] }>();
  for (const event of bad) {
    const { stepId, outcome, sentence, facts } = event.data;
    const title = titleOfAllZones(request.plan.steps.find(({ id }) => id === stepId)?.title ?? stepId);
    const key = JSON.stringify([title, outcome, sentence, facts.code, facts.status, facts.advice]);
    const way = ways.get(key) ?? { title, of: [] };
    way.of.push(event);
    ways.set(key, way);
  }
  const all = [...ways.values()];
  const left = all.slice(WAYS).reduce((sum, { of }) => sum + of.length, 0);
  return [
    ...all.slice(0, WAYS).flatMap(({ title, of }) => wayLines(request, title, of)),
    ...(left > 0 ? [`… and ${left} more steps of zones, in the post-incident summary.`] : []),
  ];
}

function wayLines(request: RequestSummary, title: string, of: readonly Finished[]): string[] {
  const [first] = of;
  if (first === undefined) return [];
  const { outcome, sentence, facts } = first.data;
  const vendor = factsText(facts);
  const zones = of.flatMap(({ data: { stepId } }) => {
    const step = request.plan.steps.find(({ id }) => id === stepId);
    return (step === undefined ? zoneOf(stepId) : zoneNameOf(step)) ?? [];
  });
  const count = zones.length === 1 ? "one zone" : `${zones.length} zones`;
  return [
    `*${escapeText(title)} (${count})* — ${outcomeWord(outcome)}`,
    `Zones: ${escapeText(firstOf(zones, NAMED))}.`,
    escapeText(sentence),
    ...(vendor === undefined ? [] : [escapeWithin(vendor, LONGEST_WORDS)]),
    ...(facts.advice === undefined ? [] : [`*What to do:* ${escapeText(facts.advice)}`]),
  ];
}

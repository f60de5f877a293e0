import type { RecordedJudgement, Replayed } from "../permission/simulate/simulate.ts";
import { recordedQuestion } from "../permission/simulate/recorded-question.ts";

const EXAMPLES = 5;

interface Difference {
  kind: "milder" | "other" | "stricter" | "unknown";
  /** What came out before and what would come out now, by which rules. */
  title: string;
  count: number;
  examples: string[];
}

/** Adds up a simulation, and keeps a few examples of each difference. */
export interface SimulationReport {
  add(judgement: RecordedJudgement, replayed: Replayed): void;
  /** Totals, then the differences: milder ones first, the most frequent of each first. */
  lines(): string[];
}

/** Milder ones first: they are what a change must not let through unseen. */
const ORDER: readonly Difference["kind"][] = ["milder", "other", "stricter", "unknown"];

export function createSimulationReport(): SimulationReport {
  const totals = { same: 0, stricter: 0, milder: 0, other: 0, unknown: 0 };
  const differences = new Map<string, Difference>();

  return {
    add(judgement, replayed) {
      totals[replayed.kind] += 1;
      if (replayed.kind === "same") return;
      const title = titleOf(replayed);
      const key = `${replayed.kind} ${title}`;
      const found = differences.get(key) ?? { kind: replayed.kind, title, count: 0, examples: [] };
      found.count += 1;
      if (found.examples.length < EXAMPLES) found.examples.push(describeJudgement(judgement));
      differences.set(key, found);
    },
    lines() {
      const replayed = Object.values(totals).reduce((sum, count) => sum + count, 0);
      const sorted = [...differences.values()].toSorted(
        (left, right) =>
          ORDER.indexOf(left.kind) - ORDER.indexOf(right.kind) ||
          right.count - left.count ||
          (left.title < right.title ? -1 : 1),
      );
      return [
        `${replayed} replayed: ${totals.same} the same, ${totals.milder} milder, ${totals.other} with other approvals, ${totals.stricter} stricter, ${totals.unknown} not answerable from what was recorded.`,
        ...sorted.flatMap(({ kind, title, count, examples }) => [
          "",
          `${kind === "unknown" ? "not answerable" : kind === "other" ? "other approvals" : kind}: ${title}: ${count}`,
          ...examples.map((example) => `  ${example}`),
          ...(count > examples.length ? [`  and ${count - examples.length} more`] : []),
        ]),
      ];
    },
  };
}

function titleOf(replayed: Exclude<Replayed, { kind: "same" }>): string {
  if (replayed.kind === "unknown") return replayed.why;
  const { from, to, rule, formerRule, approvals } = replayed;
  const [before, now] = [approvals?.before, approvals?.now].map((who) =>
    who === undefined ? "" : `: ${who}`,
  );
  return `${words(from)} (${formerRule}${before}) → ${words(to)} (${rule}${now})`;
}

function words(answer: RecordedJudgement["answer"]): string {
  return answer.replace("_", " ");
}

/** When, who, what and about whom, as one line. */
function describeJudgement({ at, question }: RecordedJudgement): string {
  const { data } = recordedQuestion.safeParse(question);
  if (data === undefined) return at.toISOString();
  const { requester, playbook, target, breaksGlass } = data;
  const who = requester.email === undefined ? requester.id : `${requester.id} (${requester.email})`;
  const whom = [...target.slackIds, ...target.emails].join(", ") || "nobody";
  return `${at.toISOString()}  ${who}  ${playbook}${breaksGlass ? ", by break-glass" : ""}  about ${whom}`;
}

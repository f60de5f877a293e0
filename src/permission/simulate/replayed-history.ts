import { speaksOf, type AskedFor } from "../decide/asked.ts";
import { comparable } from "../decide/identities.ts";
import type { PastRequest } from "../decide/limits.ts";
import type { Policy } from "../schema.ts";

/** A request that was replayed and would have been made. */
export interface ReplayedRequest extends AskedFor {
  id: string;
  at: Date;
  requester: { id: string; email?: string | undefined };
  brokeGlass: boolean;
}

/** What was asked for before in a replay, as far as limits can see it. */
export interface ReplayedHistory {
  /** To be called in the order of time. */
  add(request: ReplayedRequest): void;
  /**
   * What limits need of the past of someone who is known by these names, in the form in which names are compared.
   * @param except the request with this id does not count
   */
  before(names: readonly string[], except: string | undefined): PastRequest[];
}

/** What one limit counts: the newest that fill it and one more, as one of them may be left out. */
interface Lane {
  counts(request: ReplayedRequest): boolean;
  isShared: boolean;
  most: number;
  newest: Map<string, CountedRequest[]>;
}

interface CountedRequest {
  id: string;
  /** Of the requester, in the form in which names are compared. */
  names: readonly string[];
  past: Omit<PastRequest, "isOwn">;
}

const EVERYBODY = "";

/** Keeps for each limit of a policy only what can fill it, so a replay of any length takes little memory. */
export function createReplayedHistory(policy: Policy): ReplayedHistory {
  const lanes: Lane[] = (policy.limits ?? []).map((limit) => ({
    counts: (request) => speaksOf(limit.for, request),
    isShared: limit.per === "everyone",
    most: limit.at_most + 1,
    newest: new Map(),
  }));
  if (policy.break_glass !== undefined)
    lanes.push({
      counts: ({ brokeGlass }) => brokeGlass,
      isShared: false,
      most: policy.break_glass.at_most + 1,
      newest: new Map(),
    });

  function keep({ newest, most }: Lane, name: string, request: CountedRequest): void {
    const kept = newest.get(name) ?? [];
    kept.push(request);
    if (kept.length > most) kept.shift();
    newest.set(name, kept);
  }

  return {
    add(request) {
      const { id, requester, at, playbook, risks, effects, brokeGlass } = request;
      const names = [requester.id, requester.email ?? EVERYBODY]
        .map(comparable)
        .filter((name) => name !== EVERYBODY);
      const made = { id, names, past: { at, playbook, risks, effects, brokeGlass } };
      for (const lane of lanes) {
        if (!lane.counts(request)) continue;
        for (const name of lane.isShared ? [EVERYBODY] : new Set(names)) keep(lane, name, made);
      }
    },
    before(names, except) {
      const found = new Set(
        lanes.flatMap(({ newest, isShared }) =>
          (isShared ? [EVERYBODY] : names).flatMap((name) => newest.get(name) ?? []),
        ),
      );
      return [...found]
        .filter(({ id }) => id !== except)
        .map((made) => ({ ...made.past, isOwn: made.names.some((name) => names.includes(name)) }));
    },
  };
}

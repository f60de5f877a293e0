import { findOperation } from "../../catalogue/registry.ts";
import type { Database } from "../../database/connect.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";
import type { Plan } from "../../plan/plan.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import { release, releaseFields } from "../../playbook/release.ts";
import { snapshotsOf } from "../../request/snapshot-store.ts";
import { revokedSinceLockouts } from "./revoked-since.ts";
import { cloudflareValues } from "./cloudflare-values.ts";
import type { OwnChange } from "./values.ts";
import { FEATURES_STEP, readZoomState, zoomValues, type ZoomState } from "./zoom-values.ts";
import type { StepContext } from "../step/step-context.ts";
import type { StillSo } from "../step/left-alone.ts";
import { stillSo, WrongPersonError } from "./check-unchanged.ts";

/** What keeps one step of a release from overwriting what someone changed since it was asked for. */
export interface ReleaseGuard {
  stillSo: () => Promise<StillSo>;
  /** To be called when the step has ended: what Zoom shows otherwise than before is this release's own doing. */
  ended: () => Promise<void>;
}

/** A Zoom user right before and right after a step of a release was sent. */
interface OwnStates {
  from: ZoomState;
  to: ZoomState;
}

/** Under such names the states are kept, among the snapshots of the release. */
const OWN = "own:";

interface GuardContext {
  database: Database;
  step: Pick<StepContext, "execute" | "snapshots">;
}

interface GuardedStep {
  requestId: string;
  plan: Plan;
  round: number;
  step: PlanStep;
}

function isAtZoom({ operation }: PlanStep): boolean {
  return findOperation(operation).vendor === "zoom";
}

/** The guard of a step; undefined for what is no release, and for its reads. */
export function guardRelease(
  { database, step: { execute, snapshots: keptSnapshots } }: GuardContext,
  { requestId, plan, round, step }: GuardedStep,
): ReleaseGuard | undefined {
  if (plan.playbook !== release.name || step.isSnapshot === true) return undefined;
  const { lockouts } = releaseFields.parse(plan.fields);
  const { target } = plan;
  const later = plan.steps.filter((one) => isAtZoom(one) && one.after.includes(step.id));
  const wantsFeatures = later.some(({ operation }) => operation === FEATURES_STEP) ? "may" : "no";
  const userId = step.input["userId"];
  /** What Zoom showed right before the step was sent. */
  let sentFrom: ZoomState | undefined;

  async function valuesAtZoom() {
    const features = step.operation === FEATURES_STEP ? "must" : wantsFeatures;
    const state = await readZoomState(execute, userId, features);
    const { email = "" } = state.user;
    // A try long after the first one: ids go to others.
    if (email.toLowerCase() !== (target.zoomEmail ?? "").toLowerCase())
      throw new WrongPersonError(email === "" ? "a user without e-mail" : email);
    sentFrom = state;
    return zoomValues(step, state);
  }

  async function ownChanges() {
    if (!isAtZoom(step)) return () => [];
    const kept = [...(await snapshotsOf(database, requestId))]
      .filter(([id]) => id.startsWith(OWN))
      .toSorted(([, one], [, other]) => one.takenAt.getTime() - other.takenAt.getTime())
      .map(([, { data }]) => data as OwnStates);
    const nowOf = (state: ZoomState, key: string) =>
      zoomValues(step, state)?.values.find((value) => value.key === key)?.now;
    return (key: string): OwnChange[] =>
      kept.map(({ from, to }) => ({ from: nowOf(from, key), to: nowOf(to, key) }));
  }

  return {
    async stillSo() {
      const answer = await stillSo(
        {
          keptAway: () => revokedSinceLockouts(database, target, lockouts),
          values: () => (isAtZoom(step) ? valuesAtZoom() : cloudflareValues(execute, step, target)),
          ownChanges,
        },
        step,
      );
      if (answer.kind === "ended") sentFrom = undefined;
      return answer;
    },
    async ended() {
      // Giving one thing back can change another: a licence brings features along.
      if (sentFrom === undefined || later.length === 0) return;
      try {
        const states: OwnStates = {
          from: sentFrom,
          to: await readZoomState(execute, userId, wantsFeatures),
        };
        await keptSnapshots.keep(requestId, `${OWN}${round}:${step.id}`, "zoom", states);
      } catch (error) {
        // What has changed by it then looks like someone else's doing, and is left alone.
        if (!isVendorError(error)) throw error;
      }
    },
  };
}

import { useEffect, useRef, useState } from "preact/hooks";
import type { Workspace } from "../workspace/use-workspace.ts";
import { STEPS, type Step } from "./steps.ts";
import { requestAbout, SAM, type Scene } from "./story.ts";

/** From the step after this one on there is a request about Sam, unless the playground was started again. */
const REQUESTED = STEPS.findIndex(({ id }) => id === "form");
const KEPT_AS = "deadbolt-tour";

/** `offered` until the reader starts it or puts it away. */
type Stage = { kind: "offered" } | { kind: "away" } | { kind: "at"; step: number; since: number };

export interface Tour {
  stage: Stage;
  step: Step | undefined;
  isDoing: boolean;
  start: () => void;
  putAway: () => void;
  doIt: () => void;
}

/** Where a reload left it; otherwise offered until it was once put away. */
function firstStage(): Stage {
  const under = sessionStorage.getItem(KEPT_AS);
  if (under !== null) return JSON.parse(under) as Stage;
  return localStorage.getItem(KEPT_AS) === "away" ? { kind: "away" } : { kind: "offered" };
}

/** Leads through the steps, and goes on when the page shows that one was done, by whosever hand. */
export function useTour(workspace: Workspace | undefined): Tour {
  const [stage, setStage] = useState<Stage>(firstStage);
  const [isDoing, setDoing] = useState(false);
  const latest = useRef(workspace);
  latest.current = workspace;
  const step = stage.kind === "at" ? STEPS[stage.step] : undefined;
  const scene = (): Scene => {
    if (latest.current === undefined || stage.kind !== "at") throw new Error("The tour is not under way.");
    return { workspace: latest.current, since: stage.since };
  };

  useEffect(() => {
    if (stage.kind !== "at" || workspace === undefined) return;
    const past = STEPS.findLastIndex(
      (one, index) => index > stage.step && one.isMilestone === true && one.isDone?.(scene()) === true,
    );
    const isForgotten = stage.step > REQUESTED && requestAbout(scene(), SAM) === undefined;
    if (isForgotten) setStage({ ...stage, step: 0 });
    else if (past >= 0) setStage({ ...stage, step: past + 1 });
    else if (step?.isDone?.(scene()) === true) setStage({ ...stage, step: stage.step + 1 });
  }, [workspace, stage, step]);

  useEffect(() => {
    if (stage.kind === "at") sessionStorage.setItem(KEPT_AS, JSON.stringify(stage));
    else sessionStorage.removeItem(KEPT_AS);
  }, [stage]);

  return {
    stage,
    step,
    isDoing,
    start() {
      const newest = workspace?.snapshot.messages.map(({ ts }) => Number(ts)) ?? [];
      workspace?.forgetAudit();
      setStage({ kind: "at", step: 0, since: Math.max(0, ...newest) });
    },
    putAway() {
      localStorage.setItem(KEPT_AS, "away");
      setStage({ kind: "away" });
    },
    doIt() {
      if (step?.doIt === undefined || isDoing) return;
      setDoing(true);
      void Promise.resolve(step.doIt(scene)).finally(() => setDoing(false));
    },
  };
}

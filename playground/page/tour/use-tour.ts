import { useEffect, useRef, useState } from "preact/hooks";
import type { Workspace } from "../workspace/use-workspace.ts";
import { STEPS, type Step } from "./steps.ts";
import type { Scene } from "./story.ts";

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

function wasPutAway(): boolean {
  return localStorage.getItem(KEPT_AS) === "away";
}

/** Leads through the steps, and goes on when the page shows that one was done, by whosever hand. */
export function useTour(workspace: Workspace | undefined): Tour {
  const [stage, setStage] = useState<Stage>(() => (wasPutAway() ? { kind: "away" } : { kind: "offered" }));
  const [isDoing, setDoing] = useState(false);
  const latest = useRef(workspace);
  latest.current = workspace;
  const step = stage.kind === "at" ? STEPS[stage.step] : undefined;
  const scene = (): Scene => {
    if (latest.current === undefined || stage.kind !== "at") throw new Error("The tour is not under way.");
    return { workspace: latest.current, since: stage.since };
  };

  useEffect(() => {
    if (stage.kind !== "at" || workspace === undefined || step?.isDone?.(scene()) !== true) return;
    setStage({ ...stage, step: stage.step + 1 });
  }, [workspace, stage, step]);

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

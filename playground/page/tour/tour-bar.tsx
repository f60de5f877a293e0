import { useEffect } from "preact/hooks";
import type { Workspace } from "../workspace/use-workspace.ts";
import { hasRoomForDock } from "../workspace/use-place.ts";
import { STEPS, type Step } from "./steps.ts";
import type { Scene } from "./story.ts";
import type { Tour } from "./use-tour.ts";

/** The tour's line under the top bar: what to do next, or the offer to begin. */
export function TourBar({ tour, workspace }: { tour: Tour; workspace: Workspace }) {
  const { stage, step, isDoing } = tour;
  usePointer(step, stage.kind === "at" ? { workspace, since: stage.since } : undefined);
  if (stage.kind === "away") return null;
  if (stage.kind === "offered")
    return (
      <section class="tour" aria-label="Guided tour">
        <p class="tour-words">
          <strong>New here?</strong> A tour of three minutes takes somebody's access away, and shows what
          happens when a vendor fails.
        </p>
        <div class="tour-buttons">
          <button type="button" class="button primary" onClick={tour.start}>
            Start the tour
          </button>
          <button type="button" class="button" onClick={tour.putAway}>
            Not now
          </button>
        </div>
      </section>
    );
  if (step === undefined) return null;
  return (
    <section class="tour" aria-label="Guided tour" data-step={step.id}>
      <p class="tour-words" role="status">
        <span class="tour-count">
          {stage.step + 1} of {STEPS.length}
        </span>{" "}
        {typeof step.words === "string" ? step.words : step.words({ workspace, since: stage.since })}
      </p>
      <div class="tour-buttons">
        {step.doIt !== undefined && (
          <button
            type="button"
            class="button primary"
            aria-busy={isDoing}
            disabled={isDoing}
            onClick={tour.doIt}
          >
            {isDoing ? "Doing it…" : "Do it for me"}
          </button>
        )}
        {step.isDone === undefined ? (
          <button type="button" class="button primary" onClick={tour.putAway}>
            Finish
          </button>
        ) : (
          <button type="button" class="button" onClick={tour.putAway}>
            Skip the tour
          </button>
        )}
      </div>
    </section>
  );
}

/** Marks what the step is about. The mark is an attribute, so that nothing in the page has to know of the tour. */
function usePointer(step: Step | undefined, scene: Scene | undefined): void {
  useEffect(() => {
    if (step === undefined || scene === undefined) return undefined;
    const place = typeof step.where === "string" ? document.querySelector(step.where) : step.where(scene);
    place?.setAttribute("data-here", "");
    return () => place?.removeAttribute("data-here");
  });
  const id = step?.id;
  useEffect(() => {
    const place = document.querySelector("[data-here]");
    // On a small screen the open panel and the open thread lie over the rest.
    if (scene !== undefined && place !== null && !hasRoomForDock()) {
      if (place.closest(".dock") === null) scene.workspace.setDock({ isOpen: false });
      if (place.closest(".conversation") !== null) scene.workspace.openThread(undefined);
    }
    place?.scrollIntoView({ block: "nearest" });
  }, [id]);
}

import type { ViewOutput } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { LockoutDeps } from "../../src/deps/lockout.ts";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { EnteredTarget } from "../../src/deps/person.ts";
import { PRESET_PARTS, type LockoutPart } from "../../src/playbook/lockout-fields.ts";
import { createRedrawing, type Turn } from "../blocks/redrawing.ts";
import { isNamed } from "../blocks/who.ts";
import { lockoutForm } from "./form.ts";
import { ownChosen, type LockoutForm } from "./form-state.ts";

/** The forms of `/lockout` that are open in one app. */
export interface LockoutForms {
  /** Opens a form at once, and fills in what the vendors know when they have answered. */
  open(client: WebClient, asked: AskedForm): Promise<void>;
  /** Begins a change of an open form: what it draws counts until the next change. */
  begin(view: Pick<ViewOutput, "id" | "hash">): Turn;
  /** Puts what the vendors know of the person who is chosen into the form; one that has changed since is left alone. */
  fillIn(client: WebClient, personId: string, turn: Turn, form: LockoutForm): Promise<void>;
}

/** Who asks for a form, and what it is filled in with. */
export interface AskedForm {
  triggerId: string;
  personId: string;
  target: EnteredTarget;
  parts?: readonly LockoutPart[];
  threadOf?: string;
  reason?: string;
}

export function createLockoutForms(deps: LockoutDeps & SurfaceDeps): LockoutForms {
  const { begin } = createRedrawing();

  async function fillIn(client: WebClient, personId: string, turn: Turn, form: LockoutForm): Promise<void> {
    const { target, parts, preset } = form;
    const result = await deps.previewLockout(personId, {
      viewId: turn.viewId,
      target,
      parts,
      playbook: ownChosen(preset),
    });
    const preview =
      result.kind === "previewed"
        ? result.preview
        : result.kind === "refused"
          ? { refusal: result.refusal }
          : { faults: result.faults.map(({ message }) => message) };
    const candidates = result.kind === "refused" ? [] : result.candidates;
    await turn.draw(client, lockoutForm({ ...form, preview, candidates }));
  }

  async function open(client: WebClient, asked: AskedForm): Promise<void> {
    const { triggerId, personId, target, parts = PRESET_PARTS.full, threadOf, reason } = asked;
    const form: LockoutForm = {
      target,
      preset: "full",
      own: deps.ownPlaybooks(),
      hasSlack: deps.slackSessionsConfigured,
      settingFaults: deps.settingFaults(),
      parts,
      mayBreakGlass: await deps.mayBreakGlass(personId),
      preview: isNamed(target) ? "looking" : undefined,
      threadOf,
      entered: { reason },
    };
    const { view } = await client.views.open({ trigger_id: triggerId, view: lockoutForm(form) });
    if (isNamed(target) && view?.id !== undefined)
      await fillIn(client, personId, begin({ id: view.id, hash: view.hash }), form);
  }

  return { open, begin, fillIn };
}

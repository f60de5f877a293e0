import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { BegunSecondFactor, SecondFactorDeps } from "../../src/second-factor/deps.ts";
import { readValues } from "../blocks/inputs.ts";
import { notice } from "../blocks/notice.ts";
import { slackErrorCode } from "../blocks/slack-error.ts";
import {
  CODE,
  CURRENT_CODE,
  CURRENT_VIEW,
  currentCodeView,
  ENROL_VIEW,
  enrolView,
  faultText,
  fileOf,
  preparingView,
  refusedNotice,
  shownKey,
  TITLE,
  type Fault,
} from "./second-factor-view.ts";
import { withinAck } from "../blocks/within-ack.ts";

const CODE_MISSING = "Type the six digits.";
const BROKEN = ":warning: This could not be prepared, and nothing was changed. Try again in a moment.";
const UNCHECKED = "The code could not be checked. Try again in a moment.";
const DONE =
  ":white_check_mark: Your one-time password is set up. The code that you just typed is used up: for an approval, wait for the next one.\nIt counts for what is asked for from now on.";

function faultOf(refused: Extract<BegunSecondFactor, { kind: "refused" }>): Fault {
  return { message: refused.reason, lockedUntil: refused.lockedUntil };
}

/** Draws a window again; false where it was closed meanwhile. */
async function redraw(client: WebClient, viewId: string, view: ModalView): Promise<boolean> {
  try {
    await client.views.update({ view_id: viewId, view });
    return true;
  } catch (error) {
    if (slackErrorCode(error) === "not_found") return false;
    throw error;
  }
}

/** Shows the key in an open window; a picture that cannot be shown is forgotten. */
async function showKey(
  client: WebClient,
  viewId: string,
  deps: SecondFactorDeps,
  shown: Parameters<typeof enrolView>[0],
): Promise<void> {
  const { fileId, ...inLetters } = shown;
  if (fileId === undefined) {
    await redraw(client, viewId, enrolView(inLetters));
    return;
  }
  let isShown = false;
  try {
    isShown = await redraw(client, viewId, enrolView(shown));
  } catch {
    // Slack refuses a picture that it has not taken in yet: the key in letters does as well.
    await redraw(client, viewId, enrolView(inLetters));
  } finally {
    if (!isShown) await deps.forget(fileId);
  }
}

/**
 * Fills an open window with what was begun, says why not, or asks for the current code where nothing was begun.
 * Whatever fails, the window does not wait for ever.
 */
async function showBegun(
  client: WebClient,
  viewId: string,
  deps: SecondFactorDeps,
  work: Promise<BegunSecondFactor | undefined>,
  refusedView: (fault: Fault) => ModalView = refusedNotice,
): Promise<void> {
  try {
    const begun = await work;
    if (begun === undefined) await redraw(client, viewId, currentCodeView());
    else if (begun.kind === "begun") await showKey(client, viewId, deps, begun);
    else await redraw(client, viewId, refusedView(faultOf(begun)));
  } catch (error) {
    await redraw(client, viewId, notice(TITLE, BROKEN));
    throw error;
  }
}

/**
 * Opens the window in which a person sets up their one-time password. It opens at once and is filled in when the key
 * and its picture are there, because what opens it lives three seconds.
 */
export async function openSecondFactor(
  client: WebClient,
  triggerId: string,
  personId: string,
  deps: SecondFactorDeps,
): Promise<void> {
  const opened = await client.views.open({ trigger_id: triggerId, view: preparingView() });
  const viewId = opened.view?.id;
  if (viewId === undefined) return;
  const begin = async () => ((await deps.isEnrolled(personId)) ? undefined : deps.begin(personId));
  await showBegun(client, viewId, deps, begin());
}

/** What the windows of the second factor do when they are filled in, and when they are closed. */
export function registerSecondFactor(app: App, deps: SecondFactorDeps): void {
  app.view(CURRENT_VIEW, async ({ ack, body, view, client }) => {
    const entered = readValues(view.state.values).text(CURRENT_CODE);
    if (entered === undefined) {
      await ack({ response_action: "errors", errors: { [CURRENT_CODE]: CODE_MISSING } });
      return;
    }
    const work = deps.begin(body.user.id, entered);
    const early = await withinAck(work);
    if (early?.kind === "refused") {
      const fault = faultOf(early);
      await ack(
        fault.lockedUntil === undefined
          ? { response_action: "errors", errors: { [CURRENT_CODE]: fault.message } }
          : { response_action: "update", view: refusedNotice(fault) },
      );
      return;
    }
    await ack({ response_action: "update", view: preparingView() });
    await showBegun(client, view.id, deps, work, (fault) =>
      currentCodeView({ fault: faultText(fault), entered }),
    );
  });

  app.view(ENROL_VIEW, async ({ ack, body, view, client }) => {
    const entered = readValues(view.state.values).text(CODE);
    if (entered === undefined) {
      await ack({ response_action: "errors", errors: { [CODE]: CODE_MISSING } });
      return;
    }
    const fileId = fileOf(view.private_metadata);
    const work = deps.finish(body.user.id, entered);
    const early = await withinAck(work);
    if (early?.ok === false && early.lockedUntil === undefined) {
      await ack({ response_action: "errors", errors: { [CODE]: early.message } });
      return;
    }
    if (early !== undefined) {
      await ack({
        response_action: "update",
        view: early.ok ? notice(TITLE, DONE) : refusedNotice(early),
      });
      if (fileId !== undefined) await deps.forget(fileId);
      return;
    }
    await ack({ response_action: "update", view: preparingView() });
    const late = await work.catch((): Fault & { ok: false } => ({ ok: false, message: UNCHECKED }));
    if (late.ok) {
      await redraw(client, view.id, notice(TITLE, DONE));
      if (fileId !== undefined) await deps.forget(fileId);
      return;
    }
    await showKey(client, view.id, deps, {
      secretText: shownKey(view.blocks),
      fileId,
      fault: faultText(late),
      entered,
    });
  });

  app.view({ callback_id: ENROL_VIEW, type: "view_closed" }, async ({ ack, view }) => {
    await ack();
    const fileId = fileOf(view.private_metadata);
    if (fileId !== undefined) await deps.forget(fileId);
  });
}

import type { App } from "@slack/bolt";
import type { KnownBlock, ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { EnteredTarget } from "../../src/deps/person.ts";
import type { Refusal } from "../../src/deps/refusal.ts";
import type { ReleaseDeps, ReleasePreview } from "../../src/deps/release.ts";
import type { SubmissionResult } from "../../src/deps/submission.ts";
import { readValues, textInput } from "../blocks/inputs.ts";
import { notice } from "../blocks/notice.ts";
import { receiptText } from "../blocks/receipt.ts";
import { refusalText } from "../blocks/refusal.ts";
import { sections } from "../blocks/sections.ts";
import { escapeAroundPeople, escapeText, escapeValue, moment, mrkdwn, plain } from "../blocks/text.ts";
import { answerSubmission } from "../blocks/answer-submission.ts";

const RELEASE_VIEW = "release";
const REASON = "reason";

/** What the window remembers: whom it is about, and what was shown. */
interface Memory {
  target: EnteredTarget;
  hash: string;
}

/** Opens a window at once, and shows what would be given back when the vendors have answered. */
export async function openReleaseForm(
  client: WebClient,
  deps: ReleaseDeps & SurfaceDeps,
  { triggerId, personId, target }: { triggerId: string; personId: string; target: EnteredTarget },
): Promise<Refusal | undefined> {
  const refusal = await deps.mayOpen(personId, "release");
  if (refusal !== undefined) return refusal;
  const opened = await client.views.open({
    trigger_id: triggerId,
    view: notice("Release", ":mag: Looking at what was kept and at what is there now."),
  });
  const viewId = opened.view?.id;
  if (viewId === undefined) return undefined;
  const result = await deps.previewRelease(personId, target);
  const view =
    result.kind === "refused"
      ? notice("Not allowed", refusalText(result.refusal))
      : result.kind === "invalid"
        ? notice("Release", result.faults.map(({ message }) => `:warning: ${escapeText(message)}`).join("\n"))
        : releaseForm(result.preview, target);
  await client.views.update({ view_id: viewId, view });
  return undefined;
}

function restoreLines({ restores }: ReleasePreview): string[] {
  if (restores.length === 0)
    return ["Nothing has to be given back. The lockout only ends, and is watched no longer."];
  return restores.flatMap(({ title, changes }, index) => [
    `${index + 1}. ${escapeText(title)}`,
    ...changes.map(({ title: field, before, after }) => {
      const from = before === undefined ? "" : `${escapeValue(before)} → `;
      return `      • ${escapeText(field)}: ${from}*${escapeValue(after)}*`;
    }),
  ]);
}

function releaseForm(preview: ReleasePreview, target: EnteredTarget): ModalView {
  const { person, lockouts, lost, rules, hash } = preview;
  const since = lockouts.map(({ since: at }) => moment(at)).join(", ");
  const memory: Memory = { target, hash };
  const blocks: KnownBlock[] = [
    {
      type: "section",
      text: mrkdwn(`*${escapeText(person.name)}* (${escapeText(person.email)}), locked out ${since}`),
    },
    ...sections(["*What is given back*", ...restoreLines(preview)]),
    ...sections([
      "*What cannot be given back*",
      ...(lost.length === 0 ? ["Nothing is lost."] : lost.map((one) => `• ${escapeText(one)}`)),
    ]),
    ...(rules.length === 0
      ? []
      : sections(["*Who must approve*", ...rules.map((rule) => `• ${escapeAroundPeople(rule)}`)])),
    textInput({
      field: REASON,
      label: "Why they may come back",
      hint: "Everyone in the channel and the audit log can read it.",
      maximum: 1_000,
      multiline: true,
    }),
  ];
  return {
    type: "modal",
    callback_id: RELEASE_VIEW,
    title: plain("Release from lockout", 24),
    submit: plain("Ask for release", 24),
    close: plain("Cancel", 24),
    private_metadata: JSON.stringify(memory),
    blocks,
  };
}

function resultText(result: SubmissionResult): string {
  if (result.kind === "created") return receiptText(result, result.channel);
  if (result.kind === "refused") return refusalText(result.refusal);
  return result.faults.map(({ message }) => `:warning: ${escapeText(message)}`).join("\n");
}

const TITLES = {
  created: "Request made",
  refused: "Not allowed",
  invalid: "Nothing was asked for",
} as const;

/** What became of it, as a window. */
function resultView(result: SubmissionResult): ModalView {
  return notice(TITLES[result.kind], resultText(result));
}

/** What the window's button does. */
export function registerReleaseView(app: App, deps: ReleaseDeps & SurfaceDeps): void {
  app.view(RELEASE_VIEW, async ({ ack, body, view, client }) => {
    const reason = readValues(view.state.values).text(REASON);
    if (reason === undefined) {
      await ack({ response_action: "errors", errors: { [REASON]: "Say why." } });
      return;
    }
    const { target, hash } = JSON.parse(view.private_metadata) as Memory;
    const outcome = deps.release({
      viewId: view.id,
      requesterId: body.user.id,
      target,
      reason,
      shownHash: hash,
    });
    const sent = { ack, client, viewId: view.id, personId: body.user.id };
    await answerSubmission(sent, outcome, deps.channel, {
      inTime: (result) => ({ response_action: "update", view: resultView(result) }),
      late: resultView,
      text: resultText,
    });
  });
}

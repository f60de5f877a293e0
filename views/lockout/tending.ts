import type { App, BlockAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { LockoutDeps } from "../../src/deps/lockout.ts";
import type { ReleaseDeps } from "../../src/deps/release.ts";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { AccountVendor } from "../../src/target/account.ts";
import { personInput, readValues, textInput } from "../blocks/inputs.ts";
import { bindSlackForm, registerBindSlack } from "./bind-slack.ts";
import { TENDING } from "./buttons.ts";
import type { LockoutWindows } from "./lockout.ts";
import { postSummary } from "./summary.ts";
import { watchView } from "./watch-view.ts";
import { notice } from "../blocks/notice.ts";
import { ackAfter, STILL_WORKING } from "../blocks/within-ack.ts";
import { refusalText, unreadable } from "../blocks/refusal.ts";
import { openReleaseForm } from "./release.ts";
import { tellPerson } from "../blocks/tell-person.ts";
import { escapeAroundPeople, plain } from "../blocks/text.ts";

const HAND_OVER_VIEW = "lockout_hand_over";
const TO = "to";
const NOTE = "note";
const UNREADABLE = `:no_entry: ${unreadable("button")}`;

interface Pressed {
  client: WebClient;
  requestId: string;
  personId: string;
  triggerId: string;
  channel: string;
  threadTs?: string;
  readonly tell: (text: string) => Promise<void>;
}

function handOverForm(requestId: string, channel: string): ModalView {
  return {
    type: "modal",
    callback_id: HAND_OVER_VIEW,
    title: plain("Hand over", 24),
    submit: plain("Hand over", 24),
    close: plain("Go back", 24),
    private_metadata: JSON.stringify({ requestId, channel }),
    blocks: [
      personInput({
        field: TO,
        label: "Who takes over",
        hint: "They get your note as a direct message, and what happens from now on.",
      }),
      textInput({
        field: NOTE,
        label: "What they must know",
        hint: "Everyone in the channel and the audit log can read it.",
        maximum: 1_000,
        multiline: true,
      }),
    ],
  };
}

async function ruleOut(
  deps: LockoutDeps,
  { requestId, personId, tell }: Pressed,
  vendor: AccountVendor,
): Promise<void> {
  const result = await deps.ruleOut(requestId, personId, vendor);
  await tell(result.kind === "refused" ? refusalText(result.refusal) : escapeAroundPeople(result.sentence));
}

const PRESSES: Readonly<
  Record<
    keyof typeof TENDING,
    (
      deps: LockoutDeps & ReleaseDeps & SurfaceDeps,
      pressed: Pressed,
      windows: LockoutWindows,
    ) => Promise<void>
  >
> = {
  async retry(deps, { requestId, personId, tell }) {
    const result = await deps.retry(requestId, personId);
    await tell(result.kind === "refused" ? refusalText(result.refusal) : escapeAroundPeople(result.sentence));
  },
  async bindSlack(deps, { client, requestId, personId, triggerId, channel, tell }) {
    const refusal = await deps.mayTend(requestId, personId);
    if (refusal !== undefined) return tell(refusalText(refusal));
    await client.views.open({ trigger_id: triggerId, view: bindSlackForm(requestId, channel) });
    return undefined;
  },
  noZoom: (deps, pressed) => ruleOut(deps, pressed, "zoom"),
  noCloudflare: (deps, pressed) => ruleOut(deps, pressed, "cloudflare"),
  noSlack: (deps, pressed) => ruleOut(deps, pressed, "slack"),
  async release(deps, { client, requestId, personId, triggerId, tell }) {
    const known = await deps.lockoutOf(requestId, personId);
    if ("refusal" in known) return tell(refusalText(known.refusal));
    const refusal = await openReleaseForm(client, deps, { triggerId, personId, target: known.target });
    return refusal === undefined ? undefined : tell(refusalText(refusal));
  },
  async more(deps, { client, requestId, personId, triggerId, tell }, { lockoutForms }) {
    const known = await deps.lockoutOf(requestId, personId);
    if ("refusal" in known) return tell(refusalText(known.refusal));
    const { parts, reason } = known;
    return lockoutForms.open(client, {
      triggerId,
      personId,
      target: {},
      threadOf: requestId,
      parts: parts.length === 0 ? undefined : parts,
      reason: reason === "" ? undefined : reason,
    });
  },
  async handOver(deps, { client, requestId, personId, triggerId, channel, tell }) {
    const refusal = await deps.mayTend(requestId, personId);
    if (refusal !== undefined) return tell(refusalText(refusal));
    await client.views.open({ trigger_id: triggerId, view: handOverForm(requestId, channel) });
    return undefined;
  },
  async watch(deps, { client, requestId, personId, triggerId, tell }, { watching }) {
    const watched = await deps.watch(requestId, personId);
    if (watched.kind === "refused") return tell(refusalText(watched.refusal));
    const opened = await client.views.open({
      trigger_id: triggerId,
      view: watchView(watched.request, watched.events),
    });
    if (opened.view?.id !== undefined) watching.watch(client, { viewId: opened.view.id, requestId });
    return undefined;
  },
  async summary(deps, { client, requestId, personId, channel, threadTs, tell }) {
    const result = await deps.summarise(requestId, personId);
    if (result.kind === "refused") return tell(refusalText(result.refusal));
    return postSummary(client, result, { channel, threadTs, tell });
  },
};

/** What is written by the press itself; the others open a window, whose submission writes. */
const WRITING: ReadonlySet<keyof typeof TENDING> = new Set(["retry", "noZoom", "noCloudflare", "noSlack"]);

/** The buttons under a lockout, and the form that hands it over. Everything is authorized afresh by `deps`. */
export function registerLockoutTending(
  app: App,
  deps: LockoutDeps & ReleaseDeps & SurfaceDeps,
  windows: LockoutWindows,
): void {
  for (const [name, actionId] of Object.entries(TENDING) as [keyof typeof TENDING, string][])
    app.action<BlockAction>(
      { type: "block_actions", action_id: actionId },
      async ({ ack, action, body, client, respond }) => {
        const personId = body.user.id;
        const channel = body.channel?.id ?? personId;
        const tell = (text: string) => tellPerson(client, { channel, user: personId, respond }, text);
        const requestId = "value" in action ? action.value : undefined;
        if (requestId === undefined || requestId === "") {
          await ack();
          return tell(UNREADABLE);
        }
        const message = body.message as { ts?: string; thread_ts?: string } | undefined;
        const threadTs = message?.thread_ts ?? message?.ts;
        const work = PRESSES[name](
          deps,
          {
            client,
            requestId,
            personId,
            triggerId: body.trigger_id,
            channel,
            threadTs,
            tell,
          },
          windows,
        );
        if (WRITING.has(name)) return ackAfter(ack, work, () => tell(STILL_WORKING));
        await ack();
        return work;
      },
    );

  registerBindSlack(app, deps);
  app.view(HAND_OVER_VIEW, async ({ ack, body, view, client }) => {
    const { requestId, channel } = JSON.parse(view.private_metadata) as {
      requestId: string;
      channel: string;
    };
    const values = readValues(view.state.values);
    const [to, note] = [values.person(TO), values.text(NOTE)];
    if (to === undefined || note === undefined) {
      const errors = {
        ...(to === undefined ? { [TO]: "Choose who takes over." } : {}),
        ...(note === undefined ? { [NOTE]: "Say what they must know." } : {}),
      };
      await ack({ response_action: "errors", errors });
      return;
    }
    const result = await deps.handOver(requestId, body.user.id, { viewId: view.id, to, note });
    if (result.kind === "refused") {
      await ack({ response_action: "update", view: notice("Not done", refusalText(result.refusal)) });
      return;
    }
    await ack();
    await tellPerson(client, { channel, user: body.user.id }, escapeAroundPeople(result.sentence));
  });
}

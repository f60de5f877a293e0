import type { AllMiddlewareArgs, AnyMiddlewareArgs, Middleware, SlackEventMiddlewareArgs } from "@slack/bolt";
import type { Logger } from "pino";
import type { Deliveries } from "./deliveries.ts";
import { slackErrorCode } from "./slack-error.ts";
import type { InHand } from "./in-flight.ts";
import { isTokenTrouble, slackAdvice } from "./slack-advice.ts";

/** What a delivery must match to be handled at all. */
export interface GuardOptions {
  /** The workspace that the app is installed in. */
  teamId: string;
  /** The Enterprise organization that it belongs to, where it does. */
  enterpriseId?: string;
  /** Where it is known, deliveries for another app are refused. */
  appId?: string;
  /** Origins that may receive answers: hooks.slack.com, and the API's own where it is not Slack's. */
  responseOrigins: readonly string[];
  deliveries: Deliveries;
  inHand: InHand;
  log: Logger;
  reportFault(where: string, error: unknown): string;
}

interface Envelope {
  team?: { id?: string } | null;
  team_id?: string;
  user?: { id?: string; team_id?: string };
  api_app_id?: string;
  response_url?: string;
  response_urls?: { response_url?: string }[];
  trigger_id?: string;
  event_id?: string;
  type?: string;
  command?: string;
  view?: { callback_id?: string; app_installed_team_id?: string };
  enterprise?: { id?: string } | null;
  message?: { team?: string };
  actions?: { action_id?: string }[];
}

const OTHER_WORKSPACE =
  "This app serves another Slack workspace or app. Nothing was done. Ask in the workspace that it is set up for.";

function whereOf(body: Envelope): string {
  return body.command ?? body.view?.callback_id ?? body.actions?.[0]?.action_id ?? body.type ?? "unknown";
}

/**
 * The workspace in which the app is used. Someone of a sibling workspace acts in theirs, on a form or a message that
 * the app has in its own; who they are and what they may do is for the directory to say.
 */
function installedTeam(body: Envelope, { enterpriseId }: GuardOptions): string | undefined {
  const team = body.team?.id ?? body.team_id;
  const isSibling = enterpriseId !== undefined && body.enterprise?.id === enterpriseId;
  if (!isSibling || team === undefined || body.user?.team_id !== team) return team;
  // Buttons are on messages of the app's own, but a shortcut may be used on anybody's.
  const ofMessage = body.type === "block_actions" ? body.message?.team : undefined;
  return body.view?.app_installed_team_id ?? ofMessage ?? team;
}

function foreignPart(body: Envelope, options: GuardOptions): string | undefined {
  const team = installedTeam(body, options);
  const addresses = [body.response_url, ...(body.response_urls ?? []).map((entry) => entry.response_url)];
  for (const address of addresses) {
    if (address === undefined || address === "") continue;
    const origin = URL.parse(address)?.origin;
    if (origin === undefined || !options.responseOrigins.includes(origin)) return "response_url";
  }
  if (team !== options.teamId) return "team";
  if (options.appId !== undefined && body.api_app_id !== undefined && body.api_app_id !== options.appId)
    return "app";
  return undefined;
}

/**
 * Before every listener: only our workspace and app, each delivery once, every fault told to the person, and
 * work in flight counted so that a stop can wait for it.
 */
export function createGuard(options: GuardOptions): Middleware<AnyMiddlewareArgs> {
  return async (args) => {
    const body = args.body as Envelope;
    const where = whereOf(body);
    const foreign = foreignPart(body, options);
    if (foreign !== undefined) {
      options.log.warn({ where, foreign }, "refused a delivery that is not for this app");
      await refuse(args, foreign === "response_url" ? undefined : OTHER_WORKSPACE);
      return;
    }
    const delivery = body.event_id ?? body.trigger_id;
    if (delivery !== undefined && !(await options.deliveries.isFirst(`${where}:${delivery}`))) {
      options.log.info({ where }, "ignored a repeated delivery");
      await refuse(args, undefined);
      return;
    }
    const done = options.inHand.begin();
    try {
      await args.next();
    } catch (error) {
      const reference = options.reportFault(where, error);
      // A command only opens a form; a button or a form may have been written down before the fault.
      const next =
        body.command === undefined
          ? "Look at the request's message before you try again: nothing is done unless it says so."
          : "Nothing was done.";
      const code = slackErrorCode(error);
      const advice = isTokenTrouble(code)
        ? `Slack answered ${code}. ${slackAdvice(code)}`
        : body.command === undefined
          ? ""
          : "Try again.";
      await tell(args, `Something went wrong here (reference ${reference}). ${next} ${advice}`.trim());
    } finally {
      done();
    }
  };
}

type GuardArgs = AnyMiddlewareArgs & AllMiddlewareArgs;

function isEvent(args: GuardArgs): args is SlackEventMiddlewareArgs & AllMiddlewareArgs {
  return "event" in args;
}

/** Acknowledges without doing anything; whoever acted is told why, where there is a text. */
async function refuse(args: GuardArgs, text: string | undefined): Promise<void> {
  if (isEvent(args) || !("ack" in args)) return;
  const ack = args.ack as (answer?: unknown) => Promise<void>;
  const body = args.body as Envelope;
  if (text === undefined) await ack();
  else if (body.command !== undefined) await ack({ response_type: "ephemeral", text });
  else if (body.type === "view_submission") await ack({ response_action: "update", view: noticeView(text) });
  else {
    await ack();
    // Whoever pressed sees nothing of an acknowledgement.
    await tellClicker(args, text);
  }
}

/** By the address that came with the click, which needs no token of that workspace; where that fails, by the bot. */
async function tellClicker(args: GuardArgs, text: string): Promise<void> {
  const { response_url: address } = args.body as Envelope;
  try {
    if ("respond" in args && address !== undefined)
      await args.respond({ text, response_type: "ephemeral", replace_original: false });
    else await tell(args, text);
  } catch {
    // Slack would not have it; the log has the refusal.
  }
}

function noticeView(text: string) {
  return {
    type: "modal",
    title: { type: "plain_text", text: "Not allowed" },
    close: { type: "plain_text", text: "Close" },
    blocks: [{ type: "section", text: { type: "plain_text", text } }],
  };
}

/** Tells the person about a fault in private, where it can without a token; where even that fails, the log has it. */
async function tell(args: GuardArgs, text: string): Promise<void> {
  if (isEvent(args)) return;
  if ("respond" in args && typeof args.respond === "function") {
    try {
      await args.respond({ response_type: "ephemeral", replace_original: false, text });
      return;
    } catch {
      // Used up or too old: told by the bot below.
    }
  }
  const body = args.body as Envelope & { user_id?: string; channel_id?: string; channel?: { id?: string } };
  const user = body.user?.id ?? body.user_id;
  if (user === undefined) return;
  const channel = body.channel?.id ?? body.channel_id ?? user;
  try {
    await args.client.chat.postEphemeral({ channel, user, text });
  } catch {
    // The bot need not be in the channel where the command was typed.
    await args.client.chat.postMessage({ channel: user, text });
  }
}

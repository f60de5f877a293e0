import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { intro, log, note, outro } from "@clack/prompts";
import type { Finding } from "../checks/finding.ts";
import { writeEnvironmentFile } from "./environment-file.ts";
import { askFor, askWhether, check, choose, type InitState, type Question } from "./init-dialog.ts";
import { channelLook, cloudflareLook, slackLook, zoomLook } from "./init-looks.ts";
import { writeManifest, writePolicy } from "./init-files.ts";
import * as questions from "./init-questions.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

type Look = (values: Readonly<Record<string, string>>) => Promise<readonly Finding[]>;

/** Asks everything that is not there and right, in the order of docs/setup.md. @throws LeftError */
export async function runInit(state: InitState): Promise<void> {
  intro("Set up Deadbolt");
  note(
    "Each answer is checked at once and written to .env, which only you may read.\nAt the end, policy.yml gets your user groups. Nothing else is changed, and nothing is sent but reads.\nLeave with Ctrl-C at any time, and run it again to go on.",
    "What this does",
  );
  await slackStep(state);
  await step(state, "The channel for requests", [questions.CHANNEL], channelLook);
  await step(state, "Zoom", questions.ZOOM, zoomLook);
  await cloudflareStep(state);
  await writePolicy(state);
  await keep(state, { NODE_ENV: "production" });
  outro("Done. Have it all looked at: npx deadbolt doctor. Then start it: npm start");
}

async function keep(state: InitState, values: Record<string, string>): Promise<void> {
  const template = await readFile(join(ROOT, ".env.example"), "utf8");
  await writeEnvironmentFile(join(state.folder, ".env"), values, template);
  Object.assign(state.values, values);
}

/** What is there is checked first; what is missing or at fault is asked for, until it is right. */
async function step(state: InitState, title: string, asked: readonly Question[], look: Look): Promise<void> {
  const isThere = asked.every(({ setting }) => state.values[setting] !== undefined);
  if (isThere && (await check(`${title}, as it is in .env`, () => look(state.values)))) return;
  for (;;) {
    const values: Record<string, string> = {};
    for (const question of asked)
      values[question.setting] = await askFor(question, state.values[question.setting]);
    if (await check(title, () => look({ ...state.values, ...values }))) return keep(state, values);
    // What is at fault is shown again, to be corrected.
    for (const { setting, isSecret } of asked)
      if (isSecret !== true) state.values[setting] = values[setting] ?? "";
  }
}

async function slackStep(state: InitState): Promise<void> {
  const { SLACK_SIGNING_SECRET: signing, SLACK_APP_TOKEN: socket } = state.values;
  const isKnown = signing !== undefined || socket !== undefined;
  const way = isKnown
    ? socket === undefined
      ? "http"
      : "socket"
    : await choose("How does Slack reach Deadbolt?", [
        { value: "socket", label: "Socket Mode", hint: "no public address; the usual choice to begin with" },
        { value: "http", label: "HTTP", hint: "a public https address that leads to this machine" },
      ]);
  if (!isKnown) {
    const host = way === "http" ? await askFor(questions.HOST, undefined) : undefined;
    const file = await writeManifest(state.folder, host);
    log.info(
      `Written: ${file}\nAt https://api.slack.com/apps choose Create New App, From a manifest, and paste it.\nThen choose Install to Workspace.`,
    );
  }
  const reached = way === "http" ? questions.SIGNING_SECRET : questions.APP_TOKEN;
  await step(state, "Slack", [questions.BOT_TOKEN, reached], slackLook);
}

async function cloudflareStep(state: InitState): Promise<void> {
  const isThere = state.values["CLOUDFLARE_API_TOKEN"] !== undefined;
  if (!isThere && !(await askWhether("Do you use Cloudflare Access?", true))) return;
  await step(state, "Cloudflare", questions.CLOUDFLARE, cloudflareLook);
}

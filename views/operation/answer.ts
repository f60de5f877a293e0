import type { App } from "@slack/bolt";
import type { Button, KnownBlock, ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { valueAt } from "../../src/catalogue/field-path.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { Answer, EnteredOperation, LookResult, OperationDeps } from "../../src/deps/operation.ts";
import { outputBlocks } from "./answer-blocks.ts";
import { answerFiles } from "./answer-file.ts";
import { listedThings, titleOf } from "./answer-lines.ts";
import { askedByPage, firstPage, nextPage, onThisPage, totalOf, type AnswerPage } from "./answer-pages.ts";
import { notice } from "../blocks/notice.ts";
import { refusalText } from "../blocks/refusal.ts";
import { tellPerson } from "../blocks/tell-person.ts";
import { escapeText, mrkdwn, plain } from "../blocks/text.ts";

const ANSWER = "operation_answer";
const PAGE = "operation_answer_page";
const FILE = "operation_answer_file";
/** Slack keeps no more with a view, and no more in a button. */
const LONGEST_MEMORY = 1_900;
/** Zoom lists 300 on a page; more than this is no list to be read. */
const LARGEST_PAGE = 300;
const MOST_PAGES = 100;

/** An answer for the requester's eyes. */
export function answerView(answer: Answer, from = 0): ModalView {
  const operation = findOperation(answer.entered.operation);
  const secrets = operation.secrets ?? [];
  const { person } = answer;
  return {
    type: "modal",
    callback_id: ANSWER,
    title: plain("Answer", 24),
    close: plain("Close", 24),
    clear_on_close: secrets.length > 0 || undefined,
    blocks: [
      { type: "header", text: plain(operation.title, 150) },
      ...(person === undefined
        ? []
        : [
            {
              type: "section" as const,
              text: mrkdwn(`*${escapeText(person.name)}*\n${escapeText(person.email)}`),
            },
          ]),
      ...secretBlocks(answer, secrets),
      ...countBlocks(answer, from),
      ...outputBlocks(operation, onThisPage(answer, from), from),
      ...(secrets.length === 0 ? buttonBlocks(answer, from) : []),
    ],
  };
}

function secretBlocks({ output }: Answer, secrets: readonly string[]): KnownBlock[] {
  const shown = secrets.flatMap((path) => {
    const value = valueAt(output, path);
    return typeof value === "string" && value !== "" ? [{ title: titleOf(path), value }] : [];
  });
  if (shown.length === 0) return [];
  const warning =
    "Shown once, and to you alone. Anyone who has it can act with it. Do not share it, and close this window when you are done.";
  return [
    { type: "section", text: mrkdwn(`:key: ${warning}`) },
    // A long one is shown whole, or it would be of no use.
    ...shown.flatMap(({ title, value }): KnownBlock[] => [
      { type: "section", text: mrkdwn(`*${escapeText(title)}*`) },
      ...(value.match(/.{1,2900}/gsu) ?? []).map((part): KnownBlock => ({
        type: "section",
        text: plain(part),
      })),
    ]),
  ];
}

function countBlocks(answer: Answer, from: number): KnownBlock[] {
  const operation = findOperation(answer.entered.operation);
  const shown = listedThings(operation, onThisPage(answer, from))?.length ?? 0;
  if (shown === 0) return [];
  const total = totalOf(answer);
  const text = `${from + 1} to ${from + shown}${total === undefined ? "" : ` of ${total}`}`;
  return [{ type: "context", elements: [plain(text)] }];
}

function buttonBlocks(answer: Answer, from: number): KnownBlock[] {
  const button = (action: string, text: string, page: AnswerPage): Button[] => {
    const value = JSON.stringify(page);
    return value.length > LONGEST_MEMORY
      ? []
      : [{ type: "button", action_id: action, text: plain(text, 75), value }];
  };
  const first = firstPage(answer, from);
  const next = nextPage(answer, from);
  const all: AnswerPage = { entered: firstPage(answer, 1)?.entered ?? answer.entered, from: 0 };
  const elements = [
    ...(first === undefined ? [] : button(`${PAGE}_first`, "Back to the start", first)),
    ...(next === undefined ? [] : button(`${PAGE}_next`, "Next", next)),
    ...button(FILE, "Send me all of it as a file", all),
  ];
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

function parsePage(value: string | undefined): AnswerPage | undefined {
  try {
    return JSON.parse(value ?? "") as AnswerPage;
  } catch {
    return undefined;
  }
}

function lookView(result: LookResult, from: number): ModalView {
  if (result.kind === "answered") return answerView(result.answer, from);
  if (result.kind === "refused") return notice("Not allowed", refusalText(result.refusal));
  return notice("Start again", result.faults.map(({ message }) => escapeText(message)).join("\n"));
}

/** All pages of an answer as one. */
async function lookAtAll(
  deps: OperationDeps & SurfaceDeps,
  personId: string,
  entered: EnteredOperation,
): Promise<LookResult> {
  let page: AnswerPage | undefined = { entered: askedByPage(entered, LARGEST_PAGE), from: 0 };
  let whole: Answer | undefined;
  for (let count = 0; page !== undefined && count < MOST_PAGES; count += 1) {
    const result: LookResult = await deps.look(personId, page.entered);
    if (result.kind !== "answered") return result;
    whole = whole === undefined ? result.answer : joined(whole, result.answer);
    const isPaged =
      "next_page_token" in Object(result.answer.output) || "page_number" in Object(result.answer.output);
    page = isPaged ? nextPage(result.answer, page.from) : undefined;
  }
  return whole === undefined
    ? { kind: "invalid", faults: [] }
    : { kind: "answered", answer: { ...whole, entered } };
}

function joined(whole: Answer, next: Answer): Answer {
  const operation = findOperation(whole.entered.operation);
  const before = listedThings(operation, whole.output) ?? [];
  const after = listedThings(operation, next.output) ?? [];
  const output = whole.output as Record<string, unknown>;
  const name = Object.keys(output).find((key) => output[key] === before);
  return name === undefined ? whole : { ...whole, output: { ...output, [name]: [...before, ...after] } };
}

/** Sends all of an answer to the person's own direct messages. */
async function sendFile(
  client: WebClient,
  deps: OperationDeps & SurfaceDeps,
  personId: string,
  page: AnswerPage,
): Promise<string> {
  const result = await lookAtAll(deps, personId, page.entered);
  if (result.kind === "refused") return refusalText(result.refusal);
  if (result.kind === "invalid") return "The file could not be made. Start again.";
  const operation = findOperation(page.entered.operation);
  const files = answerFiles(operation, result.answer.output);
  const { channel } = await client.conversations.open({ users: personId });
  if (channel?.id === undefined) return "Slack opened no direct message for the file. Nothing was sent.";
  await client.filesUploadV2({
    channel_id: channel.id,
    initial_comment: `${operation.title}${result.answer.person === undefined ? "" : `: ${result.answer.person.email}`}`,
    file_uploads: files.map(({ name, text }) => ({ filename: name, content: text })),
  });
  return "The file is in your direct messages with this app.";
}

/** What the buttons of an answer do. Every page is asked for afresh, by the person who presses. */
export function registerOperationAnswer(app: App, deps: OperationDeps & SurfaceDeps): void {
  app.action({ type: "block_actions", action_id: /^operation_answer_page_/ }, async (args) => {
    await args.ack();
    const { action, body, client } = args;
    const page = parsePage("value" in action ? action.value : undefined);
    if (page === undefined || body.view === undefined) return;
    const result = await deps.look(body.user.id, page.entered);
    await client.views.update({ view_id: body.view.id, view: lookView(result, page.from) });
  });

  app.action({ type: "block_actions", action_id: FILE }, async ({ ack, action, body, client }) => {
    await ack();
    const page = parsePage("value" in action ? action.value : undefined);
    if (page === undefined) return;
    const personId = body.user.id;
    const text = await sendFile(client, deps, personId, page).catch((error: unknown) => {
      const reference = deps.reportFault("answer file", error);
      return `The file could not be sent (reference ${reference}). The app needs the scope files:write.`;
    });
    await tellPerson(client, { user: personId }, text);
  });
}

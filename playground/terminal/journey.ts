import { styleText } from "node:util";
import { PEOPLE, REQUESTS_CHANNEL, type Company, type PersonName } from "../company.ts";
import type { Message, OpenView } from "../slack/state.ts";
import { frame, showBlocks } from "./show-blocks.ts";
import { until } from "./until.ts";
import type { Say } from "./watch.ts";

function speaker(name: string): string {
  return styleText(["bold", "yellow"], name);
}

/** The message of the newest request in the channel, or of the newest one about a person. */
export function newestRequest(company: Company, about?: PersonName): Message | undefined {
  const { slack } = company;
  return slack.messages.findLast(
    (message) =>
      message.channel === REQUESTS_CHANNEL &&
      message.threadTs === undefined &&
      message.metadata !== undefined &&
      (about === undefined || JSON.stringify(message.blocks).includes(`*Person:* <@${PEOPLE[about].id}>`)),
  );
}

/** How often someone was told something that nobody else sees; others may be told things at the same time. */
function noticesTo({ slack }: Company, person: PersonName): number {
  return slack.notices.filter(({ toUser }) => toUser === PEOPLE[person].id).length;
}

/** Types the command and waits for the modal; undefined when the app refused, which it says itself. */
export async function openForm(
  company: Company,
  by: PersonName,
  target: string,
  say: Say,
): Promise<OpenView | undefined> {
  const { slack } = company;
  const person = PEOPLE[by];
  const notices = noticesTo(company, by);
  const known = new Set(slack.views.keys());
  say(
    `\n${speaker(person.realName)} types in #offboarding: ${styleText("bold", `/zoom-offboard ${target}`)}`,
  );
  await slack.as(person.id).command("/zoom-offboard", target, { channel: REQUESTS_CHANNEL });
  const isNew = (view: OpenView) => view.owner === person.id && !known.has(view.id);
  await until(
    "an answer to the command",
    () => [...slack.views.values()].some(isNew) || noticesTo(company, by) > notices,
  );
  return [...slack.views.values()].find(isNew);
}

/** The form as it looks with these texts typed in. */
function withEntered(view: OpenView, values: Record<string, string>): OpenView {
  const typed = Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, { value: { type: "plain_text_input", value } }]),
  );
  return { ...view, state: { ...view.state, ...typed } };
}

/** Fills in the modal about someone, shows it, and submits it. Answers whether a request came of it. */
export async function submitForm(
  company: Company,
  by: PersonName,
  about: PersonName,
  view: OpenView,
  values: Record<string, string>,
  say: Say,
): Promise<boolean> {
  const { slack } = company;
  const person = PEOPLE[by];
  const before = newestRequest(company, about);
  if (values["action"] !== undefined) {
    const { hash } = view;
    await slack.as(person.id).change(view.id, "action", values["action"]);
    await until("the form to follow the action", () => slack.views.get(view.id)?.hash !== hash);
  }
  const { action: _action, ...rest } = values;
  say(`${speaker(person.realName)} fills in the form and presses Request:`);
  say(frame("Offboard from Zoom", showBlocks(slack, view.content.blocks, withEntered(view, rest))));
  await slack.as(person.id).submit(view.id, rest);
  const now = slack.views.get(view.id);
  if (now !== undefined && Object.keys(now.errors).length > 0) {
    say(frame("The form says", showBlocks(slack, now.content.blocks, now)));
    return false;
  }
  if (now !== undefined) say(frame(`${person.realName} sees`, showBlocks(slack, now.content.blocks, now)));
  await slack.as(person.id).closeView(view.id);
  await until("the request in the channel", () => newestRequest(company, about) !== before);
  return true;
}

/** Presses a button in a request's message. */
export async function press(
  company: Company,
  by: PersonName,
  request: Message | undefined,
  action: string,
  label: string,
  say: Say,
): Promise<void> {
  if (request === undefined) throw new Error("There is no request to decide.");
  const { slack } = company;
  const notices = noticesTo(company, by);
  say(`\n${speaker(PEOPLE[by].realName)} presses ${styleText("bold", label)}.`);
  await slack.as(PEOPLE[by].id).click(request, action);
  await until("an answer to the button", () => noticesTo(company, by) > notices);
}

/** Waits until the request's message says that it has ended, its thread too, and the requester was told. */
export async function untilEnded(company: Company, request: Message): Promise<void> {
  const { messages, channels } = company.slack;
  const isEnd = ({ text }: Message) => /Done|NOT|Failed|Denied|Expired/.test(text);
  await until("the end of the request", () => isEnd(request), 90_000);
  await until(
    "the end of the thread",
    () => messages.some((message) => message.threadTs === request.ts && isEnd(message)),
    30_000,
  );
  await until(
    "the direct message",
    () =>
      messages.some(
        (message) =>
          channels.get(message.channel)?.kind === "im" &&
          message.metadata !== undefined &&
          Number(message.ts) > Number(request.ts),
      ),
    30_000,
  );
}

/** Who plays in the journey. */
export interface Cast {
  requester: PersonName;
  approver: PersonName;
  /** The one who leaves. */
  leaver: PersonName;
}

/** The journey that everyone sees first: ask, be refused one's own approval, have it approved, watch it run. */
export async function playJourney(company: Company, cast: Cast, say: Say): Promise<void> {
  const { requester, approver, leaver } = cast;
  const view = await openForm(company, requester, `@${PEOPLE[leaver].name}`, say);
  if (view === undefined) throw new Error("The form did not open.");
  const values = { reason: "Last day today", ticket: "https://tickets.example/4711" };
  await submitForm(company, requester, leaver, view, values, say);
  const request = newestRequest(company, leaver);
  await press(company, requester, request, "request_approve", "Approve", say);
  await press(company, approver, request, "request_approve", "Approve", say);
  if (request !== undefined) await untilEnded(company, request);
}

import { styleText } from "node:util";
import { PEOPLE, REQUESTS_CHANNEL, type Company, type PersonName } from "../company.ts";
import type { Message, OpenView } from "../slack/state.ts";
import { frame, showBlocks } from "./show-blocks.ts";
import { until } from "./until.ts";
import type { Say } from "./watch.ts";

function speaker(name: string): string {
  return styleText(["bold", "yellow"], name);
}

/** The message of the newest request in the channel. */
export function newestRequest(company: Company): Message | undefined {
  const { slack } = company;
  return slack.messages.findLast(
    (message) =>
      message.channel === REQUESTS_CHANNEL &&
      message.threadTs === undefined &&
      message.metadata !== undefined,
  );
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
  const notices = slack.notices.length;
  const known = new Set(slack.views.keys());
  say(
    `\n${speaker(person.realName)} types in #offboarding: ${styleText("bold", `/zoom-offboard ${target}`)}`,
  );
  await slack.as(person.id).command("/zoom-offboard", target, { channel: REQUESTS_CHANNEL });
  const isNew = (view: OpenView) => view.owner === person.id && !known.has(view.id);
  await until(
    "an answer to the command",
    () => [...slack.views.values()].some(isNew) || slack.notices.length > notices,
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

/** Fills in the modal, shows it, and submits it. Answers whether a request came of it. */
export async function submitForm(
  company: Company,
  by: PersonName,
  view: OpenView,
  values: Record<string, string>,
  say: Say,
): Promise<boolean> {
  const { slack } = company;
  const person = PEOPLE[by];
  const before = newestRequest(company);
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
  await until("the request in the channel", () => newestRequest(company) !== before);
  return true;
}

/** Presses a button in the newest request's message. */
export async function press(
  company: Company,
  by: PersonName,
  action: string,
  label: string,
  say: Say,
): Promise<void> {
  const request = newestRequest(company);
  if (request === undefined) throw new Error("There is no request to decide.");
  const { slack } = company;
  const notices = slack.notices.length;
  say(`\n${speaker(PEOPLE[by].realName)} presses ${styleText("bold", label)}.`);
  await slack.as(PEOPLE[by].id).click(request, action);
  await until("an answer to the button", () => slack.notices.length > notices);
}

/** Waits until the newest request's message says that it has ended, and the requester was told. */
export async function untilEnded(company: Company, request: Message): Promise<void> {
  await until("the end of the request", () => /Done|NOT|Failed|Denied|Expired/.test(request.text), 90_000);
  await until(
    "the direct message",
    () =>
      company.slack.messages.some(
        (message) =>
          company.slack.channels.get(message.channel)?.kind === "im" &&
          message.metadata !== undefined &&
          Number(message.ts) > Number(request.ts),
      ),
    30_000,
  );
}

/** The journey that everybody sees first: ask, be refused one's own approval, have it approved, watch it run. */
export async function playJourney(company: Company, say: Say): Promise<void> {
  const view = await openForm(company, "requester", "@sam", say);
  if (view === undefined) throw new Error("The form did not open.");
  await submitForm(
    company,
    "requester",
    view,
    { reason: "Last day today", ticket: "https://tickets.example/4711" },
    say,
  );
  await press(company, "requester", "request_approve", "Approve", say);
  const request = newestRequest(company);
  await press(company, "approver", "request_approve", "Approve", say);
  if (request !== undefined) await untilEnded(company, request);
}

import { expect } from "vitest";
import { PEOPLE, type PersonName } from "../../../playground/company.ts";
import { verifyChain } from "../../../src/audit/verify.ts";
import type { Delivery, Message, OpenView, RawRequest } from "../../../playground/slack/state.ts";
import { eventually, type World } from "./world.ts";

/** Every call that changed something at Zoom or Cloudflare, or tried to. */
export function vendorWrites(world: World): string[] {
  const { zoom, cloudflare } = world.company;
  return [...zoom.calls, ...cloudflare.calls]
    .map(({ request }) => request)
    .filter(({ method, path }) => method !== "GET" && path !== "/oauth/token")
    .map(({ method, path, query }) => `${method} ${path}${query.size === 0 ? "" : `?${query.toString()}`}`);
}

/** How many requests are stored. */
export async function requestCount(world: World): Promise<number> {
  const { rows } = await world.database.query<{ count: number }>(
    "select count(*)::int as count from deadbolt.request",
  );
  return rows[0]?.count ?? 0;
}

/** Presses a button of a message, be it a copy from before, and waits for what the presser alone is told. */
export async function press(
  world: World,
  slackId: string,
  message: Message,
  actionId: "request_approve" | "request_deny" = "request_approve",
): Promise<string> {
  const told = () => world.company.slack.notices.filter(({ toUser }) => toUser === slackId);
  const before = told().length;
  const delivery = await world.company.slack.as(slackId).click(message, actionId);
  expect(delivery.status).toBe(200);
  // Where the machine is slow, it is said first that the press is worked on.
  const answer = () =>
    told()
      .slice(before)
      .find(({ text }) => !text.includes("Still working on it"));
  return withoutHelp((await eventually(`a notice to ${slackId}`, answer)).text);
}

/** A text without who can help: people are named where they are found in time, which a busy machine may not do. */
export function withoutHelp(text: string): string {
  return text
    .replaceAll(/ of <@U\w+>[^.\n]*\./g, ".")
    .replaceAll(/[ \n]?Ask (?:<@U\w+>|someone with the role )[^.\n]*\./g, "")
    .replaceAll(/[ \n]?Deadbolt cannot list who holds the role [^.\n]*\. Ask in the channel\./g, "");
}

/** Presses Deny and waits for the form that asks why. */
export async function openDenial(world: World, person: PersonName, message: Message): Promise<OpenView> {
  const { slack } = world.company;
  const known = new Set(slack.views.keys());
  await slack.as(PEOPLE[person].id).click(message, "request_deny");
  return eventually("the denial's form", () =>
    [...slack.views.values()].find(({ id, owner }) => owner === PEOPLE[person].id && !known.has(id)),
  );
}

/**
 * The signed request that an act of a person would send, kept back: its trigger is unused, and it can be delivered
 * as it is or changed first.
 */
export async function withheld(world: World, act: () => Promise<Delivery>): Promise<RawRequest> {
  const { slack } = world.company;
  const url = slack.requestUrl;
  if (url === undefined) throw new Error("Only signed requests can be kept back.");
  slack.requestUrl = "http://127.0.0.1:1/slack/events";
  try {
    const { request } = await act();
    return { ...request, url };
  } finally {
    slack.requestUrl = url;
  }
}

/** A copy of a message in which the value of its buttons was changed. */
export function tamper(message: Message, change: (value: string) => string): Message {
  const copy = structuredClone(message);
  for (const block of copy.blocks)
    for (const element of (block["elements"] as { value?: string }[] | undefined) ?? [])
      if (element.value !== undefined) element.value = change(element.value);
  return copy;
}

export interface AuditedRefusal {
  type: string;
  requestId: string | null;
  rule: string;
  reason: string;
  asked: string | null;
}

/** What the audit log keeps of one person's refusals, the oldest first. */
export async function refusalsOf(world: World, slackId: string): Promise<AuditedRefusal[]> {
  const { rows } = await world.database.query<AuditedRefusal>(
    `select type, request_id as "requestId", data->>'rule' as rule, data->>'reason' as reason,
       data->>'asked' as asked
     from deadbolt.audit_event
     where actor = $1 and type in ('request.refused', 'decision.refused') order by sequence`,
    [slackId],
  );
  return rows;
}

/** The last refusal of a person in the audit log, with the trail itself proven unbroken. */
export async function lastRefusalOf(world: World, person: PersonName): Promise<AuditedRefusal | undefined> {
  expect(await verifyChain(world.database)).toMatchObject({ ok: true });
  return (await refusalsOf(world, PEOPLE[person].id)).at(-1);
}

/** What a person reads in the modal in front of them: every text of it, without markup of its shape. */
export function modalText(world: World, person: PersonName): string {
  const view = [...world.company.slack.views.values()].findLast((one) => one.owner === PEOPLE[person].id);
  return view === undefined ? "" : textsIn([view.content.title, ...view.content.blocks]).join("\n");
}

function textsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("text" in value && typeof value.text === "string") return [value.text];
  return Object.values(value).flatMap((member) => textsIn(member));
}

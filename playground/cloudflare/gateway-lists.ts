import { randomUUID } from "node:crypto";
import type { VendorAnswer } from "../vendor-http.ts";
import { invalidRequest, notFound, success } from "./envelope.ts";
import { numberedPage } from "./page.ts";
import { asFields, asText, isEmail, readBody } from "./request-body.ts";
import { type CloudflareContext, parameter } from "./route.ts";
import type { GatewayList } from "./state.ts";

/** A list with nothing on it. */
export function createGatewayList(partial: Partial<GatewayList>, clock: () => Date): GatewayList {
  const now = clock().toISOString();
  const rest = { description: "", created_at: now, updated_at: now };
  return { id: randomUUID(), name: "Blocked people", type: "EMAIL", ...rest, items: [], ...partial };
}

function describe({ items, ...list }: GatewayList): object {
  return { ...list, count: items.length };
}

function findList(context: CloudflareContext): GatewayList {
  const list = context.account.gatewayLists.get(parameter(context, "list_id"));
  if (!list) throw notFound("list");
  return list;
}

/** All lists, without what is on them. */
export function listGatewayLists({ account, request }: CloudflareContext): VendorAnswer {
  return numberedPage({ account, request }, [...account.gatewayLists.values()].map(describe));
}

/** What is on one list. Throws 404 when unknown. */
export function listGatewayListItems(context: CloudflareContext): VendorAnswer {
  return numberedPage(context, findList(context).items, { usual: 50, most: 1000 });
}

/** Adds and removes entries. An entry that is there already stays once. Throws 404 and 400. */
export function changeGatewayList(context: CloudflareContext): VendorAnswer {
  const list = findList(context);
  const body = readBody(context.request, ["append", "remove"]);
  const append = asList(body["append"], "append").map((item) => {
    const fields = asFields(item, ["value", "description"]);
    const value = asText(fields["value"], "value");
    if (list.type === "EMAIL" && !isEmail(value)) throw invalidRequest("value is not an e-mail address");
    if (fields["description"] === undefined) return { value };
    return { value, description: asText(fields["description"], "description") };
  });
  const remove = asList(body["remove"], "remove").map((value) => asText(value, "remove"));
  const now = context.account.clock().toISOString();
  const kept = list.items.filter(({ value }) => !remove.includes(value));
  for (const item of append)
    if (!kept.some(({ value }) => value === item.value)) kept.push({ ...item, created_at: now });
  if (kept.length > context.account.entriesPerList)
    throw invalidRequest(`a list takes ${context.account.entriesPerList} entries`);
  list.items = kept;
  list.updated_at = now;
  return success(describe(list));
}

function asList(value: unknown, name: string): unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalidRequest(`${name} is not a list`);
  return value;
}

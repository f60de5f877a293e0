import { z } from "zod";
import type { Act, FaultOrder, Upload } from "../page-api.ts";

const text = z.string().max(20_000);
const entered = z.union([text, z.array(text).max(100)]).optional();
const as = z.string();

const AnyAct = z.discriminatedUnion("kind", [
  z.object({ as, kind: z.literal("say"), channel: text, threadTs: text.optional(), text }),
  z.object({ as, kind: z.literal("command"), channel: text, command: text, text }),
  z.object({ as, kind: z.literal("submit"), viewId: text, values: z.record(z.string(), entered) }),
  z.object({ as, kind: z.literal("close"), viewId: text }),
  z.object({ as, kind: z.literal("change"), viewId: text, blockId: text, actionId: text, value: entered }),
  z.object({ as, kind: z.literal("pressInView"), viewId: text, actionId: text, value: text.optional() }),
  z.object({ as, kind: z.literal("press"), channel: text, ts: text, actionId: text, value: entered }),
  z.object({ as, kind: z.literal("home") }),
  z.object({ as, kind: z.literal("globalShortcut"), callbackId: text }),
  z.object({ as, kind: z.literal("messageShortcut"), callbackId: text, channel: text, ts: text }),
]);

const AnyFaultOrder = z.object({
  place: z.enum(["slack", "slack-directory", "zoom", "cloudflare"]),
  fault: z.enum(["slow", "429", "500", "reset", "hang", "down"]),
});

const AnyUpload = z.strictObject({
  as: z.string(),
  name: z.string().min(1).max(255),
  content: z.base64(),
});

/** A request that is not of the form that the page sends; the message says where. */
export class MalformedRequest extends Error {
  override name = "MalformedRequest";
}

function parsed<Value>(schema: z.ZodType<Value>, body: string): Value {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new MalformedRequest("The body is no JSON.");
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new MalformedRequest(z.prettifyError(result.error));
}

/** @throws MalformedRequest */
export function parseAct(body: string): Act {
  return parsed<Act>(AnyAct as z.ZodType<Act>, body);
}

/** @throws MalformedRequest */
export function parseUpload(body: string): Upload {
  return parsed(AnyUpload, body);
}

/** @throws MalformedRequest */
export function parseFaultOrder(body: string): FaultOrder {
  return parsed(AnyFaultOrder, body);
}

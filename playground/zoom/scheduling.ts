import type { VendorAnswer } from "../vendor-http.ts";
import { isAddressedBy, zoomTime, type ZoomUser } from "./user.ts";
import type { ZoomDirectory } from "./state.ts";
import { readJsonBody } from "./parameters.ts";
import { ZoomRefusal, userDoesNotExist, validationFailed } from "./refusal.ts";
import type { ZoomContext, ZoomRoute } from "./route.ts";

const MOST_AT_ONCE = 30;

interface Wanted {
  person: string;
  managesPrivateEvents: boolean;
}

function seeUser({ account, directory, userId }: ZoomContext): ZoomUser {
  const user = directory.see(isAddressedBy(account, userId));
  if (!user) throw userDoesNotExist(userId);
  return user;
}

/** `GET /users/{userId}/assistants`: who may schedule for the user. */
function listAssistants(context: ZoomContext): VendorAnswer {
  const host = seeUser(context);
  const assistants = [...host.pretend.assistants].flatMap(([id, managesPrivateEvents]) => {
    const assistant = context.account.users.get(id);
    if (!assistant) return [];
    return [{ id, email: assistant.email, can_manage_host_private_event: managesPrivateEvents }];
  });
  return { status: 200, body: { assistants } };
}

function readWanted(entry: unknown): Wanted {
  if (typeof entry !== "object" || entry === null) throw validationFailed("assistants", "Invalid field.");
  const {
    id,
    email,
    can_manage_host_private_event: managesPrivateEvents = false,
    ...rest
  } = entry as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw validationFailed(`assistants.${unknown}`, "Unknown field.");
  const person = id ?? email;
  if (typeof person !== "string" || typeof managesPrivateEvents !== "boolean")
    throw validationFailed("assistants", "Invalid field.");
  return { person, managesPrivateEvents };
}

function refuse(message: string): never {
  throw new ZoomRefusal(400, 200, message);
}

function findAssistant({ account }: ZoomContext, host: ZoomUser, person: string): ZoomUser {
  const assistant = [...account.users.values()].find(isAddressedBy(account, person));
  if (!assistant) return refuse(`Can't find user ${person}.`);
  if (assistant.id === host.id) return refuse("Can't assign scheduling privilege to yourself.");
  if (host.pretend.assistants.has(assistant.id))
    return refuse(`User ${person} has already granted scheduling privilege.`);
  if (assistant.type !== 2)
    return refuse(`The user must either be a Licensed user or an On-prem user : ${person}.`);
  return assistant;
}

/** `POST /users/{userId}/assistants`: all of them or none. */
async function addAssistants(context: ZoomContext): Promise<VendorAnswer> {
  const { account, directory, request, userId } = context;
  const { assistants } = readJsonBody(request, ["assistants"]);
  if (!Array.isArray(assistants) || assistants.length === 0 || assistants.length > MOST_AT_ONCE)
    throw validationFailed("assistants", "Invalid field.");
  const wanted = assistants.map(readWanted);
  const host = directory.find(userId);
  if (account.plan === "free") return refuse(`Current account must be paid account: ${userId}`);
  if (host.type !== 2)
    return refuse(`The user must either be a Licensed user or an On-prem user : ${userId}.`);
  const found = wanted.map(
    ({ person, managesPrivateEvents }) =>
      [findAssistant(context, host, person).id, managesPrivateEvents] as const,
  );
  return directory.write(host, () => {
    for (const [id, managesPrivateEvents] of found) host.pretend.assistants.set(id, managesPrivateEvents);
    const ids = found.map(([id]) => id).join(",");
    return { status: 201, body: { ids, add_at: zoomTime(account.clock()) } };
  });
}

/** `DELETE /users/{userId}/assistants/{assistantId}`: by id only. */
async function deleteAssistant({ directory, userId, segments }: ZoomContext): Promise<VendorAnswer> {
  const host = directory.find(userId);
  const assistantId = segments["assistantId"] ?? "";
  if (!host.pretend.assistants.has(assistantId)) throw userDoesNotExist(assistantId);
  return directory.write(host, () => {
    host.pretend.assistants.delete(assistantId);
    return { status: 204 };
  });
}

/** `DELETE /users/{userId}/assistants`. */
async function deleteAssistants({ directory, userId }: ZoomContext): Promise<VendorAnswer> {
  const host = directory.find(userId);
  return directory.write(host, () => {
    host.pretend.assistants.clear();
    return { status: 204 };
  });
}

function hostsFor(directory: ZoomDirectory, assistant: ZoomUser): ZoomUser[] {
  return directory.seeAll().filter((host) => host.pretend.assistants.has(assistant.id));
}

/** `GET /users/{userId}/schedulers`: for whom the user may schedule. */
function listSchedulers(context: ZoomContext): VendorAnswer {
  const schedulers = hostsFor(context.directory, seeUser(context)).map(({ id, email, pmi }) => ({
    id,
    email,
    pmi,
  }));
  return { status: 200, body: { schedulers } };
}

/** `DELETE /users/{userId}/schedulers/{schedulerId}`: by id only. */
async function deleteScheduler({ account, directory, userId, segments }: ZoomContext): Promise<VendorAnswer> {
  const user = directory.find(userId);
  const schedulerId = segments["schedulerId"] ?? "";
  const host = account.users.get(schedulerId);
  if (!host?.pretend.assistants.has(user.id)) throw userDoesNotExist(schedulerId);
  return directory.write(host, () => {
    host.pretend.assistants.delete(user.id);
    return { status: 204 };
  });
}

/** `DELETE /users/{userId}/schedulers`. */
async function deleteSchedulers({ account, directory, userId }: ZoomContext): Promise<VendorAnswer> {
  const user = directory.find(userId);
  return directory.write(user, () => {
    for (const host of account.users.values()) host.pretend.assistants.delete(user.id);
    return { status: 204 };
  });
}

const READ = ["user:read:admin", "user:write:admin", "user:read", "user:write"];
const WRITE = ["user:write:admin", "user:write"];

function route(
  operation: string,
  call: string,
  label: ZoomRoute["label"],
  scopes: readonly string[],
  answer: ZoomRoute["answer"],
): ZoomRoute {
  const [method = "", path = ""] = call.split(" ");
  return { operation, method, path: `/v2/users/{userId}/${path}`, label, scopes, query: [], answer };
}

function both(scope: string): string[] {
  return [`${scope}:admin`, scope];
}

const REMOVE_ASSISTANT = [...WRITE, ...both("user:delete:assistant")];
const REMOVE_SCHEDULER = [...WRITE, ...both("user:delete:scheduler")];

export const schedulingRoutes: readonly ZoomRoute[] = [
  route(
    "userAssistants",
    "GET assistants",
    "Medium",
    [...READ, ...both("user:read:list_assistants")],
    listAssistants,
  ),
  route(
    "userAssistantCreate",
    "POST assistants",
    "Medium",
    [...WRITE, ...both("user:write:assistant")],
    addAssistants,
  ),
  route("userAssistantDelete", "DELETE assistants/{assistantId}", "Light", REMOVE_ASSISTANT, deleteAssistant),
  route("userAssistantsDelete", "DELETE assistants", "Light", REMOVE_ASSISTANT, deleteAssistants),
  route(
    "userSchedulers",
    "GET schedulers",
    "Medium",
    [...READ, ...both("user:read:list_schedulers")],
    listSchedulers,
  ),
  route("userSchedulerDelete", "DELETE schedulers/{schedulerId}", "Light", REMOVE_SCHEDULER, deleteScheduler),
  route("userSchedulersDelete", "DELETE schedulers", "Light", REMOVE_SCHEDULER, deleteSchedulers),
];

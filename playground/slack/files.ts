import { randomBytes } from "node:crypto";
import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { newId } from "./identifiers.ts";
import type { JsonObject, SlackFile, SlackState } from "./state.ts";

const UPLOAD_PATH = "/upload/v1/";
const DOWNLOAD_PATH = "/files-pri/";

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  json: "application/json",
  md: "text/markdown",
  png: "image/png",
  txt: "text/plain",
};

function extensionOf(name: string): string {
  return /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
}

/** The media type that a file's name tells; binary where it tells none. */
function mediaTypeOf(name: string): string {
  return MEDIA_TYPES[extensionOf(name)] ?? "application/octet-stream";
}

/** Keeps a file that is whole already, as when a person chooses one in a form. */
export function addFile(state: SlackState, user: string, name: string, bytes: Buffer): SlackFile {
  const createdAt = state.clock();
  const file: SlackFile = { id: newId("F"), name, title: name, user, bytes, isComplete: true, createdAt };
  state.files.set(file.id, file);
  return file;
}

/** Begins an upload of the app's; the bytes come to the answered address. */
export function beginUpload(
  state: SlackState,
  name: string,
  length: number,
): { file: SlackFile; url: string } {
  const file = addFile(state, state.credentials.botUserId, name, Buffer.alloc(0));
  file.isComplete = false;
  const ticket = randomBytes(18).toString("base64url");
  state.uploads.set(ticket, { fileId: file.id, length });
  return { file, url: `${state.origin}${UPLOAD_PATH}${ticket}` };
}

/** A file as Slack's API and payloads show it. */
export function fileShape(state: SlackState, file: SlackFile): JsonObject {
  const place = `${state.origin}${DOWNLOAD_PATH}${state.credentials.teamId}-${file.id}`;
  const name = encodeURIComponent(file.name);
  return {
    id: file.id,
    created: Math.floor(file.createdAt.getTime() / 1_000),
    name: file.name,
    title: file.title,
    mimetype: mediaTypeOf(file.name),
    filetype: extensionOf(file.name) || "binary",
    user: file.user,
    user_team: state.credentials.teamId,
    size: file.bytes.length,
    mode: "hosted",
    is_external: false,
    is_public: false,
    url_private: `${place}/${name}`,
    url_private_download: `${place}/download/${name}`,
  };
}

/** Whether a path is one of those where files come and go. */
export function isFilePath(path: string): boolean {
  return path.startsWith(UPLOAD_PATH) || path.startsWith(DOWNLOAD_PATH);
}

/** Takes the bytes of an upload, or gives those of a file to a token that may read files. */
export async function answerFile(state: SlackState, request: VendorRequest): Promise<VendorAnswer> {
  if (request.path.startsWith(UPLOAD_PATH)) return takeUpload(state, request);
  const id = /-(F[A-Z0-9]+)\//.exec(request.path)?.[1] ?? "";
  const file = state.files.get(id);
  const token = /^Bearer (.+)$/i.exec(request.headers["authorization"] ?? "")?.[1];
  if (file === undefined || !file.isComplete) return { status: 404, body: "not_found" };
  // Slack leads whoever may not read to its sign-in page, with a 200 at the end.
  if (token !== state.credentials.botToken || !state.scopes.has("files:read"))
    return {
      status: 200,
      headers: { "content-type": "text/html" },
      body: "<!DOCTYPE html><title>Sign in</title>",
    };
  return { status: 200, headers: { "content-type": mediaTypeOf(file.name) }, body: file.bytes };
}

/** The bytes as they are, or those of the one part of a form; Slack takes both. */
async function uploadedBytes({ headers, bytes }: VendorRequest): Promise<Buffer> {
  const contentType = headers["content-type"] ?? "";
  if (!contentType.startsWith("multipart/")) return bytes;
  const parts = await new Response(bytes, { headers: { "content-type": contentType } }).formData();
  const [part] = [...parts.values()];
  return part === undefined || typeof part === "string"
    ? Buffer.from(part ?? "")
    : Buffer.from(await part.arrayBuffer());
}

async function takeUpload(state: SlackState, request: VendorRequest): Promise<VendorAnswer> {
  const ticket = request.path.slice(UPLOAD_PATH.length);
  const upload = state.uploads.get(ticket);
  const file = upload === undefined ? undefined : state.files.get(upload.fileId);
  if (request.method !== "POST" || upload === undefined || file === undefined)
    return { status: 404, body: "not_found" };
  const bytes = await uploadedBytes(request);
  if (bytes.length !== upload.length)
    return { status: 400, body: `expected ${upload.length} bytes, got ${bytes.length}` };
  file.bytes = bytes;
  return { status: 200, body: `OK - ${bytes.length}` };
}

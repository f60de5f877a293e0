import type { WebClient } from "@slack/web-api";
import { slackErrorCode } from "./slack-error.ts";

/** A file, or why it cannot be had, in a sentence for the person who gave it. */
export type GivenFile = { name: string; bytes: Buffer } | { fault: string };

export interface GivenFileOptions {
  client: WebClient;
  botToken: string;
  /** Where Slack keeps files; the token is sent nowhere else. */
  origins: readonly string[];
  /** Milliseconds. */
  timeout: number;
}

const GONE = "Slack no longer has this file. Choose it again.";
const NOT_YOURS = "This file was given by somebody else. Choose one of your own.";
const UNREADABLE = "Slack did not give the file. Try again; the app needs the scope files:read.";

/** Reads files that people gave in forms. */
export function createGivenFiles(options: GivenFileOptions) {
  const { client, botToken, origins, timeout } = options;

  return async function givenFile(fileId: string, maxBytes: number, personId: string): Promise<GivenFile> {
    let file: { name?: string; size?: number; url_private?: string; user?: string } | undefined;
    try {
      file = (await client.files.info({ file: fileId })).file;
    } catch (error) {
      return { fault: slackErrorCode(error) === "file_not_found" ? GONE : UNREADABLE };
    }
    if (file?.url_private === undefined) return { fault: GONE };
    // The app sees more files than the person does, and must not be a way around that.
    if (file.user !== personId) return { fault: NOT_YOURS };
    const megabytes = maxBytes / 1024 / 1024;
    const tooLarge = { fault: `The file is larger than ${megabytes} MB. Choose a smaller one.` };
    if ((file.size ?? 0) > maxBytes) return tooLarge;
    const url = URL.parse(file.url_private);
    if (url === null || !origins.includes(url.origin)) return { fault: UNREADABLE };
    const bytes = await download(url, botToken, maxBytes, timeout);
    if (bytes === "too large") return tooLarge;
    return bytes === undefined ? { fault: UNREADABLE } : { name: file.name ?? "file", bytes };
  };
}

/** The bytes, at most this many; undefined where Slack does not give them. */
async function download(
  url: URL,
  botToken: string,
  maxBytes: number,
  timeout: number,
): Promise<Buffer | "too large" | undefined> {
  try {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${botToken}` },
      redirect: "error",
      signal: AbortSignal.timeout(timeout),
    });
    // A token that may not read gets a sign-in page with a 200.
    if (!answer.ok || answer.headers.get("content-type")?.startsWith("text/html")) return undefined;
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of answer.body ?? []) {
      length += part.byteLength;
      if (length > maxBytes) return "too large";
      parts.push(Buffer.from(part));
    }
    return Buffer.concat(parts);
  } catch {
    return undefined;
  }
}

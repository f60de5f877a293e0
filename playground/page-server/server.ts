import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Company } from "../company.ts";
import type { AuditReport } from "../page-api.ts";
import { createAppPulse } from "./app-pulse.ts";
import { verifyAudit } from "./audit.ts";
import { PAGE_PLACES, type PagePlaces } from "./build-page.ts";
import { createEventStreams } from "./event-stream.ts";
import { createFaultBoard, type FaultBoard } from "./fault-board.ts";
import { SAFE_HEADERS, whyRefused } from "./guard.ts";
import { followCalls } from "./journal.ts";
import { readManifest } from "./manifest.ts";
import { readPage, type PageFiles } from "./page-files.ts";
import { perform } from "./perform.ts";
import { followRefusals } from "./refusals.ts";
import { MalformedRequest, parseAct, parseFaultOrder, parseUpload } from "./request-schema.ts";
import { visibleFile, type Sources } from "./snapshot.ts";

export interface PageServerOptions {
  company: Company;
  /** TCP port on 127.0.0.1; 0 or absent for any free one. */
  port?: number | undefined;
  /** Where the app's database is, for walking the audit chain: `DATA_DIR` or `DATABASE_URL`. */
  auditEnvironment: Readonly<Record<string, string>>;
  /** The page that is served; the playground's own without it. */
  page?: PagePlaces;
}

/** The server of the playground's page. */
export interface PageServer {
  readonly url: string;
  readonly port: number;
  /** Resolves when the page is built. Rejects with a PageBuildError; the API works without the page. */
  readonly built: Promise<void>;
  /** What the page's switches have broken; open pages see what others change here. */
  readonly faults: FaultBoard;
  close(): Promise<void>;
}

const MOST_BYTES = 1_000_000;
/** The largest file that any form of the app takes is 15 MB, which base64 makes a third longer. */
const MOST_UPLOAD_BYTES = 24_000_000;

async function readBody(message: IncomingMessage, most = MOST_BYTES): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new MalformedRequest("The body is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}

function answerText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}

/**
 * Starts the server of the page on loopback, and builds the page beside it.
 * @throws Error with `code` EADDRINUSE when someone else has the port
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const { company } = options;
  const board = createFaultBoard(company);
  const sources: Sources = {
    company,
    manifest: readManifest(),
    journal: followCalls(company),
    refusals: followRefusals(company.slack),
    pulse: createAppPulse(company.slack),
    faults: () => board.orders(),
  };
  const streams = createEventStreams(sources);
  let auditing: Promise<AuditReport> | undefined;

  const isPerson = (id: string) => {
    const user = company.slack.users.get(id);
    return user !== undefined && !user.isBot && !user.deleted;
  };
  const refusePerson = (response: ServerResponse, id: string) =>
    answerJson(response, 404, { ok: false, shown: `Nobody in this workspace has the id ${id}.` });

  const api: Record<string, (message: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>> =
    {
      async "GET /api/events"(_message, response, url) {
        const me = url.searchParams.get("as") ?? "";
        if (!isPerson(me)) return refusePerson(response, me);
        return streams.open(response, me);
      },
      async "POST /api/act"(message, response) {
        const act = parseAct(await readBody(message));
        if (!isPerson(act.as)) return refusePerson(response, act.as);
        const performing = perform(company.slack, sources.manifest, act);
        streams.touch();
        const result = await performing;
        streams.touch();
        return answerJson(response, 200, result);
      },
      async "POST /api/file"(message, response) {
        const { as, name, content } = parseUpload(await readBody(message, MOST_UPLOAD_BYTES));
        if (!isPerson(as)) return refusePerson(response, as);
        const id = company.slack.as(as).upload(name, Buffer.from(content, "base64"));
        return answerJson(response, 200, { id });
      },
      async "GET /api/file"(_message, response, url) {
        const me = url.searchParams.get("as") ?? "";
        const file = visibleFile(company.slack, me, url.searchParams.get("id") ?? "");
        if (file === undefined) return answerText(response, 404, "There is no such file for you.");
        // Always saved and never shown: what an app uploads must not run as a part of this page.
        response.writeHead(200, {
          "content-type": "application/octet-stream",
          "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        });
        response.end(file.bytes);
        return undefined;
      },
      async "POST /api/faults"(message, response) {
        board.order(parseFaultOrder(await readBody(message)));
        streams.touch();
        answerJson(response, 200, { ok: true });
      },
      async "DELETE /api/faults"(_message, response) {
        board.mend();
        streams.touch();
        answerJson(response, 200, { ok: true });
      },
      async "GET /api/audit"(_message, response) {
        auditing ??= verifyAudit(options.auditEnvironment).finally(() => {
          auditing = undefined;
        });
        answerJson(response, 200, await auditing);
      },
    };

  const page: Promise<PageFiles> = readPage(options.page ?? PAGE_PLACES);
  const built = page.then(() => undefined);
  // Reported to what asks for the page or for `built`; nothing has to.
  built.catch(() => undefined);

  async function answerPage(method: string, path: string, response: ServerResponse): Promise<void> {
    if (method !== "GET" && method !== "HEAD") return answerText(response, 405, "Only GET.");
    let files: PageFiles;
    try {
      files = await page;
    } catch (error) {
      return answerText(response, 500, error instanceof Error ? error.message : String(error));
    }
    const file = files.get(path);
    if (file === undefined) return answerText(response, 404, "There is no such page.");
    response.writeHead(200, { ...file.headers, "content-length": file.body.length });
    response.end(method === "HEAD" ? undefined : file.body);
    return undefined;
  }

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = message.method ?? "GET";
    const url = URL.parse(message.url ?? "/", "http://127.0.0.1");
    if (url === null) return answerText(response, 400, "There is no such address.");
    for (const [name, value] of Object.entries(SAFE_HEADERS)) response.setHeader(name, value);
    const refused = whyRefused({ method, path: url.pathname, headers: message.headers }, port);
    if (refused !== undefined) return answerText(response, refused.status, refused.words);
    if (!url.pathname.startsWith("/api/")) return answerPage(method, url.pathname, response);
    response.setHeader("cache-control", "no-store");
    const route = `${method} ${url.pathname}`;
    const handler = Object.hasOwn(api, route) ? api[route] : undefined;
    if (handler === undefined) return answerText(response, 404, "There is no such call.");
    return handler(message, response, url);
  }

  const server = createServer((message, response) => {
    answer(message, response).catch((error: unknown) => {
      if (response.headersSent) return void response.end();
      const isMalformed = error instanceof MalformedRequest;
      const shown = error instanceof Error ? error.message : String(error);
      return answerJson(response, isMalformed ? 400 : 500, { ok: false, shown });
    });
  });
  const vendors = [company.slack, company.zoom, company.cloudflare];
  const touch = () => streams.touch();
  for (const { events } of vendors) events.on("call", touch);
  function letGo(): void {
    for (const { events } of vendors) events.off("call", touch);
    streams.close();
    sources.journal.close();
    sources.refusals.close();
  }
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  }).catch((error: unknown) => {
    letGo();
    throw error;
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    built,
    faults: board,
    close() {
      letGo();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

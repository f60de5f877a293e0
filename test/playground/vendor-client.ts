import { request as httpRequest } from "node:http";
import type { ZoomSimulator } from "../../playground/zoom/server.ts";

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export type Send = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** Asks for a token as a server-to-server app does. */
export async function requestToken(zoom: ZoomSimulator): Promise<string> {
  const { accountId, clientId, clientSecret } = zoom.credentials;
  const response = await fetch(
    `${zoom.oauthUrl}?grant_type=account_credentials&account_id=${encodeURIComponent(accountId)}`,
    { method: "POST", headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` } },
  );
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

/** A sender of JSON requests with one token, relative to a base address. */
export function createSender(baseUrl: string, headers: Record<string, string>): Send {
  return async (method, path, body) => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "manual",
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
  };
}

/** A sender that is signed in to the pretend Zoom. */
export async function signedIn(zoom: ZoomSimulator): Promise<Send> {
  return createSender(zoom.apiUrl, { authorization: `Bearer ${await requestToken(zoom)}` });
}

/** Sends a path exactly as written, which fetch would tidy up first; answers the status and the parsed body. */
export function sendRaw(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as unknown }),
      );
    });
    request.on("error", reject);
    request.end();
  });
}

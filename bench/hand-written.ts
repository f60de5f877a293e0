import type { Company } from "../playground/company.ts";
import { REQUESTS_CHANNEL } from "../playground/company.ts";
import type { Victim } from "./lockout-calls.ts";

/**
 * A lockout as someone would write it in an afternoon: the same questions and the same commands, side by side where
 * they can be, with nothing written down and nothing proven. It asks who the requester is and which groups there are,
 * finds the person, and sends.
 */
export function createHandWritten({ slack, zoom, cloudflare }: Company, environment: Record<string, string>) {
  const { accountId, zoneIds, apiToken } = cloudflare.credentials;
  const listId = environment["CLOUDFLARE_BLOCK_LIST_ID"] ?? "";
  let zoomToken: string | undefined;

  async function askSlack(method: string, form: Record<string, string>): Promise<Record<string, unknown>> {
    const answer = await fetch(`${slack.url}/api/${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${slack.credentials.botToken}` },
      body: new URLSearchParams(form),
    });
    return (await answer.json()) as Record<string, unknown>;
  }

  async function tokenOf(): Promise<string> {
    if (zoomToken !== undefined) return zoomToken;
    const { clientId, clientSecret, accountId: zoomAccount } = zoom.credentials;
    const answer = await fetch(`${zoom.oauthUrl}?grant_type=account_credentials&account_id=${zoomAccount}`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    });
    zoomToken = ((await answer.json()) as { access_token: string }).access_token;
    return zoomToken;
  }

  async function askZoom(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const answer = await fetch(`${zoom.apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await tokenOf()}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`Zoom: ${answer.status} ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  }

  async function askCloudflare(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${cloudflare.apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiToken}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { success, result } = (await answer.json()) as { success: boolean; result: unknown };
    if (!success) throw new Error(`Cloudflare: ${answer.status}`);
    return result;
  }

  async function lockOutOfZoom(email: string): Promise<void> {
    const [user] = await Promise.all([
      askZoom("GET", `/users/${email}`),
      askZoom("GET", `/users/${email}/settings`),
    ]);
    const id = String(user["id"]);
    const deactivated = askZoom("PUT", `/users/${id}/status`, { action: "deactivate" });
    await Promise.all([
      deactivated
        .then(() => askZoom("DELETE", `/users/${id}/token`))
        .then(() =>
          askZoom("PUT", `/users/${id}/password`, { password: `Aa1-${crypto.randomUUID().slice(0, 12)}` }),
        ),
      Promise.all([askZoom("GET", `/users/${id}/meetings?type=live`), deactivated]).then(([{ meetings }]) =>
        Promise.all(
          (meetings as { id: number }[]).map((meeting) =>
            askZoom("PUT", `/meetings/${meeting.id}/status`, { action: "end" }),
          ),
        ),
      ),
    ]);
  }

  async function lockOutOfCloudflare(email: string): Promise<void> {
    const account = `/accounts/${accountId}`;
    const [users] = await Promise.all([
      askCloudflare("GET", `${account}/access/users?email=${encodeURIComponent(email)}`),
      askCloudflare("GET", `${account}/gateway/lists/${listId}/items`),
    ]);
    const user = (users as { id: string; email: string }[]).find((one) => one.email === email);
    const blocked = askCloudflare("PATCH", `${account}/gateway/lists/${listId}`, {
      append: [{ value: email }],
    });
    const listed = askCloudflare("GET", `${account}/devices/registrations?user.id=${user?.id}&status=active`);
    await blocked;
    await Promise.all([
      askCloudflare("POST", `${account}/access/organizations/revoke_user`, {
        email,
        devices: true,
        warp_session_reauth: true,
      }),
      ...zoneIds.map((zone) =>
        askCloudflare("POST", `/zones/${zone}/access/organizations/revoke_user`, { email }),
      ),
      listed.then((registrations) => {
        const ids = (registrations as { id: string }[]).map(({ id }) => `id=${id}`).join("&");
        return askCloudflare("POST", `${account}/devices/registrations/revoke?${ids}`);
      }),
    ]);
  }

  /** Locks one person out; resolves when every command was answered. */
  return async function lockOut(victim: Victim, requesterId: string): Promise<void> {
    const [, , found] = await Promise.all([
      askSlack("users.info", { user: requesterId }),
      askSlack("usergroups.list", { include_users: "true" }),
      askSlack("users.info", { user: victim.slackId }),
    ]);
    const { profile } = found["user"] as { profile: { email: string } };
    await Promise.all([lockOutOfZoom(profile.email), lockOutOfCloudflare(profile.email)]);
    await askSlack("chat.postMessage", { channel: REQUESTS_CHANNEL, text: `Locked out ${victim.name}` });
  };
}

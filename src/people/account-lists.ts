import type { WebClient } from "@slack/web-api";
import { findOperation } from "../catalogue/registry.ts";
import type { Connector } from "../connectors/connector.ts";
import type { AccountLists, ListedAccount } from "../target/near-matches.ts";

/** A list may be so old: Slack lets it be asked for twenty times a minute. */
const KEPT_MILLISECONDS = 5_000;
/** Larger companies are looked at in part: a likeness that is missed is one suggestion less. */
const MOST_PAGES = 10;

/**
 * @param client a Web API client
 * @param now milliseconds since the epoch
 */
export function createAccountLists(
  client: WebClient,
  connector: Connector,
  teamId: string,
  now: () => number,
): AccountLists {
  return {
    slack: remembered(() => slackAccounts(client, teamId), now),
    zoom: remembered(() => zoomAccounts(connector), now),
  };
}

function remembered<List>(ask: () => Promise<List>, now: () => number): () => Promise<List> {
  let kept: { list: Promise<List>; at: number } | undefined;
  return () => {
    if (kept !== undefined && now() - kept.at < KEPT_MILLISECONDS) return kept.list;
    const asked = { list: ask(), at: now() };
    kept = asked;
    // What was not answered is asked for again.
    asked.list.catch(() => {
      if (kept === asked) kept = undefined;
    });
    return asked.list;
  };
}

async function slackAccounts(client: WebClient, teamId: string): Promise<ListedAccount[]> {
  const accounts: ListedAccount[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await client.users.list({ team_id: teamId, limit: 1_000, cursor });
    for (const user of answer.members ?? []) {
      if (user.id === undefined || user.id === "USLACKBOT") continue;
      if (user.is_bot === true || user.deleted === true) continue;
      const name = user.profile?.real_name || user.real_name || user.name || user.id;
      const isGuest = user.is_restricted === true || user.is_ultra_restricted === true;
      accounts.push({ place: "slack", id: user.id, email: user.profile?.email, name, isGuest });
    }
    cursor = answer.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === "") break;
  }
  return accounts;
}

interface ZoomPage {
  users: {
    id?: string | null;
    email: string;
    display_name?: string | null;
    first_name?: string | null;
    last_name?: string | null;
  }[];
  next_page_token?: string | null;
}

async function zoomAccounts(connector: Connector): Promise<ListedAccount[]> {
  const accounts: ListedAccount[] = [];
  let nextPageToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const input = { pageSize: 300, nextPageToken };
    const answer = (await connector.execute(findOperation("zoom.user.list"), input)) as ZoomPage;
    for (const { id, email, display_name: shown, first_name: first, last_name: last } of answer.users) {
      const name = shown || [first, last].filter(Boolean).join(" ") || email;
      accounts.push({ place: "zoom", id: id ?? undefined, email, name });
    }
    nextPageToken = answer.next_page_token || undefined;
    if (nextPageToken === undefined) break;
  }
  return accounts;
}

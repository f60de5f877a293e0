import type { WebClient } from "@slack/web-api";
import { askPatiently, type Patience, type Waiting } from "../concurrency/patience.ts";
import type { AskGroups } from "./group-picture.ts";
import type { GroupsAnswer } from "./groups-answer.ts";
import { slackErrorCode } from "./slack-error.ts";

/** Slack's directory could not be asked, so whatever depended on it is a no. */
export class DirectoryError extends Error {
  override name = "DirectoryError";
  /** Slack's own error code, or what kept it from answering. */
  readonly slackError: string;
  constructor(method: string, slackError: string) {
    super(`Slack's ${method} did not answer: ${slackError}.`);
    this.slackError = slackError;
  }
}

/** Recognised by name: an error that the durable engine replays is a plain one. */
export function isDirectoryError(error: unknown): error is DirectoryError {
  return error instanceof Error && error.name === "DirectoryError";
}

/** A person as Slack knows them at this moment. */
export interface SlackPerson {
  id: string;
  teamId: string;
  name: string;
  email?: string;
  isBot: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  isExternal: boolean;
  deleted: boolean;
  isOwner: boolean;
  isAdmin: boolean;
  /** The IANA time zone that they have set. */
  timeZone?: string;
}

/** Slack's directory: people are asked about afresh at every call, and user groups as often as Slack lets it. */
export interface Directory {
  /**
   * One person by id, or undefined when Slack knows no such person.
   * @throws DirectoryError when Slack cannot be asked
   */
  person(userId: string): Promise<SlackPerson | undefined>;
  /** The person with this e-mail in this workspace, or undefined. @throws DirectoryError */
  personByEmail(email: string): Promise<SlackPerson | undefined>;
  /** Who is in each of these user groups; never rejects, as a group that is not answered about concerns itself only. */
  groupMembers(groupIds: readonly string[]): Promise<GroupsAnswer>;
}

const UNKNOWN_PERSON = new Set(["user_not_found", "users_not_found", "user_not_visible"]);

export interface DirectoryParts extends Waiting {
  /** A Web API client without retries. */
  client: WebClient;
  /** The workspace that the app serves; people of other workspaces are external, and all are without it. */
  teamId?: string;
  /** Shared by all directories of this app. */
  groups: AskGroups;
  /** How long whoever asks waits for an answer. */
  patience: Patience & { isUrgent?: boolean };
}

export function createDirectory({
  client,
  teamId = "",
  groups,
  patience,
  ...waiting
}: DirectoryParts): Directory {
  async function ask<Answer>(method: string, call: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await askPatiently(call, { ...patience, pauseAfter }, waiting);
    } catch (error) {
      const code = slackErrorCode(error);
      if (UNKNOWN_PERSON.has(code)) return undefined;
      throw new DirectoryError(method, code);
    }
  }

  function pauseAfter(error: unknown, attempt: number): number | undefined {
    return UNKNOWN_PERSON.has(slackErrorCode(error)) ? undefined : patience.pauseAfter(error, attempt);
  }

  function toPerson(user: UserAnswer | undefined, method: string): SlackPerson | undefined {
    if (user === undefined) return undefined;
    if (user.id === undefined) throw new DirectoryError(method, "an answer without a user id");
    const email = user.profile?.email;
    return {
      id: user.id,
      teamId: user.team_id ?? "",
      name: user.profile?.real_name || user.real_name || user.name || user.id,
      ...(email === undefined || email === "" ? {} : { email }),
      isBot: user.is_bot === true || user.id === "USLACKBOT",
      isRestricted: user.is_restricted === true,
      isUltraRestricted: user.is_ultra_restricted === true,
      isExternal: user.is_stranger === true || !belongsHere(user, teamId),
      deleted: user.deleted === true,
      isOwner: user.is_owner === true || user.is_primary_owner === true,
      isAdmin: user.is_admin === true,
      ...(user.tz === undefined || user.tz === "" ? {} : { timeZone: user.tz }),
    };
  }

  return {
    async person(userId) {
      const answer = await ask("users.info", () => client.users.info({ user: userId }));
      const person = toPerson(answer?.user, "users.info");
      if (person !== undefined && person.id !== userId)
        throw new DirectoryError("users.info", "an answer about somebody else");
      return person;
    },
    async personByEmail(email) {
      const answer = await ask("users.lookupByEmail", () => client.users.lookupByEmail({ email }));
      return toPerson(answer?.user, "users.lookupByEmail");
    },
    groupMembers: (groupIds) => groups(groupIds, patience),
  };
}

/** On Enterprise Grid a person belongs to several workspaces; ours must be among them. */
function belongsHere(user: UserAnswer, teamId: string): boolean {
  return user.team_id === teamId || (user.enterprise_user?.teams?.includes(teamId) ?? false);
}

/** The part of Slack's user object that is read here. */
interface UserAnswer {
  id?: string;
  team_id?: string;
  name?: string;
  real_name?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_stranger?: boolean;
  is_owner?: boolean;
  is_primary_owner?: boolean;
  is_admin?: boolean;
  tz?: string;
  profile?: { email?: string; real_name?: string };
  enterprise_user?: { teams?: string[] };
}

import { createAccountRules, type AccountRules } from "./account-rules.ts";
import { createMeeting, type ZoomMeeting } from "./meetings.ts";
import type { RateLimitHeaders, ZoomPlan } from "./rate-limits.ts";
import type { ZoomRecording } from "./recordings.ts";
import { ZoomRefusal, userDoesNotExist } from "./refusal.ts";
import { createRoles, type ZoomRole } from "./roles.ts";
import { createUser, type PartialZoomUser, type ZoomUser } from "./user.ts";

export const TRANSFER_KINDS = [
  "meeting",
  "webinar",
  "recording",
  "whiteboard",
  "clipfiles",
  "notes",
  "visitors",
  "docs",
] as const;

type TransferKind = (typeof TRANSFER_KINDS)[number];

/** A user who left the account, with what was handed on and to whom. */
export interface Departure {
  user: ZoomUser;
  at: Date;
  transfer?: { email: string; kinds: TransferKind[] };
}

/** The pretend Zoom account: its people, and switches that change how it behaves from the next request on. */
export interface ZoomAccount extends AccountRules {
  readonly accountId: string;
  readonly clock: () => Date;
  /** By id. Change an entry in place, or put in and take out, and the next answer shows it. */
  readonly users: Map<string, ZoomUser>;
  /** The owner of the app, and so the person whom `me` means. */
  readonly owner: ZoomUser;
  readonly deletedUsers: Departure[];
  readonly disassociatedUsers: Departure[];
  /** By id. */
  readonly roles: Map<string, ZoomRole>;
  readonly meetings: ZoomMeeting[];
  readonly webinars: ZoomMeeting[];
  readonly recordings: ZoomRecording[];
  tokensIssued: number;
  plan: ZoomPlan;
  rateLimits: boolean;
  rateLimitHeaders: RateLimitHeaders;
  /** By the clock, how long reads still show a user as before a write. */
  propagationMilliseconds: number;
  /** Real milliseconds that a write on a user takes; another one within that time is refused with 429. */
  writeMilliseconds: number;
  /** What a successful status change answers: the sources disagree. */
  statusAnswer: 200 | 204;
  /** Refuse to delete a deactivated user with 400/200, as Zoom sometimes does. */
  refuseDeletingDeactivated: boolean;
  /** How many active Basic users the account may have; activation past it is refused with 400/3412. */
  basicUserLimit: number;
  /** Whether a new token kills the older ones: the sources disagree. */
  newTokenRevokesOlder: boolean;
  /** Refuse to change profile pictures with 400/200, as for an app that is no administrator. */
  onlyAdministratorsChangePictures: boolean;
  /** Refuse every profile picture with 400/300. */
  takesPicturesForExplicit: boolean;
  /** Adds a user; whatever is not given is filled in. */
  addUser(partial?: PartialZoomUser): ZoomUser;
  /** Adds a meeting of a user, scheduled for the next hour unless told otherwise. */
  addMeeting(host: ZoomUser, partial?: Partial<ZoomMeeting>): ZoomMeeting;
  /** Adds a webinar of a user, likewise. */
  addWebinar(host: ZoomUser, partial?: Partial<ZoomMeeting>): ZoomMeeting;
  /** Lets somebody sign in by SSO, unless deactivated or gone; answers whether it went through. */
  signIn(idOrEmail: string): boolean;
}

/** What only the rules use: users as reads still see them, and writes under way. */
export interface ZoomDirectory {
  /** The user as it really is. Throws 404/1001. */
  find(userId: string): ZoomUser;
  /** The user as reads see it, undefined when unknown. */
  see(matches: (user: ZoomUser) => boolean): ZoomUser | undefined;
  seeAll(): ZoomUser[];
  /** Runs one write on a user. Throws 429 while another one is under way. */
  write<Result>(user: ZoomUser, change: () => Result): Promise<Result>;
}

/** Matches an id exactly, or an e-mail without regard to case; a pending user has no id to match. */
export function isAddressedBy(account: ZoomAccount, userId: string): (user: ZoomUser) => boolean {
  if (userId === "me") return (user) => user.id === account.owner.id;
  const email = userId.toLowerCase();
  return (user) => user.email.toLowerCase() === email || (user.id === userId && user.status !== "pending");
}

/** Opens the directory of an account. */
export function openDirectory(account: ZoomAccount): ZoomDirectory {
  const before = new Map<string, { user: ZoomUser; until: number }[]>();
  const underWay = new Set<string>();

  function seeOne(id: string): ZoomUser | undefined {
    const now = account.clock().getTime();
    // Snapshots stand in the order of their writes, so the first that still holds is what a read sees.
    return before.get(id)?.find((snapshot) => snapshot.until > now)?.user ?? account.users.get(id);
  }

  function seeAll(): ZoomUser[] {
    const ids = new Set([...account.users.keys(), ...before.keys()]);
    return [...ids].map(seeOne).filter((user) => user !== undefined);
  }

  return {
    find(userId) {
      const user = [...account.users.values()].find(isAddressedBy(account, userId));
      if (!user) throw userDoesNotExist(userId);
      return user;
    },
    see: (matches) => seeAll().find(matches),
    seeAll,
    async write(user, change) {
      if (underWay.has(user.id))
        throw new ZoomRefusal(
          429,
          429,
          "Too many concurrent requests. A request to disassociate this user has already been made.",
        );
      underWay.add(user.id);
      try {
        // The effect comes last, so that a second write meets the first one and not what it left.
        await new Promise((resolve) => setTimeout(resolve, account.writeMilliseconds));
        const snapshot = structuredClone(user);
        const result = change();
        const until = account.clock().getTime() + account.propagationMilliseconds;
        if (account.propagationMilliseconds > 0)
          before.set(user.id, [...(before.get(user.id) ?? []), { user: snapshot, until }]);
        return result;
      } finally {
        underWay.delete(user.id);
      }
    },
  };
}

/** Creates the account with its owner in it. */
export function createAccount(options: {
  accountId: string;
  clock: () => Date;
  plan: ZoomPlan;
  rateLimits: boolean;
}): ZoomAccount {
  const users = new Map<string, ZoomUser>();
  const meetings: ZoomMeeting[] = [];
  const webinars: ZoomMeeting[] = [];
  const addUser = (partial: PartialZoomUser = {}): ZoomUser => {
    const user = createUser(partial, options.accountId, options.clock());
    users.set(user.id, user);
    return user;
  };
  const owner = addUser({
    email: "owner@example.com",
    first_name: "Olive",
    last_name: "Owner",
    role_id: "0",
  });
  return {
    ...options,
    users,
    owner,
    deletedUsers: [],
    disassociatedUsers: [],
    roles: createRoles(),
    meetings,
    webinars,
    recordings: [],
    tokensIssued: 0,
    rateLimitHeaders: "full",
    propagationMilliseconds: 0,
    writeMilliseconds: 2,
    statusAnswer: 204,
    refuseDeletingDeactivated: false,
    basicUserLimit: Number.POSITIVE_INFINITY,
    newTokenRevokesOlder: false,
    onlyAdministratorsChangePictures: false,
    takesPicturesForExplicit: false,
    ...createAccountRules(),
    addUser,
    addMeeting(host, partial) {
      const meeting = createMeeting(host, options.clock(), partial);
      meetings.push(meeting);
      return meeting;
    },
    addWebinar(host, partial) {
      const webinar = createMeeting(host, options.clock(), { type: 5, ...partial });
      webinars.push(webinar);
      return webinar;
    },
    signIn(idOrEmail) {
      const user = [...users.values()].find(
        ({ id, email }) => id === idOrEmail || email.toLowerCase() === idOrEmail.toLowerCase(),
      );
      if (user?.status !== "active") return false;
      user.pretend.ssoSessions += 1;
      return true;
    },
  };
}

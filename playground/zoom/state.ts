import type { AccountRules } from "./account-rules.ts";
import type { RateLimitHeaders, ZoomPlan } from "./rate-limits.ts";
import type { PartialZoomUser, ZoomUser } from "./user.ts";

/** A meeting or a webinar. */
export interface ZoomMeeting {
  id: number;
  hostId: string;
  topic: string;
  /** 1 instant, 2 scheduled, 3 and 8 recurring, 5 webinar. */
  type: 1 | 2 | 3 | 5 | 8;
  startTime: Date;
  minutes: number;
  live: boolean;
  /** It runs on the customer's own servers, which alone can end it. */
  onPremise: boolean;
}

/** A meeting that was recorded to the cloud. */
export interface ZoomRecording {
  meetingId: number;
  hostId: string;
  topic: string;
  startTime: Date;
  minutes: number;
  bytes: number;
  inTrash: boolean;
}

/** One role of the account. */
export interface ZoomRole {
  name: string;
  description: string;
}

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
  /** Adds a meeting of a user, scheduled for the next hour by default. */
  addMeeting(host: ZoomUser, partial?: Partial<ZoomMeeting>): ZoomMeeting;
  /** Adds a webinar of a user, likewise. */
  addWebinar(host: ZoomUser, partial?: Partial<ZoomMeeting>): ZoomMeeting;
  /** Lets someone sign in, by SSO if they can, unless deactivated or gone; answers whether it went through. */
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

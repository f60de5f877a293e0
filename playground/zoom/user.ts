import { randomBytes, randomInt } from "node:crypto";

type ZoomStatus = "active" | "inactive" | "pending";

/** A user as Zoom's API shows it (Zoom's own field names). Times are UTC without fractions of a second. */
export interface ZoomProfile {
  id: string;
  account_id: string;
  email: string;
  first_name: string;
  last_name: string;
  display_name: string;
  /** 1 Basic, 2 Licensed, 4 unassigned without Meetings Basic, 99 none. */
  type: 1 | 2 | 4 | 99;
  status: ZoomStatus;
  /** "0" owner, "1" administrator, "2" member, anything else a role of the account's own. */
  role_id: string;
  role_name: string;
  /** 100 work e-mail, 101 SSO, 1 Google, 99 API user, and so on. */
  login_types: number[];
  dept: string;
  job_title: string;
  location: string;
  language: string;
  timezone: string;
  group_ids: string[];
  im_group_ids: string[];
  pmi: number;
  use_pmi: boolean;
  verified: 0 | 1;
  created_at: string;
  user_created_at: string;
  last_login_time: string;
  last_client_version: string;
  jid: string;
  plan_united_type?: string;
  zoom_one_type?: number;
  employee_unique_id?: string;
  pic_url?: string;
  vanity_url?: string;
  company?: string;
  cost_center?: string;
  manager?: string;
  division_ids?: string[];
  phone_country?: string;
  phone_number?: string;
  phone_numbers?: object[];
  pronouns?: string;
  pronouns_option?: number;
  custom_attributes?: object[];
  cms_user_id?: string;
  license_info_list?: object[];
}

/** A virtual background, as the settings of a user show it. */
export interface ZoomBackground {
  id: string;
  name: string;
  /** Bytes. */
  size: number;
  type: "image" | "video";
  is_default: boolean;
}

/** What a real account would know and never show; the rules of the pretend Zoom turn on it. */
interface PretendFacts {
  /** Live sessions that began with single sign-on. */
  ssoSessions: number;
  /** Live sessions that began with a password, with Google and so on: revoking the SSO token ends none of them. */
  otherSessions: number;
  managedDomain: boolean;
  isZoomRoom: boolean;
  callQueueManager: boolean;
  upcomingZoomEvents: boolean;
  zoomEventsLicense: boolean;
  /** Only for pending users: the invitation ran out. */
  invitationExpired: boolean;
  webinarLicense: boolean;
  /** Who may schedule for the user, by id, and whether they manage private events too. */
  assistants: Map<string, boolean>;
  backgrounds: ZoomBackground[];
  /** Whether they are signed in to a Zoom client, which alone has a presence. */
  isInClient: boolean;
  presenceHidden: boolean;
  /** Times are milliseconds. */
  presence?: { status: string; since: number; until: number };
  /** Every credential that was given out for them. */
  accessKeys: string[];
  /** Oldest first. */
  passwords: string[];
  /** When they happened, in milliseconds. */
  passwordChanges: number[];
  emailChanges: number[];
  unconfirmedEmail?: string;
  isOnPremises: boolean;
  zoomPhone: boolean;
  /** Of a telephony service provider. */
  telephonyCredentials?: boolean;
  hostKey?: string;
  aboutMe?: string;
  linkedinUrl?: string;
  /** What of their settings someone has changed, by section. */
  settings: Record<string, unknown>;
}

export interface ZoomUser extends ZoomProfile {
  /** Kept apart: nothing in here ever leaves through the API. */
  pretend: PretendFacts;
}

export type PartialZoomUser = Partial<ZoomProfile> & { pretend?: Partial<PretendFacts> };

const ROLE_NAMES: Record<string, string> = { "0": "Owner", "1": "Admin", "2": "Member" };

/** An identifier in the form of Zoom's own: 22 characters of base64url. */
export function zoomId(): string {
  return randomBytes(16).toString("base64url");
}

/** A time in the form of Zoom's own, e.g. `2026-03-01T09:30:00Z`. */
export function zoomTime(time: Date): string {
  return time.toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** Fills a partial user up to a licensed member who signs in by SSO and is signed in once. */
export function createUser(partial: PartialZoomUser, accountId: string, now: Date): ZoomUser {
  const { pretend, ...given } = partial;
  const email = given.email ?? `person-${randomBytes(4).toString("hex")}@example.com`;
  const [localPart = "person"] = email.split("@");
  const [first = localPart, last = "Example"] = localPart.split(/[._]/).map(capitalise);
  const firstName = given.first_name ?? first;
  const lastName = given.last_name ?? last;
  const type = given.type ?? 2;
  const status = given.status ?? "active";
  const loginTypes = given.login_types ?? [101];
  const id = given.id ?? zoomId();
  return {
    account_id: accountId,
    first_name: firstName,
    last_name: lastName,
    display_name: `${firstName} ${lastName}`,
    role_id: "2",
    role_name: ROLE_NAMES[given.role_id ?? "2"] ?? "Custom role",
    dept: "",
    job_title: "",
    location: "",
    language: "en-US",
    timezone: "UTC",
    group_ids: [],
    im_group_ids: [],
    pmi: randomInt(1_000_000_000, 9_999_999_999),
    use_pmi: false,
    verified: 1,
    created_at: zoomTime(now),
    user_created_at: zoomTime(now),
    last_login_time: zoomTime(now),
    last_client_version: "6.2.11.5069(mac)",
    jid: `${id.toLowerCase()}@xmpp.zoom.us`,
    ...(type === 2 ? { plan_united_type: "1", zoom_one_type: 16 } : {}),
    ...given,
    id,
    email,
    type,
    status,
    login_types: loginTypes,
    pretend: {
      ssoSessions: status === "active" && loginTypes.includes(101) ? 1 : 0,
      otherSessions: status === "active" && !loginTypes.includes(101) ? 1 : 0,
      managedDomain: false,
      isZoomRoom: false,
      callQueueManager: false,
      upcomingZoomEvents: false,
      zoomEventsLicense: false,
      invitationExpired: false,
      webinarLicense: false,
      assistants: new Map(),
      backgrounds: [],
      isInClient: true,
      presenceHidden: false,
      accessKeys: [],
      passwords: [],
      passwordChanges: [],
      emailChanges: [],
      isOnPremises: false,
      zoomPhone: false,
      settings: {},
      ...pretend,
    },
  };
}

/** What `GET /users/{userId}` shows. A pending user has no id yet. */
export function showUser(user: ZoomUser): Partial<ZoomProfile> {
  const { pretend: _pretend, ...profile } = user;
  if (user.status !== "pending") return profile;
  const { id: _id, ...withoutId } = profile;
  return withoutId;
}

/** What one line of `GET /users` shows: fewer fields than the single user. */
export function showListedUser(user: ZoomUser): Partial<ZoomProfile> {
  const {
    account_id: _account,
    role_name: _role,
    login_types: _logins,
    job_title: _job,
    location: _location,
    language: _language,
    use_pmi: _usePmi,
    zoom_one_type: _zoomOne,
    jid: _jid,
    pic_url: _picture,
    vanity_url: _room,
    company: _company,
    cost_center: _costs,
    manager: _manager,
    phone_country: _phoneCountry,
    phone_number: _phoneNumber,
    phone_numbers: _phoneNumbers,
    pronouns: _pronouns,
    pronouns_option: _pronounsOption,
    cms_user_id: _kaltura,
    ...listed
  } = showUser(user);
  return listed;
}

/** Matches an id exactly, or an e-mail without regard to case; a pending user has no id to match. */
export function isAddressedBy(account: { owner: ZoomUser }, userId: string): (user: ZoomUser) => boolean {
  if (userId === "me") return (user) => user.id === account.owner.id;
  const email = userId.toLowerCase();
  return (user) => user.email.toLowerCase() === email || (user.id === userId && user.status !== "pending");
}

/** The name of a user's personal room, which their personal link ends in. */
export function roomOf({ vanity_url: link }: Pick<ZoomProfile, "vanity_url">): string | undefined {
  return link?.split("/").at(-1);
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

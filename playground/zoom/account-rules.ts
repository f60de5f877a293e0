/** What an account has bought; a number is how many users may have it. */
export interface Licences {
  licensed: number;
  unassigned: number;
  workplace: number;
  united: number;
  phone: number;
  largeMeeting: number;
  webinar: number;
  zoomEvents: number;
  concurrentBasic: number;
  concurrentPlus: number;
  revenueAccelerator: number;
  whiteboard: number;
}

/** What the account demands of passwords beyond letters of both cases and a digit. */
export interface PasswordRules {
  minimumLength: number;
  specialCharacter: boolean;
  /** How many passwords of before may not come back. */
  history: number;
  /** Changes for one user within 24 hours. */
  changesADay: number;
}

/** Switches of the account for what changes users and their settings. */
export interface AccountRules {
  licences: Licences;
  passwordRules: PasswordRules;
  /** Whether the app may create users at all. */
  mayCreateUsers: boolean;
  /** Why Zoom creates no user of an address, by the address: the code of its refusal. */
  refusedAddresses: Map<string, number>;
  singleSignOn: boolean;
  preProvisioning: boolean;
  /** What an account full of Basic users answers: the sources disagree. */
  basicLimitCode: 2033 | 3412;
  /** Subscriptions that licences can come from. */
  subscriptions: Set<string>;
  /** Words that no name may have. */
  forbiddenWords: Set<string>;
  /** Refuse to change names, meeting ids, personal links, host keys and e-mail addresses, as for no administrator. */
  onlyAdministratorsChangeUsers: boolean;
  /** Domains that an e-mail address may change within. */
  managedDomains: Set<string>;
  /** Whether a new e-mail address has to be confirmed before it counts. */
  confirmsEmail: boolean;
  /** How the pretend Zoom spells "do not disturb": its documents have it both ways. */
  doNotDisturb: readonly string[];
  /** When people were invited, in milliseconds. */
  invitations: number[];
  /** Names of personal rooms in other accounts. */
  takenRooms: Set<string>;
  /** Deactivation takes the right to hold meetings: listing, reading and ending theirs is refused with 400/3161. */
  deactivationTakesMeetings: boolean;
  /** What calls about an unknown user answer: 404/1001, or 400/1010 as some accounts do. */
  unknownUserCode: 1001 | 1010;
  /** Where a request for a token may have its parameters. */
  tokenParameters: "anywhere" | "body";
}

/** Rules that stand in nobody's way. */
export function createAccountRules(): AccountRules {
  const enough = Number.POSITIVE_INFINITY;
  return {
    licences: {
      licensed: enough,
      unassigned: enough,
      workplace: enough,
      united: enough,
      phone: enough,
      largeMeeting: enough,
      webinar: enough,
      zoomEvents: enough,
      concurrentBasic: enough,
      concurrentPlus: enough,
      revenueAccelerator: enough,
      whiteboard: enough,
    },
    passwordRules: { minimumLength: 8, specialCharacter: false, history: 3, changesADay: 5 },
    mayCreateUsers: true,
    refusedAddresses: new Map(),
    singleSignOn: true,
    preProvisioning: true,
    basicLimitCode: 3412,
    subscriptions: new Set(),
    forbiddenWords: new Set(),
    onlyAdministratorsChangeUsers: false,
    managedDomains: new Set(["example.com", "northwind.example"]),
    confirmsEmail: false,
    doNotDisturb: ["Do_Not_Disturb", "Do_No_Disturb"],
    invitations: [],
    takenRooms: new Set(),
    deactivationTakesMeetings: false,
    unknownUserCode: 1001,
    tokenParameters: "anywhere",
  };
}

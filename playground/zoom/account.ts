import { createAccountRules } from "./account-rules.ts";
import { createMeeting } from "./meetings.ts";
import type { ZoomPlan } from "./rate-limits.ts";
import { ZoomRefusal, userDoesNotExist } from "./refusal.ts";
import { createRoles } from "./roles.ts";
import type { ZoomAccount, ZoomDirectory, ZoomMeeting } from "./state.ts";
import { createUser, isAddressedBy, type PartialZoomUser, type ZoomUser } from "./user.ts";

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
      user.pretend[user.login_types.includes(101) ? "ssoSessions" : "otherSessions"] += 1;
      return true;
    },
  };
}

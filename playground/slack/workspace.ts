import { newId } from "./identifiers.ts";
import type { Channel, SlackState, User, Usergroup } from "./state.ts";

type NewUser = Pick<User, "id" | "name"> & Partial<Omit<User, "id" | "name">>;

interface NewUsergroup {
  id: string;
  handle: string;
  name: string;
  users: Iterable<string>;
  isDisabled?: boolean;
}

interface NewChannel {
  id: string;
  name: string;
  isPrivate?: boolean;
  /** Who is in it; without it everyone of the workspace, also people who come later. */
  members?: Iterable<string>;
  /** Whether the app is in it; true without it. */
  hasBot?: boolean;
  isArchived?: boolean;
}

/** People, groups and channels enter the pretend workspace here. */
export interface Workspace {
  addUser(user: NewUser): User;
  addUsergroup(group: NewUsergroup): Usergroup;
  addChannel(channel: NewChannel): Channel;
}

export function createWorkspace(state: SlackState): Workspace {
  const openToAll: Channel[] = [];
  const belongs = (user: User) => user.teamId === state.credentials.teamId && !user.isStranger && !user.isBot;
  return {
    addUser(given) {
      const user: User = {
        realName: given.name,
        email: undefined,
        timeZone: "Europe/Amsterdam",
        teamId: state.credentials.teamId,
        isAdmin: false,
        isOwner: false,
        isPrimaryOwner: false,
        isRestricted: false,
        isUltraRestricted: false,
        isBot: false,
        isStranger: false,
        deleted: false,
        ...given,
      };
      state.users.set(user.id, user);
      if (belongs(user)) for (const channel of openToAll) channel.members.add(user.id);
      return user;
    },
    addUsergroup({ id, handle, name, users, isDisabled = false }) {
      const group: Usergroup = { id, handle, name, members: new Set(users), isDisabled };
      state.usergroups.set(id, group);
      return group;
    },
    addChannel(given) {
      const everyone = [...state.users.values()].filter(belongs).map((user) => user.id);
      const channel: Channel = {
        id: given.id,
        name: given.name,
        kind: given.isPrivate === true ? "private" : "public",
        isArchived: given.isArchived ?? false,
        members: new Set(given.members ?? everyone),
      };
      if (given.hasBot ?? true) channel.members.add(state.credentials.botUserId);
      if (given.members === undefined) openToAll.push(channel);
      state.channels.set(channel.id, channel);
      return channel;
    },
  };
}

/** The app's direct messages with a person, opened when there are none yet. */
export function directMessages(state: SlackState, userId: string): Channel {
  const { botUserId } = state.credentials;
  for (const channel of state.channels.values())
    if (channel.kind === "im" && channel.members.has(userId)) return channel;
  const channel: Channel = {
    id: newId("D"),
    name: "directmessage",
    kind: "im",
    isArchived: false,
    members: new Set([userId, botUserId]),
  };
  state.channels.set(channel.id, channel);
  return channel;
}

import { PEOPLE, type PersonName } from "../company.ts";
import type { PagePerson } from "../page-api.ts";
import type { SlackSimulator } from "../slack/server.ts";

/** What each person is for in the story. */
const ROLES: Record<PersonName, string> = {
  requester: "Requester, in IT",
  approver: "Approver, in IT",
  security: "Approver, in Security",
  secondSecurity: "Second approver, in Security",
  target: "The one who leaves",
  executive: "Executive, protected by the policy",
  stranger: "In no group, may ask for nothing",
  guest: "Guest of the workspace",
  administrator: "Workspace administrator",
};

const ROLE_OF = new Map<string, string>(
  Object.entries(PEOPLE).map(([key, { id }]) => [id, ROLES[key as PersonName]]),
);

/** Everyone in the workspace, in the order in which the company knows them; the app comes last. */
export function pagePeople(slack: SlackSimulator): PagePerson[] {
  const people = [...slack.users.values()].map((user) => ({
    id: user.id,
    name: user.name,
    realName: user.realName,
    role: user.isBot ? "The app" : (ROLE_OF.get(user.id) ?? "Somebody of the workspace"),
    timeZone: user.timeZone,
    isApp: user.isBot,
    canBe: !user.isBot && !user.deleted,
  }));
  return [...people.filter(({ isApp }) => !isApp), ...people.filter(({ isApp }) => isApp)];
}

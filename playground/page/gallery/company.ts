import type { PageChannel, PagePerson } from "../../page-api.ts";
import { textOf, unbrokenOf } from "./words.ts";

const person = (id: string, realName: string): PagePerson => ({
  id,
  name: realName.split(" ")[0]?.toLowerCase() ?? id,
  realName,
  role: "",
  timeZone: "Europe/Stockholm",
  isApp: false,
  canBe: true,
});

const channel = (id: string, name: string): PageChannel => ({ id, name, kind: "channel" });

/** Whom and what a sample's menus offer and its mentions name. */
export interface Company {
  people: readonly PagePerson[];
  channels: readonly PageChannel[];
}

export const COMPANY: Company = {
  people: [
    person("U0SAM", "Sam Rivers"),
    person("U0RILEY", "Riley Park"),
    person("U0ALEX", "Alex Moreau"),
    person("U0EVE", "Eve Castell"),
  ],
  channels: [channel("C0OFFBOARD", "offboarding"), channel("C0SEC", "security"), channel("C0IT", "it")],
};

/** The longest name that Slack lets a person or a channel have, in characters. */
const NAME = 80;

/** The same ids under the longest names. */
export const LONG_NAMED: Company = {
  people: COMPANY.people.map(({ id }, index) => person(id, index === 0 ? unbrokenOf(NAME) : textOf(NAME))),
  channels: COMPANY.channels.map(({ id }) => channel(id, unbrokenOf(NAME))),
};

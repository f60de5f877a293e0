import type { PageChannel, PagePerson } from "../../page-api.ts";

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

/** Who and what the gallery's menus offer. */
export const COMPANY = {
  people: [
    person("U0SAM", "Sam Rivers"),
    person("U0RILEY", "Riley Park"),
    person("U0ALEX", "Alex Moreau"),
    person("U0EVE", "Eve Castell"),
  ],
  channels: [channel("C0OFFBOARD", "offboarding"), channel("C0SEC", "security"), channel("C0IT", "it")],
};

import { isShown } from "./is-shown.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What Zoom lets one change of a user and shows nobody again. */
const neverShown = new Set(["host_key", "about_me", "linkedin_url", "feature"]);

/** Whether Zoom shows everything of these changes, so that a look at the user can prove them. */
export function isEverShown(changes: Fields): boolean {
  return Object.entries(changes).every(([name, value]) => value === undefined || !neverShown.has(name));
}

/** The lists whose entries Zoom may show in another order, and with more in each than was asked for. */
function hasAll(shown: unknown, wanted: unknown): boolean {
  if (!Array.isArray(shown) || !Array.isArray(wanted) || shown.length !== wanted.length) return false;
  return wanted.every((one) => shown.some((other) => isShown(other, one)));
}

/** Whether a personal link ends in this name; what is after a question mark is none of it. */
function isLinkOf(shown: unknown, name: unknown): boolean {
  if (typeof shown !== "string" || typeof name !== "string") return false;
  const last = shown.split("?")[0]?.split("/").at(-1);
  return last === name || last === encodeURIComponent(name);
}

const isNone = (shown: unknown): boolean => shown === undefined || shown === null || shown === "";

function showsChange(user: Fields, name: string, wanted: unknown): boolean {
  const shown = user[name];
  switch (name) {
    case "group_id":
      return Array.isArray(user["group_ids"]) && user["group_ids"].includes(wanted);
    case "vanity_name":
      return isLinkOf(user["vanity_url"], wanted);
    case "zoom_one_type":
      return wanted === 0 ? isNone(shown) || shown === 0 : shown === wanted;
    case "plan_united_type":
      return wanted === "none" ? isNone(shown) || shown === "none" : String(shown) === wanted;
    case "phone_numbers":
    case "custom_attributes":
    case "license_info_list":
      return hasAll(shown, wanted);
    default:
      // An empty text and none at all are the same to Zoom.
      return isShown(shown, wanted) || (wanted === "" && isNone(shown));
  }
}

/** Whether a user as Zoom shows one has every change, exactly. */
export function showsChanges(user: Fields, changes: Fields): boolean {
  return Object.entries(changes).every(
    ([name, wanted]) => wanted === undefined || (!neverShown.has(name) && showsChange(user, name, wanted)),
  );
}

/** Names whose values open doors: they are shown nowhere unless the operation is there to show them. */
const TELLING =
  /token|secret|password|passcode|passwd|pwd|zak|host_?key|credential|authorization|cookie|jwt|(start|join|play|download|share|invite)_url|private_key|api_?key/i;
/** Addresses that open doors by what they carry. */
const OPENS_DOORS = /[?&](pwd|zak|tk|tok|[a-z_]*(token|secret|password))=/i;
/** Marks of a page, and not something that anybody would keep secret. */
const HARMLESS = /^(next_page_token|has_password|token_type|.*_(enabled|required|count))$/i;

/** Pictures, whose addresses carry what lets anybody see them. */
const PICTURE = /^(pic|picture|avatar)_?url$/i;

/** What may be shown of a value that is not telling: of a picture's address, what is before its query. */
export function shownOf(name: string, value: unknown): unknown {
  return typeof value === "string" && PICTURE.test(name) ? value.replace(/[?#].*$/s, "") : value;
}

/** Whether a value must not be shown. */
export function isTelling(name: string, value: unknown): boolean {
  if (typeof value === "boolean" || value === null || HARMLESS.test(name)) return false;
  return TELLING.test(name) || (typeof value === "string" && OPENS_DOORS.test(value));
}

/** The same without what opens doors; what is left says that something was there. */
export function withoutTelling(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutTelling(one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isTelling(name, member) ? "(hidden)" : withoutTelling(shownOf(name, member)),
    ]),
  );
}

import { getZoomUser } from "./get.ts";

/** A user as the fields of a change: those that have a value, under the names that both share. */
export function changesFrom(output: unknown, names: readonly string[]): Record<string, unknown> {
  const user: Record<string, unknown> = getZoomUser.output.safeParse(output).data ?? {};
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = Object.hasOwn(user, name) ? user[name] : undefined;
      return value === undefined || value === null || value === "" ? [] : [[name, value]];
    }),
  );
}

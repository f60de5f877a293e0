import type { Vendor } from "./vendor.ts";

/** What a call does to someone's access at a vendor: it opens a way in, or closes one. */
export type Effect = `${"opens" | "closes"}-${Vendor}`;

/** Every effect that there can be, as policies name them. */
export const EFFECTS = [
  "closes-zoom",
  "opens-zoom",
  "closes-cloudflare",
  "opens-cloudflare",
  "closes-slack",
  "opens-slack",
] as const satisfies readonly Effect[];

/** The effects of a call, or how they follow from its input; none where it leaves every access path as it is. */
export type Effects = readonly Effect[] | ((input: Readonly<Record<string, unknown>>) => readonly Effect[]);

/** The effects of a call; all that it can have, where its input says nothing of it. */
export function effectsOf(
  { effects = [] }: { effects?: Effects },
  input: Readonly<Record<string, unknown>> = {},
): readonly Effect[] {
  return typeof effects === "function" ? effects(input) : effects;
}

/** Whether any of these opens a way in. */
export function opens(effects: readonly Effect[]): boolean {
  return effects.some((effect) => effect.startsWith("opens-"));
}

/** The effects of a call whose field `action` says which of two ways it goes; of any other action, both. */
export function effectsByAction(byAction: Readonly<Record<string, Effect>>): Effects {
  return ({ action }) => {
    const effect =
      typeof action === "string" && Object.hasOwn(byAction, action) ? byAction[action] : undefined;
    return effect === undefined ? Object.values(byAction) : [effect];
  };
}

import type { Entry } from "../../../playground/slack/entry.ts";
import type { OpenView } from "../../../playground/slack/state.ts";
import { PEOPLE, type PersonName } from "../../../playground/company.ts";
import { eventually, openViewOf, type World } from "./world.ts";

/** Types a command and waits for the window that it opens. */
export async function openByCommand(
  world: World,
  person: PersonName,
  command: "/zoom" | "/cloudflare",
  text: string,
): Promise<OpenView> {
  const known = new Set(world.company.slack.views.keys());
  await world.company.slack.as(PEOPLE[person].id).command(command, text);
  return eventually(`the window of ${command} ${text}`, () => {
    const view = openViewOf(world, person);
    return view !== undefined && !known.has(view.id) && !isBusy(view) ? view : undefined;
  });
}

/** Whether the window only says that it is looking something up. */
function isBusy(view: OpenView): boolean {
  return JSON.stringify(view.content.blocks).includes("Looking up what is there now");
}

/** Waits until the window shows something else than before, and is not busy. */
export async function changed(world: World, view: OpenView, before: unknown): Promise<OpenView> {
  return eventually("another content of the window", () => {
    const now = world.company.slack.views.get(view.id);
    return now !== undefined && !isBusy(now) && now.content !== before ? now : undefined;
  });
}

/** Everything that a window says. */
export function textOf(view: OpenView): string {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null)
      for (const [name, member] of Object.entries(value))
        if (name === "text" && typeof member === "string") texts.push(member);
        else visit(member);
  };
  visit(view.content.blocks);
  return texts.join("\n");
}

/** Fills in a window and sends it; the window as it is afterwards. */
export async function fillIn(
  world: World,
  person: PersonName,
  view: OpenView,
  values: Record<string, Entry>,
): Promise<OpenView> {
  const before = view.content;
  await world.company.slack.as(PEOPLE[person].id).submit(view.id, values);
  return changed(world, view, before);
}

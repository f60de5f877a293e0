import { PEOPLE, type PersonName } from "../../../playground/company.ts";
import { newViewOf } from "./acting.ts";
import { approve, ended, eventually, rootOf, type World } from "./world.ts";

/** What a window shows, as text. */
export function textOf(view: { content: { blocks: unknown } } | undefined): string {
  return JSON.stringify(view?.content.blocks ?? []);
}

/** Types `/lockout release` and waits until the window says what would be given back. */
export async function openRelease(world: World, by: PersonName, email: string) {
  const known = new Set(world.company.slack.views.keys());
  await world.company.slack.as(PEOPLE[by].id).command("/lockout", `release ${email}`);
  const opened = await newViewOf(world, by, known);
  return eventually("what a release would give back", () => {
    const now = world.company.slack.views.get(opened.id);
    return now === undefined || textOf(now).includes("Looking at what was kept") ? undefined : now;
  });
}

/** Asks for a release, up to its message; resolves to the request's id. */
export async function askRelease(world: World, by: PersonName, email: string): Promise<string> {
  const view = await openRelease(world, by, email);
  await world.company.slack.as(PEOPLE[by].id).submit(view.id, { reason: "False alarm" });
  await eventually("the release's message", () => rootOf(world, view.id));
  return view.id;
}

/** Asks for a release and has it approved; resolves to how it ended and what its window said. */
export async function released(
  world: World,
  email: string,
): Promise<{ requestId: string; text: string; state: string }> {
  const view = await openRelease(world, "security", email);
  const text = textOf(view);
  await world.company.slack.as(PEOPLE.security.id).submit(view.id, { reason: "False alarm" });
  await eventually("the release's message", () => rootOf(world, view.id));
  await approve(world, view.id, "secondSecurity");
  return { requestId: view.id, text, state: await ended(world, view.id) };
}

import type { PageMessage } from "../../page-api.ts";
import type { Workspace } from "../workspace/use-workspace.ts";

/** The people whom the tour is about. */
export const RILEY = "U0RILEY";
export const ALEX = "U0ALEX";
export const SAM = { id: "U0SAM", mention: "@sam", name: "Sam Rivers" };
export const DANA = { id: "U0DANA", mention: "@dana", name: "Dana Wolf" };

type Leaver = typeof SAM;

/** What a step of the tour looks at: the newest state of the page, and when the tour began. */
export interface Scene {
  workspace: Workspace;
  /** Slack's timestamp of the newest message when the tour began; what is older is not of this tour. */
  since: number;
}

/** The channel of requests. */
function requestsChannel({ workspace }: Scene): string {
  return workspace.snapshot.channels.find(({ kind }) => kind === "channel")?.id ?? "";
}

function wholeText(message: PageMessage): string {
  return `${message.text} ${JSON.stringify(message.blocks)}`;
}

/** The request about a person that was made in this tour. */
export function requestAbout(scene: Scene, { name }: Leaver): PageMessage | undefined {
  return scene.workspace.snapshot.messages.findLast(
    (message) =>
      Number(message.ts) > scene.since &&
      message.channel === requestsChannel(scene) &&
      message.threadTs === undefined &&
      !message.onlyYou &&
      scene.workspace.snapshot.people.some(({ id, isApp }) => isApp && id === message.user) &&
      wholeText(message).includes(name) &&
      wholeText(message).includes("Offboard"),
  );
}

export function isWaiting(message: PageMessage): boolean {
  return wholeText(message).includes("Waiting for approval");
}

function hasEnded(message: PageMessage): boolean {
  return /\bDone\b|Partly done|\bFailed\b|Denied|Expired without|Cancelled/.test(message.text);
}

/** Who can approve a request: Riley, unless Riley asked. */
export function approverOf(request: PageMessage | undefined): string {
  return request !== undefined && wholeText(request).includes(`*Asked by:* <@${RILEY}>`) ? ALEX : RILEY;
}

/** Whether someone was told in this tour that they cannot approve what they asked for. */
export function wasRefusedOwnRequest({ workspace, since }: Scene): boolean {
  return workspace.snapshot.messages.some(
    (message) => message.onlyYou && Number(message.ts) > since && /yourself|own request/.test(message.text),
  );
}

const APPROVE = "request_approve";

/** The button that approves a request, as it is on the page. */
export function approveButton(scene: Scene, leaver: Leaver): Element | undefined {
  const ts = requestAbout(scene, leaver)?.ts;
  const buttons = document.querySelectorAll(`.conversation [data-ts="${ts}"] button`);
  return [...buttons].find((button) => button.textContent?.trim() === "Approve");
}

const PATIENCE_MILLISECONDS = 15_000;
const GLANCE_MILLISECONDS = 50;

/** Waits until the page shows something. @returns undefined when it does not come */
async function until<Value>(look: () => Value | undefined): Promise<Value | undefined> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const seen = look();
    if (seen !== undefined || performance.now() > deadline) return seen;
    await new Promise((resolve) => setTimeout(resolve, GLANCE_MILLISECONDS));
  }
}

/** Becomes someone and goes to the channel of requests, with no form in the way. */
export async function standAs(scene: () => Scene, id: string): Promise<void> {
  const { workspace } = scene();
  if (workspace.me.id !== id) workspace.become(id);
  await until(() => (scene().workspace.me.id === id ? true : undefined));
  scene().workspace.go({ kind: "channel", id: requestsChannel(scene()) });
  for (const view of scene().workspace.snapshot.views.toReversed())
    await scene().workspace.actAs(id, { kind: "close", viewId: view.id });
}

/** Types the command. */
export async function askFor(scene: () => Scene, as: string, leaver: Leaver): Promise<void> {
  await standAs(scene, as);
  const channel = requestsChannel(scene());
  await scene().workspace.actAs(as, {
    kind: "command",
    channel,
    command: "/zoom-offboard",
    text: leaver.mention,
  });
  await until(() => openForm(scene(), leaver));
}

/** The open form that is about someone. */
export function openForm(scene: Scene, { id }: Leaver): string | undefined {
  return scene.workspace.snapshot.views.findLast(
    ({ submit, state }) => submit !== undefined && JSON.stringify(state).includes(`"${id}"`),
  )?.id;
}

/** Fills in the open form and submits it; opens it first when it is not there. */
export async function submitFor(
  scene: () => Scene,
  as: string,
  leaver: Leaver,
  reason: string,
): Promise<void> {
  if (openForm(scene(), leaver) === undefined) await askFor(scene, as, leaver);
  const viewId = openForm(scene(), leaver);
  if (viewId === undefined) return;
  await scene().workspace.actAs(as, { kind: "submit", viewId, values: { reason } });
  await until(() => requestAbout(scene(), leaver));
  await standAs(scene, as);
}

/** Presses Approve on the request about someone. */
export async function approve(scene: () => Scene, as: string, leaver: Leaver): Promise<void> {
  await standAs(scene, as);
  const request = await until(() => requestAbout(scene(), leaver));
  if (request === undefined) return;
  const { channel, ts } = request;
  await scene().workspace.actAs(as, { kind: "press", channel, ts, actionId: APPROVE });
}

/** Opens the thread of the request about someone. */
export async function openThreadOf(scene: () => Scene, leaver: Leaver): Promise<void> {
  const { me } = scene().workspace;
  await standAs(scene, me.id);
  scene().workspace.openThread(requestAbout(scene(), leaver)?.ts);
}

/** Whether the thread of an ended request is open. */
export function hasReadTheEnd(scene: Scene, leaver: Leaver): boolean {
  const request = requestAbout(scene, leaver);
  return request !== undefined && hasEnded(request) && scene.workspace.thread === request.ts;
}

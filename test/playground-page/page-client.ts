import type { Act, ActResult, Snapshot } from "../../playground/page-api.ts";

/** A page that is open as one person, by HTTP alone. */
export interface OpenPage {
  /** The newest snapshot. */
  snapshot(): Snapshot;
  /** Every snapshot that came, in order. */
  all(): readonly Snapshot[];
  /** Waits for a snapshot in which `look` sees something. @throws Error that says what was waited for */
  see<Seen>(what: string, look: (snapshot: Snapshot) => Seen | undefined | false): Promise<Seen>;
  close(): void;
}

/** Opens the stream of one person, and waits for its first snapshot. */
export async function openPage(url: string, as: string): Promise<OpenPage> {
  const ended = new AbortController();
  const response = await fetch(`${url}/api/events?as=${as}`, { signal: ended.signal });
  if (!response.ok || response.body === null) throw new Error(`${response.status} ${await response.text()}`);
  const snapshots: Snapshot[] = [];
  const waiting = new Set<() => void>();
  void read(response.body, (data) => {
    snapshots.push(JSON.parse(data) as Snapshot);
    for (const look of waiting) look();
  }).catch(() => undefined);
  const see: OpenPage["see"] = (what, look) =>
    new Promise((resolve, reject) => {
      const stop = (settle: () => void) => {
        clearTimeout(timer);
        waiting.delete(lookNow);
        settle();
      };
      const timer = setTimeout(
        () => stop(() => reject(new Error(`The page waited in vain for: ${what}`))),
        20_000,
      );
      const lookNow = () => {
        const newest = snapshots.at(-1);
        const seen = newest === undefined ? undefined : look(newest);
        if (seen !== undefined && seen !== false) stop(() => resolve(seen));
      };
      waiting.add(lookNow);
      lookNow();
    });
  await see("the first snapshot", () => true);
  return {
    snapshot: () => snapshots.at(-1) as Snapshot,
    all: () => snapshots,
    see,
    close: () => ended.abort(),
  };
}

async function read(stream: ReadableStream<Uint8Array>, onData: (data: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) onData(data);
    }
  }
}

/** Sends JSON as the page does. */
export function post(url: string, path: string, body: unknown): Promise<Response> {
  return fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** Does what a person does. */
export async function doAct(url: string, act: Act): Promise<ActResult> {
  return (await (await post(url, "/api/act", act)).json()) as ActResult;
}

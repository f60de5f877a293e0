import type { Act, ActResult, AuditReport, FaultOrder, Snapshot, Upload } from "../page-api.ts";

/** `live`: snapshots arrive; `lost`: the playground does not answer, and the page keeps trying. */
export type Connection = "connecting" | "live" | "lost";

const RETRY_MILLISECONDS = 700;

/**
 * Streams one person's snapshots, while the page is looked at, until the returned function is called. A lost connection is opened again and again.
 * @param as the person's id
 */
export function listen(
  as: string,
  onSnapshot: (snapshot: Snapshot) => void,
  onConnection: (connection: Connection) => void,
): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    if (document.hidden) return;
    source = new EventSource(`api/events?as=${encodeURIComponent(as)}`);
    const take = (event: MessageEvent<string>) => {
      onConnection("live");
      onSnapshot(JSON.parse(event.data) as Snapshot);
    };
    source.addEventListener("message", take);
    source.addEventListener("snapshot", take);
    source.addEventListener("error", () => {
      onConnection("lost");
      // The browser waits for seconds before it tries again, and gives up for good after some answers.
      source?.close();
      retry = setTimeout(open, RETRY_MILLISECONDS);
    });
  };
  const shut = () => {
    clearTimeout(retry);
    source?.close();
  };
  // A browser keeps six connections to one server: tabs that nobody looks at must not use them up.
  const onVisibility = () => {
    shut();
    open();
  };
  open();
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    shut();
  };
}

const UNREACHABLE = "The playground does not answer. Is `npm start` still running?";

/** Sends what a person does. Never throws: what went wrong is in the answer's `shown`. */
export async function sendAct(act: Act): Promise<ActResult> {
  try {
    const response = await post("api/act", act);
    const answer = (await response.json().catch(() => undefined)) as ActResult | undefined;
    return answer?.ok === undefined
      ? { ok: false, shown: `The playground answered ${response.status}.` }
      : answer;
  } catch {
    return { ok: false, shown: UNREACHABLE };
  }
}

/** Switches a fault on, or every fault off. Answers what to tell when that failed. */
export async function orderFault(order: FaultOrder | "mend everything"): Promise<string | undefined> {
  try {
    const response =
      order === "mend everything"
        ? await fetch("api/faults", { method: "DELETE" })
        : await post("api/faults", order);
    return response.ok ? undefined : `The playground answered ${response.status}.`;
  } catch {
    return UNREACHABLE;
  }
}

/** Uploads a file as someone. Answers its id, or nothing when that failed. */
export async function sendFile(as: string, file: File): Promise<string | undefined> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (const byte of bytes) binary += String.fromCodePoint(byte);
    const response = await post("api/file", { as, name: file.name, content: btoa(binary) });
    const { id } = (await response.json()) as { id?: string };
    return id;
  } catch {
    return undefined;
  }
}

/** Walks the audit chain by the command line of the app. */
export async function readAudit(): Promise<AuditReport> {
  try {
    const response = await fetch("api/audit");
    if (!response.ok) return { ok: false, text: `The playground answered ${response.status}.` };
    return (await response.json()) as AuditReport;
  } catch {
    return { ok: false, text: UNREACHABLE };
  }
}

function post(path: string, body: Act | FaultOrder | Upload): Promise<Response> {
  return fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

import type { Company } from "../company.ts";
import type { FaultName, FaultOrder, FaultPlace } from "../page-api.ts";
import type { FaultKind } from "../fault.ts";
import type { VendorAnswer } from "../vendor-http.ts";

const SLOW_MILLISECONDS = 2_000;
const DIRECTORY = /^\/api\/(?:users\.info|users\.lookupByEmail|usergroups\.users\.list)$/;

type Vendor = "slack" | "zoom" | "cloudflare";

function cloudflareFailure(code: number, message: string): unknown {
  return { success: false, errors: [{ code, message }], messages: [], result: null };
}

const BODIES: Record<Vendor, { 429: unknown; 500: unknown }> = {
  slack: { 429: { ok: false, error: "ratelimited" }, 500: { ok: false, error: "internal_error" } },
  zoom: {
    429: {
      code: 429,
      message: "You have reached the maximum per-second rate limit for this API. Try again later.",
    },
    500: { code: 500, message: "Internal server error." },
  },
  cloudflare: {
    429: cloudflareFailure(10429, "Rate limited. Please wait and consider throttling your request speed"),
    500: cloudflareFailure(10001, "Internal server error"),
  },
};

/** What a load balancer answers when nothing is behind it. */
const DOWN: VendorAnswer = {
  status: 503,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!doctype html><title>503 Service Unavailable</title><h1>Service Unavailable</h1>",
};

function faultKind(vendor: Vendor, fault: FaultName): FaultKind {
  if (fault === "slow") return { kind: "slow", milliseconds: SLOW_MILLISECONDS };
  if (fault === "reset" || fault === "hang") return { kind: fault };
  if (fault === "down") return { kind: "answer", answer: DOWN };
  if (fault === "500") return { kind: "answer", answer: { status: 500, body: BODIES[vendor][500] } };
  // Zoom tells no time for its limit per second.
  const headers: Record<string, string> = vendor === "zoom" ? {} : { "retry-after": "1" };
  return { kind: "answer", answer: { status: 429, headers, body: BODIES[vendor][429] } };
}

/** What is broken now: at most one fault a place. */
export interface FaultBoard {
  orders(): FaultOrder[];
  /** Breaks a place; a fault that was there before gives way. */
  order(order: FaultOrder): void;
  /** Everything works again. */
  mend(): void;
}

export function createFaultBoard(company: Company): FaultBoard {
  const broken = new Map<FaultPlace, FaultName>();
  function apply(): void {
    for (const vendor of ["slack", "zoom", "cloudflare"] as const) company[vendor].clearFaults();
    // The first fault that fits strikes, so the directory's comes before the one for all of Slack.
    const directory = broken.get("slack-directory");
    if (directory !== undefined)
      company.slack.addFault({ ...faultKind("slack", directory), path: DIRECTORY });
    for (const vendor of ["slack", "zoom", "cloudflare"] as const) {
      const fault = broken.get(vendor);
      if (fault !== undefined) company[vendor].addFault(faultKind(vendor, fault));
    }
  }
  return {
    orders: () => [...broken].map(([place, fault]) => ({ place, fault })),
    order({ place, fault }) {
      broken.set(place, fault);
      apply();
    },
    mend() {
      broken.clear();
      apply();
    },
  };
}

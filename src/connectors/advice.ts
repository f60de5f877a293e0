import type { AdviceRule, Situation } from "./advice-rule.ts";
import type { Vendor } from "../catalogue/vendor.ts";
import { cloudflareAdvice } from "./cloudflare-advice.ts";
import { commonAdvice, onlyWhatWasSaid } from "./common-advice.ts";
import { slackAdvice } from "./slack-advice.ts";
import type { VendorErrorFacts } from "./vendor-error.ts";
import { zoomAdvice } from "./zoom-advice.ts";

/** What is known of each vendor's answers: code, words and whom they are about, with what to do and the source. */
export const VENDOR_ADVICE: Readonly<Record<Vendor, readonly AdviceRule[]>> = {
  zoom: zoomAdvice,
  cloudflare: cloudflareAdvice,
  slack: slackAdvice,
};

/** Zoom's codes for whatever it minds: alone they say nothing of a cause. */
export const CATCH_ALL_CODES: ReadonlySet<number | string | undefined> = new Set([200, 300, 1000]);

/** Failures that say nothing of their own about a write that may have happened. */
const openEnds = new Set<VendorErrorFacts["kind"]>(["timeout", "connection", "server_error", "rate_limited"]);

function applies(rule: AdviceRule, situation: Situation): boolean {
  const { operation, kind, status, code, chain = [], vendorMessage, about } = situation;
  const codes: readonly (number | string | undefined)[] = [code, ...chain];
  return (
    rule.about === about &&
    (rule.operation === undefined || rule.operation === operation) &&
    (rule.kind === undefined || rule.kind === kind) &&
    (rule.statuses === undefined || (status !== undefined && rule.statuses.includes(status))) &&
    (rule.codes === undefined || rule.codes.some((one) => codes.includes(one))) &&
    (rule.words === undefined || rule.words.test(vendorMessage ?? ""))
  );
}

/** What the operation itself says of this very refusal: its code, and its words where the code is a catch-all. */
function documented({ vendor, errors, kind, status, code, vendorMessage }: Situation): string | undefined {
  // Lacking rights and limits have advice of their own, which knows more than the catalogue does.
  if (kind !== "refused" && kind !== "not_found") return undefined;
  return errors?.find((error) => {
    if (error.status !== status || error.code !== code) return false;
    if (error.words !== undefined) return error.words.test(vendorMessage ?? "");
    return vendor !== "zoom" || !CATCH_ALL_CODES.has(code);
  })?.means;
}

/**
 * What the person who asked, or the operator, should do about a failure: one sentence. A cause is named only where the
 * table or the operation's own documents name it; of any other answer it says what the vendor said, and no more.
 */
export function adviceFor(situation: Situation): string {
  const { vendor, kind, about } = situation;
  if (situation.mayHaveHappened && openEnds.has(kind))
    return "No answer tells whether it took effect: look at the person's state before trying again.";
  const rules = VENDOR_ADVICE[vendor].filter((rule) => applies(rule, situation));
  const say =
    rules.find((rule) => rule.operation !== undefined || about !== undefined)?.say ??
    // Zoom's codes mean one thing in one call and another in the next: what the call documents goes first. Slack's
    // words are the call's own.
    (vendor === "cloudflare" ? undefined : documented(situation)) ??
    rules[0]?.say ??
    documented(situation) ??
    commonAdvice.find((rule) => applies(rule, situation))?.say ??
    onlyWhatWasSaid;
  return typeof say === "string" ? say : say(situation);
}

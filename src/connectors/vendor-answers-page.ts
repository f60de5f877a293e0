import { VENDOR_NAMES, type Vendor } from "../catalogue/vendor.ts";
import { VENDOR_ADVICE } from "./advice.ts";
import type { AdviceRule, Situation } from "./advice-rule.ts";
import { commonAdvice } from "./common-advice.ts";

const WHOM = { another: "somebody else whom the call names", unclear: "not said of whom" } as const;

/** A situation that shows what a row says where its advice depends on the call. */
function sample(vendor: Vendor): Situation {
  return {
    vendor,
    operation: `${vendor}.access`,
    kind: "refused",
    scopes: { classic: [], granular: ["(the call's own)"] },
    vendorPermission: "(the call's own)",
    errors: [],
    others: ["(their address)"],
    mayHaveHappened: false,
    attempts: 1,
  };
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function row(vendor: Vendor, rule: AdviceRule): string {
  const { operation, kind, statuses, codes, words, about, say, source } = rule;
  const answer = [
    ...(statuses ?? []).map((status) => `HTTP ${status}`),
    ...(codes ?? []).map((code) => `code ${code}`),
    ...(kind === undefined ? [] : [kind.replaceAll("_", " ")]),
  ].join(", ");
  const advice = typeof say === "string" ? say : say(sample(vendor));
  return `| ${operation === undefined ? "any" : `\`${operation}\``} | ${answer} | ${words === undefined ? "" : `\`${cell(words.source)}\``} | ${about === undefined ? "the person" : WHOM[about]} | ${cell(advice)} | ${source} |`;
}

/** The page of every vendor answer that is known, as Markdown; all of it comes from the tables. */
export function vendorAnswersPage(): string {
  const vendors: readonly Vendor[] = ["zoom", "cloudflare", "slack"];
  const head = [
    "| call | answer | words | about whom | advice | source |",
    "| --- | --- | --- | --- | --- | --- |",
  ];
  return [
    "# What vendors answer, and what to do about it",
    "",
    "Made from the tables in `src/connectors` by `npm run docs`. A test fails when it is stale.",
    "",
    "The first row that fits an answer gives the advice. A code of [operations.md](operations.md) that a single call documents goes before a row for any call. Zoom's codes 200, 300 and 1000 are catch-alls: they mean nothing without the words. An answer that fits no row is shown in the vendor's own words, and no cause is named.",
    "",
    ...vendors.flatMap((vendor) => [
      `## ${VENDOR_NAMES[vendor]}`,
      "",
      ...head,
      ...VENDOR_ADVICE[vendor].map((rule) => row(vendor, rule)),
      "",
    ]),
    "## Any vendor",
    "",
    ...head,
    ...commonAdvice.map((rule) => row("zoom", rule)),
    "",
  ].join("\n");
}

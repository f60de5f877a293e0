import type { KnownBlock } from "@slack/types";
import type { LockoutPreview } from "../src/deps.ts";
import type { LockoutForm } from "./lockout-form.ts";
import { refusalText } from "./refusal.ts";
import { escapeAroundPeople, escapeText, moment, mrkdwn } from "./text.ts";

function section(text: string): KnownBlock {
  return { type: "section", block_id: "preview", text: mrkdwn(text) };
}

/** What would happen and whether it would hold, as far as it is known. */
export function previewBlocks(preview: LockoutForm["preview"]): KnownBlock[] {
  if (preview === undefined) return [];
  if (preview === "looking")
    return [section(":mag: Looking at Zoom and Cloudflare. You need not wait: the button works now.")];
  if ("refusal" in preview) return [section(refusalText(preview.refusal))];
  if ("faults" in preview)
    return [section(preview.faults.map((fault) => `:warning: ${escapeText(fault)}`).join("\n"))];
  return [section(previewText(preview))];
}

function previewText(preview: LockoutPreview): string {
  const { person, facts, steps, leftOut, permission, standing } = preview;
  const start = permission.needsApproval
    ? `:hourglass: *It waits for approval.* ${escapeAroundPeople(permission.because)}`
    : ":zap: *It starts at once.* No approval is needed.";
  const already = standing.map(
    ({ since }) => `:information_source: A lockout of them stands since ${moment(since)}.`,
  );
  return [
    `*${escapeText(person.name)}* (${escapeText(person.email)})`,
    start,
    holdsText(preview.expected),
    ...facts.map((fact) => `• ${escapeText(fact)}`),
    ...already,
    "*What will happen*",
    ...steps.map((step, index) => `${index + 1}. ${escapeText(step)}`),
    ...leftOut.map((sentence) => `:heavy_minus_sign: Left out. ${escapeText(sentence)}`),
  ].join("\n");
}

function holdsText(expected: LockoutPreview["expected"]): string {
  if (expected === undefined)
    return ":information_source: This playbook is your policy's own. It is not judged by the doors that it leaves open.";
  const { holds, temporary, beyond } = expected;
  const rest = beyond === undefined ? "" : ` ${escapeText(beyond)}`;
  return holds
    ? `:lock: *It will hold*, if every step takes hold.${rest}`
    : `:warning: *It will hold for the moment only*, because ${temporary.map(escapeText).join("; and because ")}.${rest}`;
}

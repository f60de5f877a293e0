import type { KnownBlock } from "@slack/types";
import type { LockoutPreview } from "../../src/deps/lockout.ts";
import type { LockoutForm } from "./form-state.ts";
import { titleOfAllZones } from "../../src/lockout/zone-steps.ts";
import { sections } from "../blocks/sections.ts";
import { refusalText } from "../blocks/refusal.ts";
import { escapeAroundPeople, escapeText, moment, mrkdwn } from "../blocks/text.ts";

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
  return sections(previewLines(preview)).map((block, index) => ({
    ...block,
    block_id: index === 0 ? "preview" : `preview_${index}`,
  }));
}

/** Steps as they are shown; those that differ by their zone only, as one. */
function shownSteps(steps: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const step of steps) counts.set(titleOfAllZones(step), (counts.get(titleOfAllZones(step)) ?? 0) + 1);
  const shown = steps.map((step) => {
    const count = counts.get(titleOfAllZones(step)) ?? 0;
    return count > 2 ? `${titleOfAllZones(step)} (${count} zones)` : step;
  });
  return [...new Set(shown)];
}

function previewLines(preview: LockoutPreview): string[] {
  const { person, facts, steps, leftOut, permission, inForce } = preview;
  const start = permission.needsApproval
    ? `:hourglass: *It waits for approval.* ${escapeAroundPeople(permission.because)}`
    : ":zap: *It starts at once.* No approval is needed.";
  const already = inForce.map(
    ({ since }) => `:information_source: They have been locked out since ${moment(since)}.`,
  );
  return [
    `*${escapeText(person.name)}* (${escapeText(person.email)})`,
    start,
    ...preview.warnings.map((warning) => `:warning: ${escapeText(warning)}`),
    holdsText(preview.expected),
    ...facts.map((fact) => `• ${escapeText(fact)}`),
    ...already,
    "*What will happen*",
    ...shownSteps(steps).map((step, index) => `${index + 1}. ${escapeText(step)}`),
    ...leftOut.map((sentence) => `:heavy_minus_sign: Left out. ${escapeText(sentence)}`),
  ];
}

function holdsText(expected: LockoutPreview["expected"]): string {
  if (expected === undefined)
    return ":information_source: This playbook is your policy's own. It is not judged by the doors that it leaves open.";
  const { holds, temporary, unproven, beyond } = expected;
  const isSaid = beyond === undefined || unproven?.endsWith(beyond) === true;
  const rest = isSaid ? "" : ` ${escapeText(beyond)}`;
  if (unproven !== undefined)
    return `:warning: *We won't be able to confirm this lockout.* Best case: ${escapeText(unproven)}${rest}`;
  return holds
    ? `:lock: *It will hold*, if every step takes hold.${rest}`
    : `:warning: *Temporary: they can get back in*, because ${temporary.map(escapeText).join("; and because ")}.${rest}`;
}

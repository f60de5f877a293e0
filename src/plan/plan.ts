import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../canonical-json.ts";
import { inputIssues } from "../catalogue/partial-input.ts";
import { findOperation } from "../catalogue/registry.ts";
import type { Risk } from "../catalogue/operation.ts";
import type { Playbook, PlanStep, PlaybookSettings } from "../playbook/playbook.ts";
import type { Target } from "../target/target.ts";

/** What is approved is what runs: every step with its resolved input, and a hash that binds approvals to it. */
export interface Plan {
  playbook: string;
  title: string;
  target: Target;
  fields: Record<string, unknown>;
  steps: PlanStep[];
  /** The greatest risk of any step. */
  risk: Risk;
  hash: string;
}

const RISK_ORDER: readonly Risk[] = ["read", "reversible", "irreversible"];

/** The greatest of some risks; `read` for none. */
export function greatestRisk(risks: readonly Risk[]): Risk {
  return RISK_ORDER[Math.max(0, ...risks.map((risk) => RISK_ORDER.indexOf(risk)))] ?? "irreversible";
}

/** SHA-256 over all that decides what will run: playbook, target and every step. */
export function hashPlan(plan: Omit<Plan, "hash">): string {
  return createHash("sha256").update(canonicalJson(plan)).digest("hex");
}

/**
 * The plan for one filled-in form.
 * @throws ZodError when a step's input does not fit its operation, which is a fault in the playbook
 * @throws Error when steps name each other wrongly: an unknown operation, an unknown predecessor, or a circle
 */
export function buildPlan<Fields extends Record<string, unknown>>(
  playbook: Playbook<Fields>,
  fields: Fields,
  target: Target,
  playbookSettings: PlaybookSettings,
): Plan {
  const { name, title } = playbook;
  const steps = playbook.steps(fields, target, playbookSettings);
  return planOf({ playbook: name, title, target, fields, steps });
}

/**
 * The plan of these steps.
 * @throws ZodError when a step's input does not fit its operation; a step that has placeholders must fit already, and
 * one that gets values when it runs must fit with them
 * @throws Error when steps name each other wrongly
 */
export function planOf(parts: Omit<Plan, "risk" | "hash">): Plan {
  const steps = inRunningOrder(parts.steps);
  for (const step of steps) checkInput(step);
  const plan = { ...parts, steps, risk: greatestRisk(steps.map((step) => riskOf(step))) };
  return { ...plan, hash: hashPlan(plan) };
}

function checkInput({ kept, chosen, generated = [], operation, input }: PlanStep): void {
  if (kept !== undefined) return;
  const absent = [...generated, ...(chosen === undefined ? [] : [chosen.path])];
  const issues = inputIssues(findOperation(operation), input, absent);
  if (issues.length > 0) throw new z.ZodError(issues);
}

/** The risk of one step: as its operation says, unless its playbook knows better. */
export function riskOf(step: Pick<PlanStep, "operation" | "risk">): Risk {
  return step.risk ?? findOperation(step.operation).risk;
}

/** Steps so that each comes after all it waits for; ties keep the playbook's order. */
function inRunningOrder(steps: readonly PlanStep[]): PlanStep[] {
  const known = new Set(steps.map((step) => step.id));
  if (known.size !== steps.length) throw new Error("Two steps of a plan have the same id.");
  for (const step of steps)
    for (const id of [...step.after, ...step.requires])
      if (!known.has(id)) throw new Error(`Step ${step.id} waits for ${id}, which the plan does not have.`);
  const ordered: PlanStep[] = [];
  const placed = new Set<string>();
  while (ordered.length < steps.length) {
    const next = steps.find(
      (step) => !placed.has(step.id) && [...step.after, ...step.requires].every((id) => placed.has(id)),
    );
    if (!next) throw new Error("The steps of a plan wait for each other in a circle.");
    ordered.push(next);
    placed.add(next.id);
  }
  return ordered;
}

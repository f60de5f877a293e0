import type { ConfirmationDialog, KnownBlock } from "@slack/types";
import type { Act } from "../../src/deps/decision.ts";
import type { RequestSummary } from "./summary.ts";
import { cut, plain } from "../blocks/text.ts";

export const APPROVE = "request_approve";
export const DENY = "request_deny";
export const MORE = "request_more";
export const REVIEW = "request_review";

/** What a button carries: the request, and the plan that the person saw when pressing. */
export function buttonValue(requestId: string, planHash: string): string {
  return JSON.stringify({ request: requestId, plan: planHash });
}

/** Reads a button's value; undefined when it is not one of ours. */
export function parseButtonValue(value: string | undefined): { request: string; plan: string } | undefined {
  try {
    const parsed: unknown = JSON.parse(value ?? "");
    if (typeof parsed !== "object" || parsed === null) return undefined;
    const { request, plan } = parsed as Record<string, unknown>;
    return typeof request === "string" && typeof plan === "string" ? { request, plan } : undefined;
  } catch {
    return undefined;
  }
}

/** A choice of the menu beside the buttons; a question is a comment that waits for an answer. */
export type MenuChoice = Act | "question";

const CHOICES: Readonly<Record<MenuChoice, string>> = {
  comment: "Comment",
  question: "Ask for more",
  delegate: "Ask somebody else to decide",
  change: "Change the request",
  cancel: "Cancel the request",
};

/** What a choice of the menu carries; Slack takes 75 characters there. */
function choiceValue(choice: MenuChoice, requestId: string): string {
  return `${choice}:${requestId}`;
}

/** Reads a choice of the menu; undefined when it is not one of ours. */
export function parseChoice(value: string | undefined): { choice: MenuChoice; request: string } | undefined {
  const [, name = "", request = ""] = /^([a-z]+):(.{1,64})$/.exec(value ?? "") ?? [];
  return Object.hasOwn(CHOICES, name) ? { choice: name as MenuChoice, request } : undefined;
}

/** What can still be done to what was approved and waits for its start: a window, or a directory that is down. */
export function startingButtons(request: RequestSummary): KnownBlock {
  return {
    type: "actions",
    block_id: "request_starting",
    elements: [
      {
        type: "button",
        action_id: MORE,
        text: plain(CHOICES.cancel, 75),
        value: choiceValue("cancel", request.id),
      },
    ],
  };
}

/** What is asked before an approval of what cannot be undone counts. */
function lastQuestion({ email, name }: RequestSummary["plan"]["target"]): ConfirmationDialog {
  return {
    title: plain("This cannot be undone", 100),
    text: plain(`Approve it for ${cut(email ?? name, 200)}?`, 300),
    confirm: plain("Approve", 30),
    deny: plain("Go back", 30),
    style: "danger",
  };
}

/** Approve, Deny, and the menu with all else that can be done to a waiting request. */
export function decisionButtons(request: RequestSummary): KnownBlock {
  const value = buttonValue(request.id, request.plan.hash);
  const irreversible = request.plan.risk === "irreversible";
  const canChange = request.plan.playbook === "zoom-offboard";
  const choices = (Object.keys(CHOICES) as MenuChoice[]).filter((choice) => choice !== "change" || canChange);
  return {
    type: "actions",
    block_id: "request_decision",
    elements: [
      {
        type: "button",
        action_id: APPROVE,
        text: plain("Approve", 75),
        style: "primary",
        value,
        confirm: irreversible ? lastQuestion(request.plan.target) : undefined,
      },
      { type: "button", action_id: DENY, text: plain("Deny", 75), style: "danger", value },
      {
        type: "overflow",
        action_id: MORE,
        options: choices.map((choice) => ({
          text: plain(CHOICES[choice], 75),
          value: choiceValue(choice, request.id),
        })),
      },
    ],
  };
}

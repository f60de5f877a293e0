import { styleText } from "node:util";
import type { JsonObject, OpenView } from "../slack/state.ts";
import type { SlackSimulator } from "../slack/server.ts";
import { showText } from "./show-text.ts";

function textOf(value: unknown): string {
  return typeof value === "object" && value !== null && "text" in value ? String(value.text) : "";
}

/** What an input of a modal holds, in words. */
function valueText(slack: SlackSimulator, held: JsonObject | undefined): string {
  if (held === undefined) return "";
  const user = held["selected_user"];
  if (typeof user === "string") return `@${slack.users.get(user)?.name ?? user}`;
  const chosen = held["selected_option"];
  if (typeof chosen === "object" && chosen !== null) return textOf((chosen as JsonObject)["text"]);
  const several = held["selected_options"];
  if (Array.isArray(several))
    return several.map((option) => `☑ ${textOf((option as JsonObject)["text"])}`).join(", ");
  return typeof held["value"] === "string" ? held["value"] : "";
}

function buttonText(element: JsonObject): string {
  return `[ ${textOf(element["text"])} ]`;
}

/** The lines of a message's or modal's blocks. Inputs are shown with what they hold. */
export function showBlocks(slack: SlackSimulator, blocks: readonly JsonObject[], view?: OpenView): string[] {
  return blocks.flatMap((block) => {
    const elements = Array.isArray(block["elements"]) ? (block["elements"] as JsonObject[]) : [];
    switch (block["type"]) {
      case "header":
        return [styleText("bold", textOf(block["text"]))];
      case "section":
        return showText(slack, textOf(block["text"])).split("\n");
      case "context":
        return elements.flatMap((element) => showText(slack, textOf(element)).split("\n"));
      case "actions":
        return [elements.map(buttonText).join("  ")];
      case "input": {
        const id = String(block["block_id"]);
        const held = valueText(slack, Object.values(view?.state[id] ?? {})[0]);
        const error = view?.errors[id];
        return [
          `${textOf(block["label"])}: ${held === "" ? styleText("dim", "(empty)") : held}`,
          ...(error === undefined ? [] : [styleText("red", `  ⚠ ${error}`)]),
        ];
      }
      default:
        return [];
    }
  });
}

/** Lines in a frame with a title, indented. */
export function frame(title: string, lines: readonly string[]): string {
  const head = `  ┌─ ${title} ${"─".repeat(Math.max(3, 66 - title.length))}`;
  return [head, ...lines.map((line) => `  │ ${line}`), `  └${"─".repeat(head.length - 3)}`].join("\n");
}

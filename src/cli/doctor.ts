import { styleText } from "node:util";
import { examine } from "./examine.ts";
import type { Finding } from "../checks/finding.ts";
import { UsageError, type Command } from "./command.ts";
import { readOptions } from "./options.ts";

/**
 * `doctor`: looks at the whole set-up by reads only, and says of each fault where and how it is mended. Code 1 where
 * there is a fault, else 0.
 */
export const examineSetup: Command = async (environment, words) => {
  const { values, positionals } = readOptions(words, { json: { type: "boolean" } });
  if (positionals[0] !== undefined)
    throw new UsageError(`This command takes nothing more, and “${positionals[0]}” was given.`);
  const { findings, parts } = await examine(environment);
  const code = findings.some(({ severity }) => severity === "fault") ? 1 : 0;
  if (values.json === true)
    return { text: JSON.stringify({ ok: code === 0, parts, findings }, null, 2), code };
  return { text: report(findings, parts), code };
};

const MARKS = { fault: "✗", warning: "!", unchecked: "?" } as const;
const COLOURS = { fault: "red", warning: "yellow", unchecked: "gray" } as const;

function report(findings: readonly Finding[], parts: readonly string[]): string {
  const well = parts.filter((part) => !findings.some((finding) => finding.part === part));
  const count = (severity: Finding["severity"]) => findings.filter((one) => one.severity === severity).length;
  const [faults, warnings, unchecked] = [count("fault"), count("warning"), count("unchecked")];
  return [
    ...findings.map(describe),
    ...(well.length === 0 ? [] : [`${styleText("green", "✓")} ${well.join(", ")}`]),
    "",
    `${faults} fault${faults === 1 ? "" : "s"}, ${warnings} warning${warnings === 1 ? "" : "s"}, ${unchecked} not checked.`,
  ].join("\n");
}

function describe({ severity, part, where, fault, mend }: Finding): string {
  return [
    `${styleText(COLOURS[severity], MARKS[severity])} ${part}: ${fault}`,
    `    at    ${where}`,
    `    mend  ${mend}`,
  ].join("\n");
}

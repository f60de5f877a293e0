import { verifyAudit } from "./audit-verify.ts";
import { createBackup, restoreBackup } from "./backup.ts";
import type { Command } from "./command.ts";
import { documentAnswers } from "./document-answers.ts";
import { documentOperations } from "./document-operations.ts";
import { examineSetup } from "./doctor.ts";
import { setUp } from "./init.ts";
import { lockOutPerson } from "./lockout.ts";
import { explainPolicy } from "./policy-explain.ts";
import { lintPolicy } from "./policy-lint.ts";
import { printPolicySchema } from "./policy-schema.ts";
import { simulatePolicy } from "./policy-simulate.ts";
import { runTests } from "./policy-test.ts";
import { restorePerson } from "./restore.ts";
import { removeSecondFactor } from "./second-factor-remove.ts";

/** A command of the command line, and its help. */
export interface NamedCommand {
  /** One word or two. */
  name: string;
  /** What may follow, as usage lines write it. */
  parameters?: string;
  /** Sentences without a full stop at the end, each a line of its own. */
  help: readonly string[];
  run: Command;
}

/** Every command, in the order of the alphabet. */
export const COMMANDS: readonly NamedCommand[] = [
  {
    name: "audit verify",
    help: ["walks the audit chain and names the first broken row (exit code 2; 1 if it cannot be read)"],
    run: verifyAudit,
  },
  {
    name: "backup create",
    parameters: "FOLDER",
    help: ["copies the embedded database into a new folder, also while the app runs"],
    run: createBackup,
  },
  {
    name: "backup restore",
    parameters: "FOLDER",
    help: ["puts a backup in the place of an embedded database that is lost"],
    run: restoreBackup,
  },
  {
    name: "docs answers",
    help: ["the page of what vendors answer and what to do about it, as Markdown"],
    run: documentAnswers,
  },
  {
    name: "docs operations",
    help: ["the page of every vendor call, as Markdown"],
    run: documentOperations,
  },
  {
    name: "doctor",
    parameters: "[--json]",
    help: [
      "looks at the whole set-up by reads only, and says where and how to mend each fault (exit code 1)",
    ],
    run: examineSetup,
  },
  {
    name: "init",
    help: ["asks for every setting, says where it is found, checks it, and writes .env and policy.yml"],
    run: setUp,
  },
  {
    name: "lockout",
    parameters: "PERSON --reason TEXT [--by SLACK-ID] [--even-if-last]",
    help: [
      "locks somebody out, also while Slack does not answer; the running app does it, and this waits for the result",
      "PERSON is a Slack id or an e-mail; --by is your own Slack id, for the audit log",
      "deny rules hold; --even-if-last locks out the last person who may lock people out, approve or administer Zoom",
    ],
    run: lockOutPerson,
  },
  {
    name: "policy explain",
    parameters: "PERSON OPERATION [TARGET]",
    help: ["why somebody may or may not request something", "people are Slack ids or e-mails"],
    run: explainPolicy,
  },
  {
    name: "policy lint",
    parameters: "[--strict]",
    help: [
      "checks the policy file, runs its tests, and warns of what is surely not meant",
      "--strict  exit code 1 if there is a warning",
    ],
    run: lintPolicy,
  },
  {
    name: "policy schema",
    help: ["the JSON Schema of the policy file, for editors"],
    run: printPolicySchema,
  },
  {
    name: "policy simulate",
    parameters: "[--days N] [--policy FILE]",
    help: [
      "what recorded requests would have been answered by a changed policy",
      "--days    how far back; 30 by default",
      "--policy  the changed policy; POLICY_FILE by default",
    ],
    run: simulatePolicy,
  },
  {
    name: "policy test",
    help: ["runs the tests of the policy file and prints each (exit code 1 if one fails)"],
    run: runTests,
  },
  {
    name: "restore",
    parameters: "PERSON --reason TEXT",
    help: [
      "lets somebody request and approve again who lost that power with their access; works without Slack",
      "PERSON is a Slack id or an e-mail",
    ],
    run: restorePerson,
  },
  {
    name: "second-factor remove",
    parameters: "PERSON",
    help: [
      "removes somebody's one-time password, for example if they lost their phone",
      "PERSON is a Slack id",
    ],
    run: removeSecondFactor,
  },
];

/** The command that a command line begins with, and how many words name it. */
export function findCommand(words: readonly string[]): { command: NamedCommand; length: number } | undefined {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    const command = COMMANDS.find((one) => one.name === name);
    if (command !== undefined) return { command, length };
  }
  return undefined;
}

const INDENT = " ".repeat(4);

function usageOf({ name, parameters, help }: NamedCommand): string {
  const line = `  ${[name, parameters].filter(Boolean).join(" ")}`;
  return [line, ...help.map((text) => `${INDENT}${text}`)].join("\n");
}

const SETTINGS =
  "Settings come from the same environment variables as the app's, and from .env (see docs/settings.md).\n";

/** The help of all commands. */
export function usage(): string {
  return [
    "Usage: npx deadbolt COMMAND [--help]",
    "",
    ...COMMANDS.map(usageOf),
    "",
    "  --help, -h     this text, or the help of one command",
    "  --version, -v  the version of Deadbolt",
    "",
    SETTINGS,
  ].join("\n");
}

/** The help of one command. */
export function commandUsage(command: NamedCommand): string {
  const { name, parameters, help } = command;
  const line = ["Usage: npx deadbolt", name, parameters].filter(Boolean).join(" ");
  return `${line}\n\n${help.map((text) => `  ${text}`).join("\n")}\n\n${SETTINGS}`;
}

/** The help of the commands that begin with a word, such as `policy`; undefined where there are none. */
export function groupUsage(word: string): string | undefined {
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${word} `));
  return group.length === 0
    ? undefined
    : `Usage: npx deadbolt ${word} COMMAND [--help]\n\n${group.map(usageOf).join("\n")}\n\n${SETTINGS}`;
}

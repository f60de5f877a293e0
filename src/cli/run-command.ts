import { ConfigError } from "../config.ts";
import { PolicyError } from "../permission/policy-file/policy-error.ts";
import { verifyAudit } from "./audit-verify.ts";
import { UsageError, type Command } from "./command.ts";
import { documentAnswers } from "./document-answers.ts";
import { documentOperations } from "./document-operations.ts";
import { examineSetup } from "./doctor.ts";
import { explainPolicy } from "./policy-explain.ts";
import { lintPolicy } from "./policy-lint.ts";
import { simulatePolicy } from "./policy-simulate.ts";
import { runTests } from "./policy-test.ts";
import { restorePerson } from "./restore.ts";
import { removeSecondFactor } from "./second-factor-remove.ts";

const USAGE = `Usage: npm run deadbolt -- COMMAND

  audit verify      walks the audit chain and names the first broken row (exit code 2; 1 when it cannot be read)
  docs answers      the page of what vendors answer and what to do about it, as Markdown
  docs operations   the page of every vendor call, as Markdown
  doctor [--json]   looks at the whole set-up by reads only, and says where and how each fault is mended (exit code 1)
  policy explain PERSON OPERATION [TARGET]
                    why somebody may or may not have something done; people are Slack ids or e-mails
  policy lint [--strict]
                    checks the policy file, runs its tests, and warns of what is surely not meant (with --strict,
                    exit code 1 when it does)
  policy simulate [--days N] [--policy FILE]
                    what recorded requests would have been answered by a changed policy; of the last 30 days, and
                    by POLICY_FILE, unless told otherwise
  policy test       runs the tests that stand in the policy file and prints each (exit code 1 when one fails)
  restore PERSON --reason TEXT
                    lets somebody ask and approve again who lost that power with their access; works without Slack;
                    PERSON is a Slack id or an e-mail
  second-factor remove PERSON
                    takes somebody's one-time password away, as when they lost their phone; PERSON is a Slack id

Settings come from the same environment variables as the app's (see docs/settings.md).
`;

const COMMANDS: Readonly<Record<string, Command>> = {
  "audit verify": verifyAudit,
  "docs answers": documentAnswers,
  "docs operations": documentOperations,
  doctor: examineSetup,
  "policy explain": explainPolicy,
  "policy lint": lintPolicy,
  "policy simulate": simulatePolicy,
  "policy test": runTests,
  restore: restorePerson,
  "second-factor remove": removeSecondFactor,
};

/** sysexits: the command line is at fault. */
const EX_USAGE = 64;
const EX_CONFIG = 78;

/** What a command line prints, and the exit code. */
export interface Outcome {
  output: string;
  error: string;
  code: number;
}

/** Runs one command line. Faults come back as sentences: never an error, never a stack. */
export async function runCommand(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const length = [1, 2].find((count) => Object.hasOwn(COMMANDS, words.slice(0, count).join(" "))) ?? 0;
  const command = COMMANDS[words.slice(0, length).join(" ")];
  if (command === undefined) {
    if (words.length === 0 || words[0] === "help" || words[0] === "--help")
      return { output: USAGE, error: "", code: 0 };
    return { output: "", error: `There is no command “${words.join(" ")}”.\n\n${USAGE}`, code: EX_USAGE };
  }
  try {
    const { text, code } = await command(environment, words.slice(length));
    return { output: `${text}\n`, error: "", code };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { output: "", error: `${message}\n`, code: exitCodeOf(error) };
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EX_USAGE;
  return error instanceof ConfigError || error instanceof PolicyError ? EX_CONFIG : 1;
}

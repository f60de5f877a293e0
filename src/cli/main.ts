import { ConfigError } from "../config.ts";
import { PolicyError } from "../permission/policy-error.ts";
import { verifyAudit } from "./audit-verify.ts";
import { UsageError, type Command } from "./command.ts";
import { documentOperations } from "./document-operations.ts";
import { explainPolicy } from "./policy-explain.ts";
import { lintPolicy } from "./policy-lint.ts";
import { simulatePolicy } from "./policy-simulate.ts";
import { runTests } from "./policy-test.ts";

const USAGE = `Usage: npm run deadbolt -- COMMAND

  audit verify      walks the audit chain and names the first broken row (exit code 2; 1 when it cannot be read)
  docs operations   the page of every vendor call, as Markdown
  policy explain PERSON OPERATION [TARGET]
                    why somebody may or may not have something done; people are Slack ids or e-mails
  policy lint       checks the policy file, and runs the tests that stand in it
  policy simulate [--days N] [--policy FILE]
                    what recorded requests would have been answered by a changed policy; of the last 30 days, and
                    by POLICY_FILE, unless told otherwise
  policy test       runs the tests that stand in the policy file and prints each (exit code 1 when one fails)

Settings come from the same environment variables as the app's (see the README).
`;

const COMMANDS: Readonly<Record<string, Command>> = {
  "audit verify": verifyAudit,
  "docs operations": documentOperations,
  "policy explain": explainPolicy,
  "policy lint": lintPolicy,
  "policy simulate": simulatePolicy,
  "policy test": runTests,
};

/** sysexits: the command line is at fault. */
const EX_USAGE = 64;
const EX_CONFIG = 78;

async function run(words: readonly string[]): Promise<number> {
  const name = words.slice(0, 2).join(" ");
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    const asksForHelp = words.length === 0 || words[0] === "help" || words[0] === "--help";
    (asksForHelp ? process.stdout : process.stderr).write(
      asksForHelp ? USAGE : `There is no command “${words.join(" ")}”.\n\n${USAGE}`,
    );
    return asksForHelp ? 0 : EX_USAGE;
  }
  const { text, code } = await command(process.env, words.slice(2));
  process.stdout.write(`${text}\n`);
  return code;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EX_USAGE;
  return error instanceof ConfigError || error instanceof PolicyError ? EX_CONFIG : 1;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = exitCodeOf(error);
}

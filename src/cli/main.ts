import { ConfigError } from "../config.ts";
import { PolicyError } from "../permission/policy-error.ts";
import { verifyAudit } from "./audit-verify.ts";
import { documentOperations } from "./document-operations.ts";
import { lintPolicy } from "./policy-lint.ts";

const USAGE = `Usage: npm run deadbolt -- COMMAND

  audit verify      walks the audit chain and names the first broken row (exit code 2; 1 when it cannot be read)
  docs operations   the page of every vendor call, as Markdown
  policy lint       checks the policy file, and runs the tests that stand in it

Settings come from the same environment variables as the app's (see the README).
`;

/** A command: what it prints and the exit code. */
type Command = (environment: NodeJS.ProcessEnv) => Promise<{ text: string; code: number }>;

const COMMANDS: Record<string, Command> = {
  "audit verify": verifyAudit,
  "docs operations": documentOperations,
  "policy lint": lintPolicy,
};

/** sysexits: the command line is at fault. */
const EX_USAGE = 64;
const EX_CONFIG = 78;

async function run(words: readonly string[]): Promise<number> {
  const command = COMMANDS[words.join(" ")];
  if (command === undefined) {
    const asksForHelp = words.length === 0 || words[0] === "help" || words[0] === "--help";
    (asksForHelp ? process.stdout : process.stderr).write(
      asksForHelp ? USAGE : `There is no command “${words.join(" ")}”.\n\n${USAGE}`,
    );
    return asksForHelp ? 0 : EX_USAGE;
  }
  const { text, code } = await command(process.env);
  process.stdout.write(`${text}\n`);
  return code;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigError || error instanceof PolicyError ? EX_CONFIG : 1;
}

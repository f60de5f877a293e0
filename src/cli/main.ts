import { runCommand } from "./run-command.ts";

const { output, error, code } = await runCommand(process.argv.slice(2), process.env);
process.stdout.write(output);
process.stderr.write(error);
process.exitCode = code;

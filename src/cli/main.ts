import { runCommand } from "./run-command.ts";

// `head` closes the pipe before all is written, which is no fault.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });

const { output, error, code } = await runCommand(process.argv.slice(2), process.env);
process.exitCode = code;
process.stdout.write(output);
process.stderr.write(error);

// Runs before `npm start`: an unfit Node gets one sentence instead of a stack.
import { isFit, unfitSentence } from "./fit-node.mjs";

if (!isFit(process.versions.node)) {
  process.stderr.write(unfitSentence(process.versions.node) + "\n");
  process.exitCode = 1;
}

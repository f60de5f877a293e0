import { verifyChain } from "../audit/verify.ts";
import { createLog } from "../log.ts";
import { noMoreWords } from "./options.ts";
import type { Command } from "./command.ts";
import { withDatabase } from "./with-database.ts";

/** Not the 1 of a trail that could not be read: whoever watches this must tell the two apart. */
const BROKEN = 2;

/** `audit verify`: walks the whole chain. @throws ConfigError when there is no database to look into */
export const verifyAudit: Command = async (environment, words) => {
  noMoreWords(words);
  const result = await withDatabase(
    environment,
    { log: createLog("warn"), lacking: "no trail to verify" },
    verifyChain,
  );
  if (result.ok) return { text: `The audit chain is whole: ${result.rows} rows.`, code: 0 };
  return {
    text: [
      `The audit chain is BROKEN at row ${result.brokenAt}: ${result.reason}`,
      "Rows before it are as they were written. Keep this database as it is, and compare it with a backup.",
    ].join("\n"),
    code: BROKEN,
  };
};

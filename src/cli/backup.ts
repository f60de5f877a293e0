import { loadDatabaseConfig } from "../config.ts";
import { backUpCluster, restoreCluster } from "../database/backup.ts";
import { UsageError, type Command } from "./command.ts";
import { readOptions } from "./options.ts";

/** @throws UsageError unless one folder is named, and the database is the embedded one */
function foldersOf(
  environment: NodeJS.ProcessEnv,
  words: string[],
): { folder: string; dataDirectory: string } {
  const { positionals } = readOptions(words, {});
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new UsageError("Name one folder for the backup.");
  const { DATABASE_URL: url, DATA_DIR: dataDirectory } = loadDatabaseConfig(environment);
  if (url !== undefined)
    throw new UsageError(
      "DATABASE_URL is set: back up the schemas deadbolt and dbos of your Postgres with its own programs, such as pg_dump.",
    );
  return { folder, dataDirectory };
}

/** `backup create FOLDER`: copies the embedded database, also while the app runs. @throws UsageError */
export const createBackup: Command = async (environment, words) => {
  const { folder, dataDirectory } = foldersOf(environment, words);
  await backUpCluster(dataDirectory, folder);
  return {
    text: `Backed up to ${folder}. It holds names, e-mail addresses and the database's password: protect it.`,
    code: 0,
  };
};

/** `backup restore FOLDER`: puts a backup in the place of a database that is lost. @throws UsageError */
export const restoreBackup: Command = async (environment, words) => {
  const { folder, dataDirectory } = foldersOf(environment, words);
  await restoreCluster(folder, dataDirectory);
  return {
    text: `Restored to ${dataDirectory}. Check it: npx deadbolt audit verify. Then start Deadbolt.`,
    code: 0,
  };
};

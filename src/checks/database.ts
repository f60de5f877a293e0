import type { Logger } from "pino";
import { connectDatabase, type Database } from "../database/connect.ts";
import { MigrationError, requireKnownHistory } from "../database/migrate.ts";
import { DatabaseSettingError, requireSessions } from "../database/sessions.ts";
import { findingsOf, type Finding } from "./finding.ts";

const fault = findingsOf("database", "fault");
const SETTING = "DATABASE_URL";

/** The oldest Postgres that has all that the schema uses. */
const OLDEST_MAJOR = 14;

/** Looks at the Postgres of `DATABASE_URL`, and changes nothing: version, rights, sessions, and whose schema it has. */
export async function databaseFindings(url: string, log: Logger): Promise<Finding[]> {
  try {
    await requireSessions(url);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return [connectionFinding(error, code ?? message)];
  }
  const database = connectDatabase(url, { log, poolSize: 1, connectionTimeout: 5_000 });
  try {
    return [...(await versionFindings(database)), ...(await schemaFindings(database))];
  } finally {
    await database.close();
  }
}

function connectionFinding(error: unknown, reason: string): Finding {
  if (error instanceof DatabaseSettingError)
    return fault(SETTING, "The connection leads through a pooler without sessions.", error.message);
  if (reason.startsWith("28"))
    return fault(
      SETTING,
      `Postgres refuses the user or the password (${reason}).`,
      "Correct user and password.",
    );
  if (reason.startsWith("3D"))
    return fault(
      SETTING,
      `Postgres has no database of this name (${reason}).`,
      "Create it with CREATE DATABASE, or correct the name at the end of the address.",
    );
  return fault(
    SETTING,
    `Postgres does not answer (${reason}).`,
    "Start Postgres, and correct the host and the port of the address.",
  );
}

async function versionFindings(database: Database): Promise<Finding[]> {
  const { rows } = await database.query<{ number: number; name: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as name",
  );
  const { number = 0, name = "" } = rows[0] ?? {};
  if (number >= OLDEST_MAJOR * 10_000) return [];
  return [
    fault(SETTING, `Postgres ${name} is too old.`, `Use Postgres ${OLDEST_MAJOR} or later; 18 is tested.`),
  ];
}

async function schemaFindings(database: Database): Promise<Finding[]> {
  const { rows } = await database.query<{ user: string; database: string; lacking: string[] | null }>(
    `select current_user as user, current_database() as database,
            array_agg(name) filter (where not case
              when exists (select from pg_namespace where nspname = name)
                then has_schema_privilege(name, 'USAGE') and has_schema_privilege(name, 'CREATE')
              else has_database_privilege(current_database(), 'CREATE') end) as lacking
     from unnest(array['deadbolt', 'dbos']) as name`,
  );
  const { user = "", database: name = "", lacking = null } = rows[0] ?? {};
  if (lacking !== null && lacking.length > 0)
    return [
      fault(
        SETTING,
        `The user ${user} may not create the schema ${lacking.join(" and ")}.`,
        `As the owner of the database, run: GRANT CREATE ON DATABASE "${name}" TO "${user}"`,
      ),
    ];
  const { rows: tables } = await database.query<{ exists: boolean }>(
    "select to_regclass('deadbolt.migration') is not null as exists",
  );
  if (tables[0]?.exists !== true) return [];
  try {
    await requireKnownHistory(database);
    return [];
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return [fault(SETTING, error.message, "Start the newer version again, or restore a backup of this one.")];
  }
}

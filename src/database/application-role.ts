import { createHmac } from "node:crypto";
import pg from "pg";
import { MIGRATION_LOCK } from "./advisory-locks.ts";

/** Whom the app connects as to an embedded database: it owns our schemas, and nothing else. */
const APPLICATION_ROLE = "deadbolt_app";

/** Ours, and the engine's. */
const SCHEMAS = "('deadbolt', 'dbos')";

/** What earlier versions made as the superuser becomes the role's. A sequence of a column follows its table. */
const TAKE_OVER = `do $$
declare
  statement text;
begin
  for statement in
    select format('alter schema %I owner to ${APPLICATION_ROLE}', nspname)
    from pg_namespace where nspname in ${SCHEMAS} and nspowner <> '${APPLICATION_ROLE}'::regrole
    union all
    select format('alter %s %s owner to ${APPLICATION_ROLE}',
      case relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view' else 'table' end,
      class.oid::regclass)
    from pg_class class
    where relnamespace in (select oid from pg_namespace where nspname in ${SCHEMAS})
      and relkind in ('r', 'p', 'v', 'm', 'S') and relowner <> '${APPLICATION_ROLE}'::regrole
      and not exists (
        select from pg_depend where classid = 'pg_class'::regclass and objid = class.oid and deptype in ('a', 'i'))
    union all
    select format('alter routine %s owner to ${APPLICATION_ROLE}', oid::regprocedure)
    from pg_proc
    where pronamespace in (select oid from pg_namespace where nspname in ${SCHEMAS})
      and proowner <> '${APPLICATION_ROLE}'::regrole
  loop
    execute statement;
  end loop;
end $$`;

/** Made from the superuser's, which cannot be found from it. */
function passwordOf(superuserUrl: URL): string {
  return createHmac("sha256", decodeURIComponent(superuserUrl.password))
    .update(APPLICATION_ROLE)
    .digest("base64url");
}

/**
 * Makes the role that the app connects as, and gives it our schemas: a fault in the app must not be one of the whole
 * database server, which runs programs and reads files for a superuser. May be called again and by several at once.
 * @param superuserUrl the address of an embedded database
 * @returns the same address for that role
 */
export async function applicationUrl(superuserUrl: string): Promise<string> {
  const url = new URL(superuserUrl);
  const password = passwordOf(url);
  const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 10_000 });
  // What is lost is told by the statement that fails.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1, $2)", [...MIGRATION_LOCK]);
    const { rowCount } = await client.query("select from pg_roles where rolname = $1", [APPLICATION_ROLE]);
    await client.query(
      `${rowCount === 0 ? "create" : "alter"} role ${APPLICATION_ROLE}
       login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password ${pg.escapeLiteral(password)}`,
    );
    await client.query(
      `do $$ begin execute format('grant connect, create, temporary on database %I to ${APPLICATION_ROLE}', current_database()); end $$`,
    );
    await client.query(TAKE_OVER);
    await client.query("commit");
  } finally {
    await client.end();
  }
  url.username = APPLICATION_ROLE;
  url.password = password;
  return url.href;
}

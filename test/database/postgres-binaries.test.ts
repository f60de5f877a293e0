import { chmod, cp, lstat, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clusterFolder, ensureCluster, prepareDataDirectory } from "../../src/database/cluster.ts";
import { findPostgresBinaries, mendLibraryLinks } from "../../src/database/postgres-binaries.ts";
import { copyForUser } from "../../src/database/postgres-copy.ts";
import { runPostgresProgram } from "../../src/database/run-postgres-program.ts";
import { canRun, chooseSystemUser, findBlockingFolder } from "../../src/database/system-user.ts";

const isRoot = process.getuid?.() === 0;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "deadbolt-binaries-"));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The folder of this platform's package. */
async function packageFolder(): Promise<string> {
  return dirname(dirname(dirname((await findPostgresBinaries(undefined)).postgres)));
}

/** The parts of the package that its links are made of, without the links. */
async function copyWithoutLinks(): Promise<string> {
  const copy = join(folder, "package");
  const source = await packageFolder();
  for (const part of ["package.json", "scripts", "native/pg-symlinks.json", "native/lib"])
    await cp(join(source, part), join(copy, part), {
      recursive: true,
      filter: async (path) => !(await lstat(path)).isSymbolicLink() && !path.endsWith("/postgresql"),
    });
  return copy;
}

test("libraries' links that an install without scripts left out are made", async () => {
  const copy = await copyWithoutLinks();
  const libraries = await readdir(join(copy, "native", "lib"));
  await mendLibraryLinks(copy);
  const mended = await readdir(join(copy, "native", "lib"));
  expect(mended.length).toBeGreaterThan(libraries.length);
  await mendLibraryLinks(copy);
});

test("a platform without embedded Postgres is told to bring its own", async () => {
  await expect(findPostgresBinaries(undefined, "win32-x64")).rejects.toThrow(
    /no embedded Postgres for win32-x64.*DATABASE_URL/,
  );
  const absent = process.platform === "darwin" ? "linux-x64" : "darwin-x64";
  await expect(findPostgresBinaries(undefined, absent)).rejects.toThrow(/is not installed.*--omit=optional/);
});

test("links that cannot be made are an error that says what to run", async () => {
  const copy = await copyWithoutLinks();
  await rm(join(copy, "scripts"), { recursive: true });
  await expect(mendLibraryLinks(copy)).rejects.toThrow(`cd ${copy} && node scripts/hydrate-symlinks.js`);
});

test("an initialisation that fails or was killed leaves nothing half made", async () => {
  const dataDirectory = await prepareDataDirectory(join(folder, "data"));
  // No process has this pid: it is above what any system gives out.
  await mkdir(join(dataDirectory, ".initialising-99999999-abc", "postgres"), { recursive: true });
  const failing = { initdb: "/bin/false", pg_ctl: "/bin/false", postgres: "/bin/false" };
  await expect(ensureCluster(dataDirectory, failing, undefined)).rejects.toThrow("/bin/false failed");
  expect(await readdir(dataDirectory)).toEqual([]);
});

test("a program that is not there is an error", async () => {
  await expect(runPostgresProgram(join(folder, "none"), [], undefined)).rejects.toThrow("ENOENT");
});

test("the folder that blocks a user is named, and only that user", async () => {
  const closed = join(folder, "closed");
  await mkdir(join(closed, "deep"), { recursive: true });
  await chmod(closed, 0o700);
  const owner = await stat(closed);
  expect(await findBlockingFolder(join(closed, "deep"), { uid: 54_321, gid: 54_321 })).toBe(closed);
  expect(await findBlockingFolder(join(closed, "deep"), { uid: owner.uid, gid: 54_321 })).toBeUndefined();
  await chmod(closed, 0o710);
  expect(await findBlockingFolder(join(closed, "deep"), { uid: 54_321, gid: owner.gid })).toBeUndefined();
  expect(
    await findBlockingFolder(join(folder, "not", "there"), { uid: 54_321, gid: 54_321 }),
  ).toBeUndefined();
});

test.runIf(isRoot)("programs behind a closed folder run from a copy that everyone can reach", async () => {
  const user = await chooseSystemUser(join(folder, "nowhere"));
  if (!user) throw new Error("root must have a user for Postgres");
  const closed = join(folder, "closed");
  await cp(await packageFolder(), join(closed, "package"), { recursive: true, verbatimSymlinks: true });
  await chmod(closed, 0o700);
  expect(await canRun(join(closed, "package", "native", "bin", "postgres"), user)).toBe(false);

  const copy = await copyForUser(join(closed, "package"), user, [join(folder, "none"), closed, folder]);
  expect(dirname(copy)).toBe(folder);
  expect(await stat(copy)).toMatchObject({ uid: 0, mode: 0o40_755 });
  const bin = join(copy, "bin");
  const binaries = {
    initdb: join(bin, "initdb"),
    pg_ctl: join(bin, "pg_ctl"),
    postgres: join(bin, "postgres"),
  };
  const dataDirectory = await prepareDataDirectory(join(folder, "data"));
  expect(await ensureCluster(dataDirectory, binaries, user)).toBe(true);
  expect((await stat(clusterFolder(dataDirectory))).uid).toBe(user.uid);
  await expect(copyForUser(join(closed, "package"), user, [closed])).rejects.toThrow("chmod o+x");
});

test.runIf(isRoot)(
  "a copy is used again, unless others could have changed it or it is not whole",
  async () => {
    const user = { uid: 54_321, gid: 54_321 };
    const small = join(folder, "package");
    await mkdir(join(small, "native", "bin"), { recursive: true });
    await mkdir(join(small, "native", "share"));
    await writeFile(join(small, "package.json"), '{"version":"1.0.0"}');
    await writeFile(join(small, "native", "bin", "postgres"), "#!/bin/sh\n", { mode: 0o700 });
    await writeFile(join(small, "native", "share", "zones"), "UTC", { mode: 0o600 });
    const copy = await copyForUser(small, user, [folder]);
    const program = async () => (await stat(join(copy, "bin", "postgres"))).ino;

    const first = await program();
    expect(await copyForUser(small, user, [folder])).toBe(copy);
    expect(await program()).toBe(first);

    await chmod(copy, 0o777);
    await copyForUser(small, user, [folder]);
    const second = await program();
    expect(second).not.toBe(first);
    expect((await stat(copy)).mode & 0o777).toBe(0o755);

    await rm(join(copy, "share", "zones"));
    await copyForUser(small, user, [folder]);
    expect(await readdir(join(copy, "share"))).toEqual(["zones"]);

    await writeFile(join(small, "native", "bin", "postgres"), "#!/bin/sh\n# newer\n");
    expect(await copyForUser(small, user, [folder])).not.toBe(copy);
    expect(await readdir(folder)).toHaveLength(3);
  },
);

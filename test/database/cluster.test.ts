import { chmod, mkdtemp, open, readFile, readlink, rm, stat } from "node:fs/promises";
import { platform, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { ensureCluster, prepareDataDirectory, readClusterPassword } from "../../src/database/cluster.ts";
import { findPostgresBinaries } from "../../src/database/postgres-binaries.ts";
import { chooseSystemUser } from "../../src/database/system-user.ts";

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "deadbolt-cluster-"));
  await chmod(folder, 0o711);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("a folder that is a file is refused by the name of its setting", async () => {
  const path = join(await newFolder(), "file");
  await (await open(path, "w")).close();
  await expect(prepareDataDirectory(path)).rejects.toThrow(/DATA_DIR cannot be written \(EEXIST\)/);
});

test.skipIf(process.getuid?.() === 0)("a folder that may only be read is refused", async () => {
  const path = await newFolder();
  await chmod(path, 0o500);
  await expect(prepareDataDirectory(path)).rejects.toThrow(/DATA_DIR cannot be written \(EACCES\)/);
});

test.skipIf(platform() !== "linux")(
  "what names the password is on the disk before the database is there by its name",
  async () => {
    const dataDirectory = await prepareDataDirectory(join(await newFolder(), "data"));
    const cluster = join(dataDirectory, "postgres");
    const user = await chooseSystemUser(cluster);
    const probe = await open("/dev/null");
    const handles = Object.getPrototypeOf(probe) as { sync(this: { fd: number }): Promise<void> };
    await probe.close();
    const flushed: string[] = [];
    const flush = vi.spyOn(handles, "sync").mockImplementation(async function sync(this: { fd: number }) {
      const path = await readlink(`/proc/self/fd/${this.fd}`);
      const isThere = await stat(cluster).then(
        () => true,
        () => false,
      );
      flushed.push(`${basename(path)} ${isThere ? "after" : "before"}`);
    });
    onTestFinished(() => flush.mockRestore());
    expect(await ensureCluster(dataDirectory, await findPostgresBinaries(user), user)).toBe(true);
    expect(flushed).toEqual(["password before", "postgres before", "data after"]);
    expect(await readClusterPassword(cluster)).toMatch(/^[\w-]{32}$/);
    expect((await readFile(join(cluster, "PG_VERSION"), "utf8")).trim()).toMatch(/^\d+$/);
  },
);

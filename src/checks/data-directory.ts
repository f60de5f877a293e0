import { access, constants, stat, statfs } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { findingsOf, type Finding } from "./finding.ts";

/** Reads what the machine has free; a test reads something else. */
export type FreeBytes = (folder: string) => Promise<number>;

export const freeBytes: FreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Below it, a database of a small company fills the disk within weeks. */
const LITTLE_BYTES = 1024 ** 3;

/** Whether the embedded database can be kept: the folder can be written, and the disk has room. */
export async function dataDirectoryFindings(dataDirectory: string, free: FreeBytes): Promise<Finding[]> {
  const fault = findingsOf("database", "fault");
  const folder = await nearestFolder(resolve(dataDirectory));
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
  } catch (error) {
    return [
      fault(
        "DATA_DIR",
        `${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? "unknown"}).`,
        "Give the user that Deadbolt runs as the right to write there, name another folder, or set DATABASE_URL.",
      ),
    ];
  }
  const bytes = await free(folder);
  if (bytes >= LITTLE_BYTES) return [];
  return [
    fault(
      "DATA_DIR",
      `The disk of ${folder} has ${Math.floor(bytes / 1024 ** 2)} MB free. When it is full, nothing can be requested.`,
      "Make room: at least 1 GB. Or set DATA_DIR to a folder on another disk.",
    ),
  ];
}

async function nearestFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined || dirname(path) === path ? path : nearestFolder(dirname(path));
}

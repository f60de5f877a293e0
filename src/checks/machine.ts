import { readFile, stat } from "node:fs/promises";
import { request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { SECRET_NAMES } from "../config.ts";
import { findingsOf, type Finding } from "./finding.ts";

const OTHERS_MAY_READ = 0o077;

/** Files with secrets that other users of the machine can read. */
export async function fileFindings(environment: NodeJS.ProcessEnv, folder: string): Promise<Finding[]> {
  const named = SECRET_NAMES.flatMap((name) => {
    const file = environment[`${name}_FILE`];
    return file === undefined || file === "" ? [] : [{ where: `${name}_FILE`, file }];
  });
  const all = [{ where: ".env", file: join(folder, ".env") }, ...named];
  const findings = await Promise.all(
    all.map(async ({ where, file }): Promise<Finding[]> => {
      const facts = await stat(file).catch(() => undefined);
      // A file of a container's secrets belongs to another user, who decides who reads it.
      if (facts === undefined || facts.uid !== process.getuid?.() || (facts.mode & OTHERS_MAY_READ) === 0)
        return [];
      const mode = (facts.mode & 0o777).toString(8);
      return [
        findingsOf("files", "fault")(
          where,
          `Other users of this machine may read ${file} (mode ${mode}), which holds secrets.`,
          `Run: chmod 600 ${file}`,
        ),
      ];
    }),
  );
  return findings.flat();
}

/** The oldest Node that the app runs on, by the pinned one. */
export async function nodeFindings(root: string, version = process.versions.node): Promise<Finding[]> {
  const { dependencies = {} } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  const pinned = dependencies["node"] ?? "24.0.0";
  const [major = "24"] = pinned.split(".");
  if (Number(version.split(".")[0]) >= Number(major)) return [];
  return [
    findingsOf("node", "fault")(
      "node",
      `Node ${version} is too old: Deadbolt runs on Node ${major} or later.`,
      "Run npm ci, which installs it, and start by npm start or ./node_modules/.bin/node.",
    ),
  ];
}

/** Whether the port is free, or held by a Deadbolt that already runs. */
export async function portFindings(host: string, port: number): Promise<Finding[]> {
  if (port === 0) return [];
  const code = await bindingFault(host, port);
  if (code === undefined || (code === "EADDRINUSE" && (await isDeadbolt(host, port)))) return [];
  const fault = findingsOf("port", "fault");
  if (code === "EADDRINUSE")
    return [
      fault("PORT", `Another program listens on ${host}:${port}.`, "Stop it, or set PORT to another port."),
    ];
  if (code === "EACCES")
    return [
      fault(
        "PORT",
        `This user may not listen on port ${port}.`,
        "Set PORT to one above 1023, behind a proxy.",
      ),
    ];
  return [
    fault("HOST", `${host} is no address of this machine (${code}).`, "Set HOST to 127.0.0.1 or 0.0.0.0."),
  ];
}

function bindingFault(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  return new Promise((done) => {
    server.once("error", (error: NodeJS.ErrnoException) => done(error.code ?? "unknown"));
    server.listen(port, host, () => server.close(() => done(undefined)));
  });
}

function isDeadbolt(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const asked = request({ host, port, path: "/readyz", timeout: 3_000 }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => (text += chunk));
      answer.once("end", () => done(/^policy: [0-9a-f]/m.test(text)));
    });
    asked.once("timeout", () => asked.destroy());
    asked.once("error", () => done(false));
    asked.end();
  });
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { loadConfig } from "../src/config.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const packages = JSON.parse(read("package.json")) as {
  scripts: { start: string };
  dependencies: Record<string, string>;
};
const known = new Set([...read("src/config.ts").matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name));
const { STOP_SECONDS, PORT } = loadConfig({
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_SIGNING_SECRET: "signing-secret",
  DEADBOLT_CHANNEL: "C0OFFBOARD",
  ZOOM_ACCOUNT_ID: "account",
  ZOOM_CLIENT_ID: "client",
  ZOOM_CLIENT_SECRET: "secret",
});

interface Deployment {
  kind: string;
  spec: {
    template: {
      spec: {
        terminationGracePeriodSeconds: number;
        containers: { ports: { containerPort: number }[]; livenessProbe: object; readinessProbe: object }[];
      };
    };
  };
}

test("the image copies what exists, runs the pinned Node, and is started as npm start would", () => {
  const text = read("Dockerfile");
  const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = ""]) =>
    names.split(" "),
  );
  expect(copied.length).toBeGreaterThan(6);
  for (const name of copied) {
    expect(existsSync(join(ROOT, name))).toBe(true);
    expect(read(".dockerignore")).toContain(`!${name}\n`);
  }
  const bases = [...text.matchAll(/^FROM node:([\d.]+)-/gm)].map(([, version]) => version);
  expect(new Set(bases)).toEqual(new Set([packages.dependencies["node"]]));
  const command = JSON.parse(/^CMD (\[.+\])$/m.exec(text)?.[1] ?? "[]") as string[];
  expect(packages.scripts.start.replace("exec ", "").replace(" --env-file-if-exists=.env", "")).toBe(
    command.join(" "),
  );
  expect(
    text
      .trimEnd()
      .split("\n")
      .findLast((line) => line.startsWith("USER")),
  ).toBe("USER node");
});

test("whoever stops the app waits longer than it may take", () => {
  const compose = parse(read("compose.yml")) as { services: { deadbolt: { stop_grace_period: string } } };
  const [deployment] = parseAllDocuments(read("deploy/kubernetes.yml")).map(
    (one) => one.toJS() as Deployment,
  );
  const service = /^TimeoutStopSec=(\d+)$/m.exec(read("deploy/deadbolt.service"))?.[1];
  for (const seconds of [
    Number.parseInt(compose.services.deadbolt.stop_grace_period, 10),
    deployment?.spec.template.spec.terminationGracePeriodSeconds,
    Number(service),
  ])
    expect(seconds).toBeGreaterThan(STOP_SECONDS);
});

test("probes and ports are those of the app, and every setting that is named exists", () => {
  const text = read("deploy/kubernetes.yml");
  const [deployment] = parseAllDocuments(text).map((one) => one.toJS() as Deployment);
  const [container] = deployment?.spec.template.spec.containers ?? [];
  expect(container?.ports[0]?.containerPort).toBe(PORT);
  expect(JSON.stringify(container?.livenessProbe)).toContain("/healthz");
  expect(JSON.stringify(container?.readinessProbe)).toContain("/readyz");
  const files = ["Dockerfile", "compose.yml", "deploy/deadbolt.service", "deploy/kubernetes.yml"]
    .map(read)
    .join("\n");
  const named = [...files.matchAll(/\b((?:[A-Z]+_)+[A-Z]+|HOST|PORT)(?=[=:] ?\S)/g)].map(
    ([, name = ""]) => name,
  );
  const ours = named.filter((name) => !name.startsWith("POSTGRES_"));
  expect(ours.length).toBeGreaterThan(5);
  expect(ours.filter((name) => !known.has(name.replace(/_FILE$/, "")) && !known.has(name))).toEqual([]);
});

test("the service starts the pinned Node with the same options, and no restart follows an invalid setting", () => {
  const text = read("deploy/deadbolt.service");
  expect(text).toContain(
    `ExecStart=/opt/deadbolt/node_modules/.bin/${packages.scripts.start.replace("exec ", "").replace(" --env-file-if-exists=.env", "")}`,
  );
  expect(text).toContain("RestartPreventExitStatus=78");
});

import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { findOperation } from "../src/catalogue/registry.ts";
import { simulateSince } from "../src/cli/policy-simulate.ts";
import { connectDatabase, type Database } from "../src/database/connect.ts";
import { openEmbeddedDatabase } from "../src/database/embedded.ts";
import { migrateDatabase } from "../src/database/migrate.ts";
import { KNOWN_PLAYBOOKS } from "../src/workflow/judge/known-playbooks.ts";
import { askedOperation } from "../src/permission/decide/asked-operation.ts";
import { decide, type DecisionInput } from "../src/permission/decide/decide.ts";
import { parsePolicy } from "../src/permission/policy-file/policy.ts";
import { recordQuestion } from "../src/permission/simulate/recorded-question.ts";
import { standingOf } from "../src/permission/decide/roles.ts";

/**
 * Time of `policy simulate` over recorded judgements in an embedded Postgres: by the policy that answered them, and by
 * one with limits, a deny rule and other approvals. Reading the rows is part of it, starting Node and Postgres is not.
 */
const JUDGEMENTS = Number(process.env["BENCH_JUDGEMENTS"] ?? 10_000);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const REQUESTERS = 40;
const TARGETS = 2_000;
const FIRST = Date.parse("2026-05-01T00:00:00Z");
/** Ten thousand of them are thirty days. */
const MILLISECONDS_BETWEEN = 259_200;
const HOME = "T0HOME";
const OPERATIONS = ["zoom.user.updateStatus", "zoom.user.revokeSsoToken", "zoom.user.delete"] as const;

const ROLES = `version: 1
roles:
  it-admins: { members: { usergroups: [S0IT] }, scopes: ["zoom:user:read:admin", "zoom:user:write:admin"] }
  security: { members: { usergroups: [S0SEC] }, scopes: ["zoom:*"] }
protected:
  - { members: { usergroups: [S0EXEC] }, approvers: [security], count: 2, expires: 24h }
`;
const BEFORE = `${ROLES}approvals:
  - { for: { playbook: zoom-offboard }, approvers: [it-admins, security], expires: 24h }
  - { for: { risk: reversible }, approvers: [it-admins, security], expires: 24h }
  - { for: { risk: irreversible }, approvers: [security], count: 2, expires: 8h }
`;
const CHANGED = `${ROLES}calendars:
  office: { days: [mon, tue, wed, thu, fri], hours: "06:00-22:00", time_zone: requester }
windows:
  - { for: { risk: irreversible }, during: office }
limits:
  - { for: { risk: irreversible }, at_most: 3, within: 24h }
  - { at_most: 400, within: 24h, per: everyone }
deny:
  - { who: { roles: [it-admins] }, target: { emails: ["vip-*@example.com"] }, reason: Ask security. }
approvals:
  - { for: { playbook: zoom-offboard }, approvers: [it-admins, security], expires: 24h }
  - { for: { risk: reversible }, approvers: [it-admins, security], count: 0 }
  - { for: { risk: irreversible }, approvers: [security], count: 2, expires: 8h }
`;

const policyOf = (text: string) => parsePolicy(text, "policy.yml", KNOWN_PLAYBOOKS).policy;
const before = policyOf(BEFORE);

/** The same people ask the same things in every run. */
function questionOf(index: number): DecisionInput {
  // Mixed well, and the same every time.
  const mixed = Math.imul(index + 1, 2_654_435_761) >>> 0;
  const requester = (mixed >>> 8) % REQUESTERS;
  const target = (mixed >>> 4) % TARGETS;
  const name = OPERATIONS[(mixed >>> 16) % OPERATIONS.length] ?? OPERATIONS[0];
  const facts = {
    id: `U0ASKS${requester}`,
    teamId: HOME,
    email: `asks${requester}@example.com`,
    isBot: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    deleted: false,
    isOwner: false,
    isAdmin: false,
    isLockedOut: false,
    // One in ten holds no role.
    groups: { S0IT: requester % 10 > 2, S0SEC: requester % 10 > 0 && requester % 10 <= 2 },
    onCall: {},
    timeZone: requester % 2 === 0 ? "Europe/Berlin" : "America/New_York",
  };
  return {
    policy: before,
    requester: standingOf(before, facts, HOME),
    target: {
      isPerson: true,
      slackIds: [`U0LEAVES${target}`],
      emails: [`${target % 50 === 0 ? "vip-" : ""}${target}@example.com`],
      groups: { S0EXEC: target % 100 === 0 },
    },
    playbook: name,
    operations: [askedOperation(findOperation(name))],
    at: new Date(FIRST + index * MILLISECONDS_BETWEEN),
    history: [],
  };
}

async function fill(database: Database): Promise<void> {
  const rows = Array.from({ length: JUDGEMENTS }, (_, index) => {
    const question = questionOf(index);
    const decision = decide(question);
    const rule =
      decision.kind === "needs_approval" ? decision.rules.map(({ id }) => id).join(", ") : decision.rule;
    return {
      id: `V${index}`,
      at: question.at,
      answer: decision.kind,
      rule,
      policy_version: "bench",
      question: recordQuestion(question, decision, undefined),
    };
  });
  await database.query(
    "insert into deadbolt.judgement select * from jsonb_populate_recordset(null::deadbolt.judgement, $1)",
    [JSON.stringify(rows)],
  );
}

async function time(database: Database, text: string): Promise<{ milliseconds: number; lines: string[] }> {
  const policy = policyOf(text);
  const begin = performance.now();
  const lines = await simulateSince(database, policy, new Date(FIRST));
  return { milliseconds: performance.now() - begin, lines };
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const log = pino({ level: "silent" });
const folder = await mkdtemp(join(tmpdir(), "deadbolt-bench-"));
// When root runs this, Postgres runs as another user, who must pass through.
await chmod(folder, 0o711);
const server = await openEmbeddedDatabase({ dataDirectory: join(folder, "data"), log });
const database = connectDatabase(server.url, { log });
try {
  await migrateDatabase(database);
  await fill(database);
  for (const [name, text] of [
    ["the same policy", BEFORE],
    ["a changed policy", CHANGED],
  ] as const) {
    const rounds: { milliseconds: number; lines: string[] }[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await time(database, text));
    const times = rounds.map(({ milliseconds }) => Math.round(milliseconds));
    console.log(`${name}: median ${median(times)} ms of ${times.join(", ")}`);
    console.log(`${rounds[0]?.lines.join("\n")}\n`);
  }
} finally {
  await database.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

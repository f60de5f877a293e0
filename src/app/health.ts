import { collectDefaultMetrics, Counter, Registry } from "prom-client";
import type { AuditEvent } from "../audit/event.ts";
import type { Database } from "../database/connect.ts";
import type { Probe } from "../slack/http-server.ts";

export interface Health {
  probes: Record<string, Probe>;
  /** Counts an event; no names, addresses or ids become labels. */
  count(event: AuditEvent): void;
}

/** Slack is asked at most this often, however often a probe comes by. */
const SLACK_ANSWER_MILLISECONDS = 5_000;
const CHANNEL_ANSWER_MILLISECONDS = 30_000;

/** Asks again only when the last answer is older than so many milliseconds. */
function remembered<Answer>(
  milliseconds: number,
  now: () => number,
  ask: () => Promise<Answer>,
): () => Promise<Answer> {
  let last: { at: number; answer: Promise<Answer> } | undefined;
  return () => {
    if (last === undefined || now() - last.at > milliseconds) last = { at: now(), answer: ask() };
    return last.answer;
  };
}

/** `GET /healthz` (this process), `/readyz` (database, Slack, its channel, policy) and `/metrics` (Prometheus). */
export function createHealth(parts: {
  database: Database;
  askSlack(): Promise<unknown>;
  /** What is wrong with the channel of requests, in words; undefined when it can be read and written. */
  askChannel(): Promise<string | undefined>;
  policyVersion(): string;
  isStopping(): boolean;
  now(): number;
}): Health {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "deadbolt_" });
  const events = new Counter({
    name: "deadbolt_events_total",
    help: "Events in the audit trail, by type",
    labelNames: ["type"],
    registers: [registry],
  });
  const outcomes = new Counter({
    name: "deadbolt_step_outcomes_total",
    help: "How steps ended, by operation and outcome",
    labelNames: ["operation", "outcome"],
    registers: [registry],
  });
  const slackAnswers = remembered(
    SLACK_ANSWER_MILLISECONDS,
    () => parts.now(),
    () =>
      parts.askSlack().then(
        () => true,
        () => false,
      ),
  );
  const channelAnswers = remembered(
    CHANNEL_ANSWER_MILLISECONDS,
    () => parts.now(),
    () => parts.askChannel(),
  );

  return {
    probes: {
      "/healthz": () => Promise.resolve({ status: 200, text: "ok\n" }),
      "/readyz": async () => {
        const [database, slack, channelFault] = await Promise.all([
          parts.database.query("select 1").then(
            () => true,
            () => false,
          ),
          slackAnswers(),
          channelAnswers(),
        ]);
        const lines = [
          `database: ${database ? "ok" : "does not answer"}`,
          `slack: ${slack ? "ok" : "does not answer"}`,
          `channel: ${channelFault ?? "ok"}`,
          `policy: ${parts.policyVersion()}`,
          ...(parts.isStopping() ? ["stopping"] : []),
        ];
        const ready = database && slack && channelFault === undefined && !parts.isStopping();
        return { status: ready ? 200 : 503, text: `${lines.join("\n")}\n` };
      },
      "/metrics": async () => ({
        status: 200,
        text: await registry.metrics(),
        contentType: registry.contentType,
      }),
    },
    count(event) {
      events.inc({ type: event.type });
      if (event.type === "step.finished")
        outcomes.inc({ operation: event.data.operation, outcome: event.data.outcome });
    },
  };
}

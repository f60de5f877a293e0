import { collectDefaultMetrics, Counter, Registry } from "prom-client";
import type { AuditEvent } from "../audit/event.ts";
import type { Probe } from "../slack/http-server.ts";

export interface Health {
  probes: Record<string, Probe>;
  /** Counts an event; no names, addresses or ids become labels. */
  count(event: AuditEvent): void;
}

/** `GET /healthz` (this process), `/readyz` (what it needs) and `/metrics` (Prometheus). */
export function createHealth(readiness: Probe): Health {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "deadbolt_" });
  const events = new Counter({
    name: "deadbolt_events_total",
    help: "Events in the audit log, by type",
    labelNames: ["type"],
    registers: [registry],
  });
  const outcomes = new Counter({
    name: "deadbolt_step_outcomes_total",
    help: "How steps ended, by operation and outcome",
    labelNames: ["operation", "outcome"],
    registers: [registry],
  });
  return {
    probes: {
      "/healthz": () => Promise.resolve({ status: 200, text: "ok\n" }),
      "/readyz": readiness,
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

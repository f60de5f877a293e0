import { PEOPLE, REQUESTS_CHANNEL, type Company } from "../../../playground/company.ts";
import type { Database } from "../../../src/database/connect.ts";
import { buildPlan } from "../../../src/plan/plan.ts";
import { offboardFields, zoomOffboard } from "../../../src/playbook/zoom-offboard.ts";
import { insertRequest } from "../../../src/request/store.ts";

/** Someone whose offboarding is written down as approved. */
export interface Approved {
  requestId: string;
  zoomId: string;
}

/** Writes so many offboardings of new people down as approved; the app finds and starts them by itself. */
export async function approveOffboardings(
  company: Company,
  database: Database,
  number: number,
): Promise<Approved[]> {
  const { accountId, zoneIds } = company.cloudflare.credentials;
  return database.transaction(async (client) => {
    const approved: Approved[] = [];
    for (let index = 0; index < number; index += 1) {
      const email = `bulk${index}@northwind.example`;
      const user = company.zoom.addUser({ email, display_name: `Bulk ${index}`, type: 2 });
      const access = company.cloudflare.addAccessUser({ email, name: `Bulk ${index}` });
      company.cloudflare.addSession(access.id);
      const plan = buildPlan(
        zoomOffboard,
        offboardFields.parse({ action: "deactivate", revokeCloudflare: true, reason: "All of them leave" }),
        {
          name: `Bulk ${index}`,
          email,
          zoomUserId: user.id,
          zoomEmail: email,
          cloudflareUserId: access.id,
          found: [],
        },
        { cloudflareAccountId: accountId, cloudflareZoneIds: zoneIds },
      );
      const now = new Date();
      const requestId = `bulk-${index}`;
      await insertRequest(client, {
        id: requestId,
        playbook: plan.playbook,
        requester: { id: PEOPLE.security.id },
        plan,
        state: "approved",
        decision: { kind: "allowed", because: "The policy asks for no approval.", rules: [] },
        policyVersion: "policy1",
        channel: REQUESTS_CHANNEL,
        createdAt: now,
        expiresAt: null,
        nextDeadline: null,
        decidedAt: now,
        startedAt: null,
        finishedAt: null,
        attempt: 0,
        round: 0,
      });
      approved.push({ requestId, zoomId: user.id });
    }
    return approved;
  });
}

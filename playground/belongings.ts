import type { CloudflareSimulator } from "./cloudflare/server.ts";
import type { ZoomSimulator } from "./zoom/server.ts";

/** Everything that an app may be granted here: what `/zoom` and a lockout need of Zoom. */
export const ZOOM_SCOPES = [
  "user:read:admin",
  "user:write:admin",
  "meeting:read:admin",
  "meeting:write:admin",
  "webinar:read:admin",
  "recording:read:admin",
  "role:read:admin",
  "role:write:admin",
  "account:read:admin",
  "user_zak:read",
];

/** Gives one person what people have at Zoom, so that there is something to look at and to take away. */
export function addZoomBelongings(zoom: ZoomSimulator, email: string, assistantEmail: string): void {
  const users = [...zoom.users.values()];
  const person = users.find((user) => user.email === email);
  const assistant = users.find((user) => user.email === assistantEmail);
  if (person === undefined || assistant === undefined) throw new Error("These people are not at Zoom.");
  person.dept = "Sales";
  person.job_title = "Account manager";
  zoom.addMeeting(person, { topic: "Weekly pipeline" });
  zoom.addWebinar(person, { topic: "Product tour" });
  person.pretend.assistants.set(assistant.id, true);
  person.pretend.isInClient = true;
  person.pretend.webinarLicense = true;
  zoom.roles.set("RLIVEEVENTS", { name: "Event team", description: "Runs the company's events." });
}

/** The same at Cloudflare: devices, a list that blocks people, members and tokens. */
export function addCloudflareBelongings(cloudflare: CloudflareSimulator, emails: readonly string[]): void {
  for (const user of cloudflare.accessUsers.values()) {
    if (!emails.includes(user.email)) continue;
    cloudflare.enrolDevice(user.id, { name: `Laptop of ${user.name}` });
  }
  const list = cloudflare.addGatewayList({ name: "Blocked people", type: "EMAIL" });
  cloudflare.denyListIds.add(list.id);
  for (const email of emails) cloudflare.addMember({ email });
  cloudflare.addServiceToken({ name: "Build server" });
  cloudflare.addAccountToken({ name: "Backups" });
}

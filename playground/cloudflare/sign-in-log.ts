import { randomBytes } from "node:crypto";

/** One sign-in through Access, or an attempt that was refused. */
interface SignIn {
  userId: string;
  user_email: string;
  action: "login";
  allowed: boolean;
  created_at: string;
  app_domain: string;
  connection: string;
  ip_address: string;
  ray_id: string;
}

/** The log of sign-ins, oldest first. */
export interface SignInLog {
  readonly entries: SignIn[];
  add(user: { id: string; email: string }, allowed: boolean): void;
}

/** Creates an empty log. */
export function createSignInLog(clock: () => Date): SignInLog {
  const entries: SignIn[] = [];
  return {
    entries,
    add({ id, email }, allowed) {
      entries.push({
        userId: id,
        user_email: email,
        action: "login",
        allowed,
        created_at: clock().toISOString(),
        app_domain: "wiki.example.com",
        connection: "onetimepin",
        ip_address: "203.0.113.7",
        ray_id: randomBytes(8).toString("hex"),
      });
    },
  };
}

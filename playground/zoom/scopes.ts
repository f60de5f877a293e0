/** The scopes that `docs/setup.md` asks for, for both playbooks: what someone who followed it has granted. */
export const SETUP_SCOPES: readonly string[] = [
  "user:read:user:admin",
  "user:update:status:admin",
  "user:delete:token:admin",
  "user:delete:user:admin",
  // For lockouts.
  "role:read:list_members:admin",
  "role:delete:member:admin",
  "role:write:member:admin",
  "meeting:read:list_meetings:admin",
  "meeting:read:meeting:admin",
  "meeting:update:status:admin",
  "user:read:settings:admin",
  "user:update:settings:admin",
  "user:update:user:admin",
  "user:update:password:admin",
];

/** The two classic scopes that reach every call about users. */
export const USER_ADMINISTRATION_SCOPES: readonly string[] = ["user:read:admin", "user:write:admin"];

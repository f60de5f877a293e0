/** Secrets and ids of the pretend workspace and of the one app that is installed in it. */
export interface Credentials {
  teamId: string;
  appId: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  botUserId: string;
  botId: string;
  /** Of someone who administers the organization: the only one that `admin.*` methods take. */
  adminToken: string;
  /** The Enterprise organization that the workspace belongs to; empty where it belongs to none. */
  enterpriseId: string;
}

/** The person's own Slack client would not let them do this, so nothing is ever sent. */
export class ClientRefusal extends Error {
  override name = "ClientRefusal";
}

import type { DatabaseClient } from "../database/connect.ts";

/** The look that someone else must take at what ran without its approvals. */
export interface Review {
  requestId: string;
  /** Roles that may close it. */
  approvers: string[];
  escalateTo: string[];
  dueAt: Date;
  escalatedAt: Date | null;
  closedAt: Date | null;
  closedBy: string | null;
}

interface ReviewRow {
  request_id: string;
  approvers: string[];
  escalate_to: string[];
  due_at: Date;
  escalated_at: Date | null;
  closed_at: Date | null;
  closed_by: string | null;
}

export async function insertReview(
  client: DatabaseClient,
  review: Pick<Review, "requestId" | "approvers" | "escalateTo" | "dueAt">,
): Promise<void> {
  await client.query(
    "insert into deadbolt.review (request_id, approvers, escalate_to, due_at) values ($1, $2, $3, $4)",
    [review.requestId, JSON.stringify(review.approvers), JSON.stringify(review.escalateTo), review.dueAt],
  );
}

/** One review, or undefined. With `lock` nobody else can change it until the transaction ends. */
export async function findReview(
  client: DatabaseClient,
  requestId: string,
  lock: "lock" | "read" = "read",
): Promise<Review | undefined> {
  const { rows } = await client.query<ReviewRow>(
    `select * from deadbolt.review where request_id = $1 ${lock === "lock" ? "for update" : ""}`,
    [requestId],
  );
  const row = rows[0];
  return row === undefined
    ? undefined
    : {
        requestId: row.request_id,
        approvers: row.approvers,
        escalateTo: row.escalate_to,
        dueAt: row.due_at,
        escalatedAt: row.escalated_at,
        closedAt: row.closed_at,
        closedBy: row.closed_by,
      };
}

/** Requests whose review is open, the most urgent first. */
export async function openReviews(
  client: DatabaseClient,
  limit: number,
): Promise<{ requestId: string; dueAt: Date }[]> {
  const { rows } = await client.query<{ request_id: string; due_at: Date }>(
    "select request_id, due_at from deadbolt.review where closed_at is null order by due_at, request_id limit $1",
    [limit],
  );
  return rows.map((row) => ({ requestId: row.request_id, dueAt: row.due_at }));
}

/** Closes a review; false when it was closed before. */
export async function closeReview(
  client: DatabaseClient,
  requestId: string,
  closed: { by: string; at: Date },
): Promise<boolean> {
  const { rowCount } = await client.query(
    "update deadbolt.review set closed_at = $2, closed_by = $3 where request_id = $1 and closed_at is null",
    [requestId, closed.at, closed.by],
  );
  return rowCount === 1;
}

/** Requests whose review is overdue and was not escalated yet. */
export async function overdueReviews(client: DatabaseClient, now: Date, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ request_id: string }>(
    `select request_id from deadbolt.review
     where closed_at is null and escalated_at is null and due_at <= $1 order by due_at limit $2`,
    [now, limit],
  );
  return rows.map((row) => row.request_id);
}

export async function markReviewEscalated(
  client: DatabaseClient,
  requestId: string,
  at: Date,
): Promise<void> {
  await client.query("update deadbolt.review set escalated_at = $2 where request_id = $1", [requestId, at]);
}

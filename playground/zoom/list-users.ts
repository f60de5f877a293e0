import { randomBytes } from "node:crypto";
import type { VendorAnswer } from "../vendor-http.ts";
import { readChoice, readNumber } from "./parameters.ts";
import { ZoomRefusal } from "./refusal.ts";
import type { ZoomContext } from "./route.ts";
import { showListedUser, type ZoomUser } from "./user.ts";

const TOKEN_MILLISECONDS = 15 * 60 * 1000;
const PAGE_SIZE_MAXIMUM = 300;

interface Cursor {
  status: string;
  roleId: string | null;
  position: number;
  expiresAt: number;
}

/** `GET /users`: one status at a time, in pages whose tokens live for 15 minutes by the clock. */
export function createUserList(): (context: ZoomContext) => VendorAnswer {
  const cursors = new Map<string, Cursor>();

  return ({ account, directory, request }) => {
    const status = readChoice(request, "status", ["active", "inactive", "pending"], "active");
    const pageSize = readNumber(request, "page_size", {
      minimum: 1,
      maximum: PAGE_SIZE_MAXIMUM,
      fallback: 30,
    });
    const pageNumber = readNumber(request, "page_number", { minimum: 1, maximum: 100_000, fallback: 1 });
    readChoice(request, "include_fields", ["", "custom_attributes", "host_key"], "");
    const license = readChoice(
      request,
      "license",
      ["", "zoom_workforce_management", "zoom_compliance_management"],
      "",
    );
    const roleId = request.query.get("role_id");
    const token = request.query.get("next_page_token") ?? "";
    const now = account.clock().getTime();

    let position = (pageNumber - 1) * pageSize;
    if (token !== "") {
      const cursor = cursors.get(token);
      if (!cursor || cursor.expiresAt <= now || cursor.status !== status || cursor.roleId !== roleId)
        throw new ZoomRefusal(400, 300, "The next page token is invalid or expired.");
      position = cursor.position;
    }

    const matching = directory
      .seeAll()
      .filter((user) => user.status === status && (roleId === null || user.role_id === roleId))
      .filter((user) => license === "" || hasFeature(user, license))
      .toSorted(byEmail);
    const end = position + pageSize;
    let nextToken = "";
    if (end < matching.length) {
      nextToken = randomBytes(24).toString("base64url");
      cursors.set(nextToken, { status, roleId, position: end, expiresAt: now + TOKEN_MILLISECONDS });
    }
    return {
      status: 200,
      body: {
        page_count: Math.ceil(matching.length / pageSize),
        page_number: Math.floor(position / pageSize) + 1,
        page_size: pageSize,
        total_records: matching.length,
        next_page_token: nextToken,
        users: matching.slice(position, end).map(showListedUser),
      },
    };
  };
}

function byEmail(one: ZoomUser, other: ZoomUser): number {
  return one.email < other.email ? -1 : Number(one.email > other.email);
}

function hasFeature({ pretend }: ZoomUser, name: string): boolean {
  const { feature } = pretend.settings;
  return (feature as Record<string, unknown> | undefined)?.[name] === true;
}

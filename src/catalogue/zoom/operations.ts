import type { Operation } from "../operation.ts";
import { listZoomManagedDomains } from "./account/list-managed-domains.ts";
import { addZoomAssistants } from "./assistant/add.ts";
import { listZoomAssistants } from "./assistant/list.ts";
import { removeAllZoomAssistants } from "./assistant/remove-all.ts";
import { removeZoomAssistant } from "./assistant/remove.ts";
import { deleteZoomBackgrounds } from "./background/delete.ts";
import { listZoomBackgrounds } from "./background/list.ts";
import { uploadZoomBackground } from "./background/upload.ts";
import { endZoomMeeting } from "./meeting/end.ts";
import { getZoomMeeting } from "./meeting/get.ts";
import { listZoomMeetings } from "./meeting/list.ts";
import { deleteZoomPicture } from "./picture/delete.ts";
import { uploadZoomPicture } from "./picture/upload.ts";
import { listZoomRecordings } from "./recording/list.ts";
import { assignZoomRole } from "./role/assign.ts";
import { listZoomRoleMembers } from "./role/list-members.ts";
import { listZoomRoles } from "./role/list.ts";
import { removeZoomRoleMember } from "./role/remove-member.ts";
import { listZoomSchedulers } from "./scheduler/list.ts";
import { removeAllZoomSchedulers } from "./scheduler/remove-all.ts";
import { removeZoomScheduler } from "./scheduler/remove.ts";
import { getZoomSettings } from "./settings/get.ts";
import { updateZoomSettings } from "./settings/update.ts";
import { checkZoomEmail } from "./user/check-email.ts";
import { checkZoomVanityName } from "./user/check-vanity-name.ts";
import { createZoomUser } from "./user/create.ts";
import { deleteZoomUser } from "./user/delete.ts";
import { getZoomPermissions } from "./user/get-permissions.ts";
import { getZoomPresence } from "./user/get-presence.ts";
import { getZoomToken } from "./user/get-token.ts";
import { getZoomZak } from "./user/get-zak.ts";
import { getZoomUser } from "./user/get.ts";
import { listZoomUsers } from "./user/list.ts";
import { revokeZoomSsoToken } from "./user/revoke-sso-token.ts";
import { updateZoomEmail } from "./user/update-email.ts";
import { updateZoomPassword } from "./user/update-password.ts";
import { updateZoomPresence } from "./user/update-presence.ts";
import { updateZoomUserStatus } from "./user/update-status.ts";
import { updateZoomUser } from "./user/update.ts";
import { listZoomWebinars } from "./webinar/list.ts";

/** Every call to Zoom that Deadbolt can make. */
export const zoomOperations: readonly Operation[] = [
  getZoomUser,
  listZoomUsers,
  checkZoomEmail,
  updateZoomUserStatus,
  revokeZoomSsoToken,
  deleteZoomUser,
  createZoomUser,
  updateZoomUser,
  updateZoomEmail,
  updateZoomPassword,
  getZoomPermissions,
  getZoomToken,
  getZoomZak,
  checkZoomVanityName,
  getZoomPresence,
  updateZoomPresence,
  getZoomSettings,
  updateZoomSettings,
  listZoomAssistants,
  addZoomAssistants,
  removeZoomAssistant,
  removeAllZoomAssistants,
  listZoomSchedulers,
  removeZoomScheduler,
  removeAllZoomSchedulers,
  uploadZoomPicture,
  deleteZoomPicture,
  listZoomBackgrounds,
  uploadZoomBackground,
  deleteZoomBackgrounds,
  listZoomMeetings,
  getZoomMeeting,
  endZoomMeeting,
  listZoomWebinars,
  listZoomRecordings,
  listZoomRoles,
  listZoomRoleMembers,
  assignZoomRole,
  removeZoomRoleMember,
  listZoomManagedDomains,
];

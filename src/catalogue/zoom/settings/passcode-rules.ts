import { numberChoice } from "../choice.ts";
import { group, onOff, wholeNumber } from "./setting.ts";

/** What the passcodes of meetings must be like. */
export const passcodeRules = group("Meeting passcode requirement", {
  consecutive_characters_length: numberChoice(
    "Meeting passcode requirement: consecutive characters length",
    "One of these.",
    [
      [0, "0"],
      [4, "4"],
      [5, "5"],
      [6, "6"],
      [7, "7"],
      [8, "8"],
    ],
  ).optional(),
  have_letter: onOff("Meeting passcode requirement: have letter"),
  have_number: onOff("Meeting passcode requirement: have number"),
  have_special_character: onOff("Meeting passcode requirement: have special character"),
  have_upper_and_lower_characters: onOff("Meeting passcode requirement: have upper and lower characters"),
  length: wholeNumber("Meeting passcode requirement: length"),
  only_allow_numeric: onOff("Meeting passcode requirement: only allow numeric"),
  weak_enhance_detection: onOff("Meeting passcode requirement: weak enhance detection"),
});

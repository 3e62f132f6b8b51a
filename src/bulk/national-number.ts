import type { CountryCode, PhoneNumber } from "libphonenumber-js";
import { type Checked, checkPhone } from "../contract/recipient.js";
import { ConfigurationError } from "../errors/index.js";
import { candidates } from "./candidates.js";

/** Reads what stands in a number column: a national form of one stated country, or a number with `+`. */
export type NumberReader = (text: string) => Checked;

/**
 * Reads numbers as people of one country write them. Only the forms that they do write are taken; whatever may as well
 * be another country's number is refused, not guessed.
 *
 * @throws ConfigurationError when `libphonenumber-js` is not installed, or knows no such country.
 */
export async function nationalNumbers(country: string): Promise<NumberReader> {
  const { default: parse, isSupportedCountry, validatePhoneNumberLength } = await loadLibrary();
  if (!isSupportedCountry(country)) {
    throw new ConfigurationError(
      'defaultCountry must be a country of two capital letters, such as "IN", "DE" or "GB"; ' +
        `"${String(country).slice(0, 20)}" is none.`,
    );
  }
  return (text) => {
    const international = checkPhone(text);
    if ("value" in international) {
      // WhatsApp knows numbers by forms that no numbering plan has any more.
      const lengths = candidates(international.value).map((phone) => validatePhoneNumberLength(phone));
      const wrong = lengths.every((length) => length?.startsWith("TOO_") || length === "INVALID_LENGTH");
      return wrong ? { wrong: "has too few or too many digits for its country code" } : international;
    }
    if (
      /^[\s(]*\+/.test(text) ||
      /[^\d\s().\-/\u00a0\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060-\u2069]/.test(text)
    )
      return international;
    const phone = parse(text, country);
    if (phone === undefined || !phone.isPossible() || !phone.isValid())
      return { wrong: `is no number of ${country}; one of another country needs its + and country code` };
    return readNational(phone, text.replace(/\D/g, ""), country);
  };
}

function readNational(phone: PhoneNumber, digits: string, country: CountryCode): Checked {
  if (sourceOf(phone) === "FROM_NUMBER_WITH_IDD") return { value: phone.number };
  if (sourceOf(phone) === "FROM_NUMBER_WITHOUT_PLUS_SIGN")
    return {
      wrong: `seems to have the country code of ${country}, but no + before it: a spreadsheet may have lost it`,
    };
  const printed = [phone.formatNational(), phone.format("NATIONAL", { nationalPrefix: false })];
  const forms = printed.map((form) => form.replace(/\D/g, ""));
  if (forms.includes(digits) && printed.some((form) => form !== digits)) return { value: phone.number };
  if (forms.every((form) => form === `0${digits}`)) {
    return {
      wrong: `lacks the 0 that numbers of ${country} start with: a spreadsheet may have lost it; export the column as text`,
    };
  }
  // With or without the trunk prefix: (0)11 98765-4321, (1) 415 555 0123.
  if (printed.some((form) => form !== digits) && [digits, digits.slice(1)].includes(phone.nationalNumber))
    return { value: phone.number };
  // Brazil without the ninth digit has no printed form of its own, but may be the one that WhatsApp knows.
  if (candidates(phone.number).length > 1) return { value: phone.number };
  return { wrong: `is not how a number of ${country} is written; give it with + and country code` };
}

/** How the library came to the country code; it says so, but not in its types. */
function sourceOf(phone: PhoneNumber): string | undefined {
  return (phone as { __countryCallingCodeSource?: string }).__countryCallingCodeSource;
}

async function loadLibrary(): Promise<typeof import("libphonenumber-js/min")> {
  try {
    return await import("libphonenumber-js/min");
  } catch (cause) {
    throw new ConfigurationError(
      "defaultCountry needs libphonenumber-js, which is not installed: run npm install libphonenumber-js, " +
        "or give every number with + and country code.",
      { cause },
    );
  }
}

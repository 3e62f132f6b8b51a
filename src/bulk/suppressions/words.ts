/** Words by which people unsubscribe and subscribe again, in any case, with or without accents. */
export interface ConsentWords {
  stop: readonly string[];
  start: readonly string[];
}

/**
 * What people write to be left alone, by language. The whole message has to be one of these: "STOP 12345" is something
 * else.
 */
export const CONSENT_WORDS = {
  en: {
    stop: [
      "stop",
      "stop all",
      "stopall",
      "unsubscribe",
      "opt out",
      "optout",
      "opt-out",
      "remove me",
      "stop it",
    ],
    start: ["start", "unstop", "subscribe", "opt in", "optin", "opt-in"],
  },
  es: {
    stop: [
      "baja",
      "dar de baja",
      "darme de baja",
      "alto",
      "no más mensajes",
      "no molestar",
      "cancelar suscripción",
    ],
    start: ["alta", "suscribir", "suscribirme"],
  },
  pt: {
    stop: ["sair", "parar", "pare", "descadastrar", "remover", "cancelar inscrição", "não quero mais"],
    start: ["voltar", "inscrever", "assinar"],
  },
  fr: {
    stop: ["arrêt", "arrêter", "arrêtez", "désabonner", "me désabonner", "désinscrire", "désinscription"],
    start: ["abonner", "m'abonner", "réabonner"],
  },
  de: {
    stop: ["stopp", "abmelden", "abbestellen", "austragen", "keine werbung", "keine nachrichten mehr"],
    start: ["anmelden", "abonnieren"],
  },
  it: {
    stop: ["basta", "ferma", "cancellami", "disiscrivimi", "annulla iscrizione", "disiscrizione"],
    start: ["iscrivimi", "riprendi"],
  },
  nl: { stop: ["afmelden", "uitschrijven", "stoppen"], start: ["aanmelden", "inschrijven"] },
  hi: {
    stop: ["रोकें", "बंद", "बंद करो", "बंद करें", "band karo", "band kare"],
    start: ["शुरू", "शुरू करें", "shuru"],
  },
  id: { stop: ["berhenti", "berhenti langganan"], start: ["mulai", "langganan"] },
  ar: { stop: ["إيقاف", "توقف", "الغاء الاشتراك", "إلغاء الاشتراك"], start: ["اشتراك", "ابدأ"] },
} as const satisfies Record<string, ConsentWords>;

/** A language with a word list. */
export type ConsentLanguage = keyof typeof CONSENT_WORDS;

/** A message as it is compared: without case, accents, signs around it, and spaces too many. */
export function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u064b-\u065f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\ufe0f/g, "")
    .toLowerCase()
    .replace(/^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu, "")
    .replace(/\s+/g, " ");
}

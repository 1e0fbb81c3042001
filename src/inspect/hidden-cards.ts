/** Which parts of a state tell cards that not everybody at the table has seen. */

/** Wholly hidden: hole cards, what a hand came to with them, and the deck when it is shown afterwards. */
const closedKey = /hole_?cards?$|^best_?hand$|^hand_?rank$|^deck_?reveal$/i;

/** Of the board nothing is hidden. */
const openKey = /^(?:board|community_?cards)$/i;

/** Cards in other text, one or several: `Ah`, `AhKd`. The ids of the platform have dashes around such parts. */
const cards = /(?<![\w-])(?:(?:10|[2-9TJQKA])[cdhs]){1,7}(?![\w-])/g;

export const isClosedKey = (key: string): boolean => closedKey.test(key);

export const isOpenKey = (key: string): boolean => openKey.test(key);

/** A card as the bot's state has it. */
export const isCard = (value: object): boolean => 'rank' in value && 'suit' in value;

export const hideCardsIn = (text: string): string => text.replace(cards, '[card]');

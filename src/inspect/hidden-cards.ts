/** Which parts of a state reveal cards that are not public. */

/** Keys that are hidden as a whole: hole cards, the hands made with them, and the deck after a match. */
const closedKey = /hole_?cards?$|^best_?hand$|^hand_?rank$|^deck_?reveal$/i;

/** Keys of the board, where nothing is hidden. */
const openKey = /^(?:board|community_?cards)$/i;

/** One or several cards in other text: `Ah`, `AhKd`. Parts of ids look the same, but have dashes around them. */
const cards = /(?<![\w-])(?:(?:10|[2-9TJQKA])[cdhs]){1,7}(?![\w-])/g;

export const isClosedKey = (key: string): boolean => closedKey.test(key);

export const isOpenKey = (key: string): boolean => openKey.test(key);

/** A card as the bot's state has it. */
export const isCard = (value: object): boolean => 'rank' in value && 'suit' in value;

export const hideCardsIn = (text: string): string => text.replace(cards, '[card]');

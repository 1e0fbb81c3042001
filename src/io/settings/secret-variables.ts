/** Environment variables that hold a credential. */
export const secretVariables = ['CHIPZEN_EXTBOT_TOKEN', 'CHIPZEN_TOKEN', 'CHIPZEN_TICKET'] as const;

/** Who needs the session to be in its lobby: it is there as long as anybody does, unless another session has the lobby. */

/**
 * `caller`: the program, by `enterLobby` and `leaveLobby`. `resume`: a match of an earlier run may be live. `unseen`: a fixture may
 * have opened while the machine slept.
 */
export type LobbyParty = 'caller' | 'season' | 'queue' | 'resume' | 'unseen';

/** What each party said last. */
export type LobbyNeeds = Readonly<Partial<Record<LobbyParty, boolean>>>;

export const isLobbyNeeded = (needs: LobbyNeeds): boolean => Object.values(needs).includes(true);

export interface LobbyDesk {
  /** @param why a party that needs nothing any more says so; for reports, when the lobby is left. */
  say(party: LobbyParty, isNeeded: boolean, why: string): void;
  /** The lobby is dead: it is left and entered again. Nothing where nobody needs it, or another session has it. */
  readonly redial: (why: string) => void;
  /**
   * Another session has the lobby now. What parties say meanwhile counts when it is back.
   *
   * @param why for reports.
   */
  give(why: string): void;
  takeBack(): void;
}

/** @param lobby told when that changes, and again whenever a party says so anew. */
export function createLobbyDesk(
  first: LobbyNeeds,
  lobby: { enter: () => void; leave: (why: string) => void },
): LobbyDesk {
  let needs = first;
  let isGiven = false;
  return {
    say(party, isNeeded, why) {
      needs = { ...needs, [party]: isNeeded };
      if (isGiven) return;
      if (isLobbyNeeded(needs)) lobby.enter();
      else lobby.leave(why);
    },
    redial(why) {
      if (isGiven || !isLobbyNeeded(needs)) return;
      lobby.leave(why);
      lobby.enter();
    },
    give(why) {
      isGiven = true;
      lobby.leave(why);
    },
    takeBack() {
      isGiven = false;
      if (isLobbyNeeded(needs)) lobby.enter();
    },
  };
}

/** The signal of one turn, made when it is first read: most bots never read it. */
export class TurnSignal {
  #controller: AbortController | undefined;
  #hasFired = false;

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#hasFired) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  fire(): void {
    this.#hasFired = true;
    this.#controller?.abort();
  }
}

import { card } from './words.js';

export function Card({ code }: { code: string }) {
  const { rank, sign, isRed, name } = card(code);
  return (
    <span class={`card ${isRed ? 'red' : 'black'}`} role="img" aria-label={name}>
      <span>{rank}</span>
      <span>{sign}</span>
    </span>
  );
}

export function CardBack() {
  return <span class="card back" role="img" aria-label="face down" />;
}

/** Where a card of the board will come. */
export function CardPlace() {
  return <span class="card place" aria-hidden="true" />;
}

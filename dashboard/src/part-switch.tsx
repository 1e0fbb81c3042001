/** What the page shows: what goes on now, or what was played. */
export type Part = 'live' | 'hands';

const names: Readonly<Record<Part, string>> = { live: 'Live', hands: 'Played hands' };

export function PartSwitch({ part, setPart }: { part: Part; setPart: (part: Part) => void }) {
  return (
    <div class="switch" role="group" aria-label="What is shown">
      {(Object.keys(names) as Part[]).map((each) => (
        <button key={each} type="button" aria-pressed={part === each} onClick={() => setPart(each)}>
          {names[each]}
        </button>
      ))}
    </div>
  );
}

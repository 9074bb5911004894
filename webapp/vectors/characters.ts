import stored from '../../plugin-api/src/test/resources/vectors/characters.json';

/** The code points that a link, or a text, must not hold: the list that the server's tests read too. */
export function refusedIn(what: keyof typeof stored): ReadonlySet<number> {
  const refused = new Set<number>();
  for (const range of stored[what]) {
    const [first = NaN, last = first] = range.split('-').map((code) => parseInt(code, 16));
    for (let code = first; code <= last; code++) refused.add(code);
  }
  return refused;
}

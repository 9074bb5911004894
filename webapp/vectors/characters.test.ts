import { expect, it } from 'vitest';
import { cleanText } from '../src/document/allowed';
import { isLink } from '../src/document/formats';
import { refusedIn } from './characters';

/** Every code point there is that a rule refuses: an engine with a newer Unicode must not refuse others. */
function refused(isRefused: (char: string) => boolean): number[] {
  const codes = Array.from({ length: 0x110000 }, (_, code) => code);
  return codes.filter((code) => isRefused(String.fromCodePoint(code)));
}

it('the characters that no link holds are those of the shared list', () => {
  expect(refused((char) => !isLink(`https://a.b/${char}x`))).toEqual([...refusedIn('link')]);
});

it('the characters that no text holds are those of the shared list', () => {
  expect(refused((char) => cleanText(`a${char}x`) !== `a${char}x`)).toEqual([...refusedIn('text')]);
});

it('the list has all blanks, separators, control and format characters', () => {
  const known = refused((char) => /[\p{White_Space}\p{Z}\p{Cc}\p{Cf}\p{Cs}]/u.test(char));
  const listed = refusedIn('link');
  expect(known.filter((code) => !listed.has(code))).toEqual([]);
});

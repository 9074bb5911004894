import canonicalize from 'canonicalize';
import Delta, { type Op } from 'quill-delta';

/** One document: its operations as JSON text, since a parsed number has lost how it was written; and its hash. */
export interface HashVector {
  readonly name: string;
  readonly json: string;
  readonly canonical: string;
  readonly hash: string;
}

const DOCUMENTS: Readonly<Record<string, string>> = {
  'no operation': '[]',
  'an empty page': '[{"insert":"\\n"}]',
  'emoji, accents, a joined family': '[{"insert":"é e\\u0301 \\ud83d\\ude00 👨‍👩‍👧 Ω 漢\\n"}]',
  'escapes': '[{"insert":"\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u0000\\u001f\\u007f\\u0080 \\u2028\\u2029 <>&\'\\n"}]',
  'attributes before insert, names in order': '[{"insert":"a","attributes":{"z":1,"a":2,"A":3,"_":4,"10":5,"9":6}},{"insert":"\\n"}]',
  'names in the order of UTF-16':
    '[{"insert":"a","attributes":{"\\u20ac":"Euro","\\r":"return","\\ufb33":"dalet","1":"one","\\ud83d\\ude00":"grin","\\u0080":"control","\\u00f6":"o","":"none"}},{"insert":"\\n"}]',
  'nested values keep the order of arrays':
    '[{"insert":"a","attributes":{"thread":{"ids":[3,1,2],"by":{"name":null,"at":[[],{},[{"b":1,"a":2}]]}}}},{"insert":"\\n"}]',
  'numbers as integers':
    '[{"insert":"a","attributes":{"n":[0,-0,-0.0,0e3,1,1.0,-1,100,1E2,10e-1,2147483647,2147483648,5e9,5000000000,9007199254740991,9007199254740993,123456789012345678901234567890]}},{"insert":"\\n"}]',
  'numbers as fractions':
    '[{"insert":"a","attributes":{"n":[0.1,0.10,1.5,-2.50,333333333.33333329,4.35,0.002,2e-3,0.000001,0.0000001,1e-7,1.1e-27,0.30000000000000004]}},{"insert":"\\n"}]',
  'large and small numbers':
    '[{"insert":"a","attributes":{"n":[1e20,1e21,1E+21,1e22,1e23,9.999999999999999e22,1.7976931348623157e308,5e-324,2.2250738585072014e-308,2e-44,4.9406564584124654e-324,2.0E-3,1.0E23]}},{"insert":"\\n"}]',
  'numbers that are one':
    '[{"insert":"a","attributes":{"x":100000000000000000000}},{"insert":"b","attributes":{"x":1e20}},{"insert":"c","attributes":{"x":9007199254740993}},{"insert":"d","attributes":{"x":9007199254740992}},{"insert":"e","attributes":{"x":-9223372036854775809}},{"insert":"f","attributes":{"x":-9223372036854775808}},{"insert":{"map":-1e20}},{"insert":{"map":-100000000000000000000}},{"insert":"g","attributes":{"x":-0}},{"insert":"h","attributes":{"x":0.0}},{"insert":"\\n"}]',
  'true, false, empty text': '[{"insert":"a","attributes":{"t":true,"f":false,"e":"","s":"1"}},{"insert":"\\n"}]',
  'embeds': '[{"insert":{"image":"x.png"}},{"insert":{"map":{"zoom":1.50,"at":[1,{"b":null,"a":"é"}]}},"attributes":{"bold":true}},{"insert":{"divider":true}},{"insert":"\\n"}]',
  'lines of all kinds':
    '[{"insert":"Title"},{"insert":"\\n","attributes":{"header":1}},{"insert":"one"},{"insert":"\\n","attributes":{"list":"checked","indent":2}},{"insert":"code"},{"insert":"\\n\\n","attributes":{"code-block":"java"}},{"insert":"link","attributes":{"link":"https://a.b/?c=d&e=%20","bold":true}},{"insert":"\\n"}]',
  'equal neighbours are one':
    '[{"insert":"a","attributes":{"t":{"x":1,"y":2}}},{"insert":"b","attributes":{"t":{"y":2,"x":1}}},{"insert":"c"},{"insert":"d\\n"}]',
};

/** The documents with their hashes, by canonicalize and a SHA-256 that the caller brings. */
export function hashVectors(sha256: (text: string) => string): HashVector[] {
  return Object.entries(DOCUMENTS).map(([name, json]) => {
    const canonical = canonicalize(normal(json).ops) ?? '';
    return { name, json, canonical, hash: sha256(canonical) };
  });
}

/** A document of JSON, brought to normal form. */
export function normal(json: string): Delta {
  const ops = JSON.parse(json) as Op[];
  return ops.reduce((document, op) => document.push(op), new Delta());
}

/** A plugin's module, as the page names it. */
export interface ModuleEntry {
  readonly plugin: string;
  readonly version: string;
  /** Address of the ES module. */
  readonly module: string;
  readonly styles: readonly string[];
}

/** The modules that the page carries in `<script type="application/json" id="editor-modules">`; none without it. */
export function moduleEntries(page: Document): readonly ModuleEntry[] {
  const text = page.getElementById('editor-modules')?.textContent;
  return text === undefined || text === null ? [] : (JSON.parse(text) as ModuleEntry[]);
}

/** Address of the files that a module lies among, ends with a slash. */
export function assetsOf({ module }: ModuleEntry): string {
  return /^\/plugins\/[^/]+\/[^/]+\//.exec(module)?.[0] ?? module.replace(/[^/]*$/, '');
}

/** Tests of a Rust file stand at its end. */
const TESTS = /^#\[cfg\(test\)\]\s*(?:#\[[^\n]*\]\s*){0,5}(?:pub\s+)?mod\s+\w+\s*\{/m

/** Text of a Rust file up to the module with its tests; lines and places stay as they are. */
export function codeBeforeTests(content: string): string {
  const tests = TESTS.exec(content)
  return tests ? content.slice(0, tests.index) : content
}

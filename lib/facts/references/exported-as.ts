/** Names a JavaScript file offers that differ from those it declares: `[offered, declared]`. None for other languages. */
export function exportedAs(content: string, grammar: string): [offered: string, declared: string][] {
  if (!/^(?:typescript|tsx)$/.test(grammar)) return []
  return [...defaultExports(content), ...renamedExports(content)]
}

const DEFAULT =
  /^[ \t]*(?:export\s+default\s+(?:async\s+)?(?:abstract\s+)?(?:function\s*\*?\s*|class\s+)?|export\s*=\s*|(?:exports\s*=\s*)?module\.exports\s*=\s*(?:async\s+)?(?:function\s*\*?\s*|class\s+)?|module\.exports\.default\s*=\s*)([A-Za-z_$][\w$]*)/gm

function defaultExports(content: string): [string, string][] {
  if (!/\bexport\s+default\b|module\.exports|\bexport\s*=/.test(content)) return []
  return Array.from(content.matchAll(DEFAULT), ([, name = '']): [string, string] => ['default', name]).filter(
    ([, name]) => !/^(?:function|class|async|new|await|require)$/.test(name),
  )
}

const CLAUSE = /^[ \t]*export\s*(?:type\s*)?\{([^}]{1,20000})\}(?!\s*from)/gm

function renamedExports(content: string): [string, string][] {
  if (!/\bas\b/.test(content)) return []
  return Array.from(content.matchAll(CLAUSE), ([, list = '']) => list).flatMap((list) =>
    Array.from(list.matchAll(/([\w$]+)\s+as\s+([\w$]+)/g), ([, declared = '', offered = '']): [string, string] => [
      offered,
      declared,
    ]),
  )
}

const CODE_NAME = /^@?[A-Za-z_$][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)*(?:\(\))?$/

/** Names in inline code that must occur in the repository: `a.b()` gives `a` and `b`; anything else gives none. */
export function identifierParts(code: string): string[] {
  if (code.length < 2 || !CODE_NAME.test(code)) return []
  return code
    .replace(/^@|\(\)$/g, '')
    .split(/\.|::|#/)
    .filter((part) => part.length > 1)
}

/** Parts that are not in `known`. */
export function unknownParts(parts: string[], known: Set<string>): string[] {
  return parts.filter((part) => !known.has(part))
}

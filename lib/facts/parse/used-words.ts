const C_LIKE = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.){1,8}'|([A-Za-z_$][\w$]*)/g
const HASH_LIKE = /(?<![$\w])#[^\n{][^\n]*|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|([A-Za-z_][\w]*[?!]?)/g

/** Distinct words of code outside comments and texts, sorted: what it may refer to. */
export function usedWords(content: string, comments: 'c' | 'hash'): string[] {
  const words = new Set<string>()
  for (const match of content.matchAll(comments === 'c' ? C_LIKE : HASH_LIKE)) if (match[1]) words.add(match[1])
  return [...words].sort()
}

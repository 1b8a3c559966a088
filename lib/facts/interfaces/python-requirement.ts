/** `name[extra]>=1,<2; marker` as name and range; null for addresses and options. */
export function parseRequirement(text: string): { name: string; range: string } | null {
  const match = /^\s*([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?\s*(?:\(([^)]*)\)|([^;#@]*))/.exec(text)
  const name = match?.[1]
  return name ? { name, range: (match?.[3] ?? match?.[4] ?? '').trim() || '*' } : null
}

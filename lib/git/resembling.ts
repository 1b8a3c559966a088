const MAX_COMPARED = 5000

/** The names a mistyped one may have meant, the nearest first. */
export function resembling(wanted: string, names: string[]): string[] {
  const sought = wanted.toLowerCase()
  const limit = Math.ceil(sought.length / 3)
  const near = names.slice(-MAX_COMPARED).flatMap((name) => {
    const distance = distanceTo(sought, name.toLowerCase())
    return distance <= limit ? [{ name, distance }] : []
  })
  return near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1)).map(({ name }) => name)
}

/** Whole parts of a name count as near: `v1.2` for `1.2`, `feature/login` for `login`. Else the Levenshtein distance. */
function distanceTo(sought: string, name: string): number {
  if (name.length > 2 && sought.length > 2 && (name.includes(sought) || sought.includes(name))) return 1
  if (Math.abs(name.length - sought.length) > sought.length / 3 + 1) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: name.length + 1 }, (_, i) => i)
  for (let i = 1; i <= sought.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= name.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (sought[i - 1] === name[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[name.length] ?? 0
}

/** The one JSON object of an answer, whatever thoughts, fence or words stand around it; undefined: there is none. */
export function jsonIn(answer: string): unknown {
  const said = answer.slice(endOfThoughts(answer))
  const start = said.indexOf('{')
  const end = said.lastIndexOf('}')
  if (start < 0 || end < start) return undefined
  try {
    return JSON.parse(said.slice(start, end + 1))
  } catch {
    return undefined
  }
}

/** Thoughts come before what is said; a tag that only closes ends thoughts that began unseen. */
function endOfThoughts(answer: string): number {
  const ends = [...answer.matchAll(/<\/(?:think|thinking|reasoning|scratchpad)>/gi)]
  const last = ends.at(-1)
  return last ? last.index + last[0].length : 0
}
